// The page's files: named by a hash of their content, so kept for ever, and served as they were compressed at the build.
import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { Router, type Request, type Response } from 'express';
import { refused } from '../errors.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};
/** A name of the build: no dots but before its ending, so no path out of the folder. */
const NAME = /^[\w-]+\.(?:js|css|svg)$/;

function encodingOf(req: Request, file: string): { suffix: string; encoding: string | null } {
  const wanted = req.acceptsEncodings('br', 'gzip');
  if (wanted === 'br' && existsSync(`${file}.br`)) return { suffix: '.br', encoding: 'br' };
  if (wanted === 'gzip' && existsSync(`${file}.gz`)) return { suffix: '.gz', encoding: 'gzip' };
  return { suffix: '', encoding: null };
}

export function assetsRouter(folder: string): Router {
  const router = Router();
  router.get('/assets/:name', (req: Request<{ name: string }>, res: Response) => {
    const { name } = req.params;
    const file = path.join(folder, name);
    if (!NAME.test(name) || !existsSync(file)) throw refused('NOT_FOUND');
    const { suffix, encoding } = encodingOf(req, file);
    res.setHeader('content-type', TYPES[path.extname(name)] ?? 'application/octet-stream');
    res.setHeader('cache-control', 'public, max-age=31536000, immutable');
    res.setHeader('vary', 'accept-encoding');
    if (encoding !== null) res.setHeader('content-encoding', encoding);
    if (req.method === 'HEAD') res.end();
    else createReadStream(`${file}${suffix}`).pipe(res);
  });
  return router;
}
