// Against requests that a stranger's page makes a browser send: what changes by a cookie needs the session's CSRF token too.
import express, { type Request, type RequestHandler, type Response } from 'express';
import { refused } from '../errors.ts';
import { isCsrfOf } from '../../command/account/secret.ts';

const READS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A form of the page without scripts: a few fields. */
const FORM_BYTES = 64 * 1024;
const readForm: RequestHandler = express.urlencoded({
  extended: false,
  limit: FORM_BYTES,
  parameterLimit: 100,
});

/** A form is read here, for its field; the route that takes forms finds it in `req.body`. */
async function formField(req: Request, res: Response): Promise<string> {
  if (req.is('application/x-www-form-urlencoded') === false) return '';
  await new Promise<void>((resolve, reject) => {
    void readForm(req, res, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(refused(statusOf(error) === 413 ? 'TOO_LARGE' : 'MALFORMED'));
    });
  });
  const { csrf } = (req.body ?? {}) as { csrf?: unknown };
  return typeof csrf === 'string' ? csrf : '';
}

const statusOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;

/** 403 CSRF where a request that changes something came by the cookie alone. */
export async function demandCsrf(req: Request, res: Response, secret: string): Promise<void> {
  if (READS.has(req.method)) return;
  const given = req.get('x-csrf') ?? (await formField(req, res));
  if (!isCsrfOf(secret, given)) throw refused('CSRF');
}
