// Builds the page: for browsers, with hashed files and a manifest, and for the server, in one file. `npm run page`.
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Logger } from 'vite';

const ROOT = path.join(import.meta.dirname, '..');
const DIST = path.join(import.meta.dirname, 'dist');
const MARK = path.join(DIST, 'built-from');
const BROWSERS = ['chrome89', 'safari14.1', 'firefox90'];

/** What the page is made from; its digest says whether it must be built again. */
function sourcesDigest(): string {
  const digest = createHash('sha256');
  const files = globSync(['web/**/*.{ts,tsx,css}', 'domain/**/*.ts', 'package-lock.json'], {
    cwd: ROOT,
    exclude: ['web/dist/**', '**/*.test.ts'],
  });
  for (const file of files.sort()) {
    digest.update(`${file}\0`);
    digest.update(readFileSync(path.join(ROOT, file)));
  }
  return digest.digest('hex');
}

/** Libraries mark what runs in browsers only, for bundlers that tell the two apart; this one need not. */
function quiet(logger: Logger): Logger {
  const warn = logger.warn.bind(logger);
  logger.warn = (text, options) => {
    if (!text.includes('MODULE_LEVEL_DIRECTIVE')) warn(text, options);
  };
  return logger;
}

async function bundle(): Promise<void> {
  const { build, createLogger } = await import('vite');
  const common = {
    configFile: false,
    root: import.meta.dirname,
    base: '/assets/',
    publicDir: false,
    mode: 'production',
    oxc: { jsx: { development: false } },
    // Also for the bundle of the server: React’s other half is for those who change the page.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    resolve: {
      alias: [
        { find: /^re2js$/, replacement: path.join(import.meta.dirname, 'form', 'pattern-engine.ts') },
        { find: /^re2js-whole$/, replacement: path.join(ROOT, 'node_modules', 're2js', 'build', 'index.js') },
      ],
    },
    logLevel: 'warn',
    customLogger: quiet(createLogger('warn')),
  } as const;
  await build({
    ...common,
    build: {
      outDir: path.join(DIST, 'client'),
      assetsDir: '.',
      emptyOutDir: true,
      manifest: 'manifest.json',
      target: BROWSERS,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: { entry: path.join(import.meta.dirname, 'entry.tsx') } },
      reportCompressedSize: false,
    },
  });
  await build({
    ...common,
    build: {
      ssr: path.join(import.meta.dirname, 'server.tsx'),
      outDir: path.join(DIST, 'server'),
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      reportCompressedSize: false,
    },
    // Nothing of node_modules is needed where the page is only served.
    ssr: { noExternal: true },
  });
}

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** Beside each file of text its two compressed forms: they are served as they lie there. */
async function precompress(): Promise<void> {
  const files = globSync('*.{js,css,svg}', { cwd: path.join(DIST, 'client') });
  for (const file of files) {
    const at = path.join(DIST, 'client', file);
    const bytes = readFileSync(at);
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
    writeFileSync(`${at}.br`, await brotli(bytes, quality));
    writeFileSync(`${at}.gz`, await gzipped(bytes, { level: 9 }));
  }
}

/** Builds the page where its sources have changed since; whether it did. */
export async function buildPage(): Promise<boolean> {
  const digest = sourcesDigest();
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === digest) return false;
  rmSync(MARK, { force: true });
  await bundle();
  await precompress();
  // Last, and whole: a build that was broken off is no build.
  writeFileSync(`${MARK}.new`, digest);
  renameSync(`${MARK}.new`, MARK);
  return true;
}

if (process.argv[1] === import.meta.filename) await buildPage();
