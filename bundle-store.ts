// Where a bundle of the workflows made beforehand lies: under the digest of all that it is made of, so that it is never an old one.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Whatever workflows may import (the import law) stands in these; the packages among it are what the lock file names. */
const FOLDERS = ['workflows', 'activities', 'domain'];
const FILES = ['package-lock.json', 'bundle.ts'];

/** What a bundle of the workflows is made of, for the bundler. */
export const bundleSources = (
  root: string,
): { workflowsPath: string; workflowInterceptorModules: string[] } => ({
  workflowsPath: path.join(root, 'workflows', 'index.ts'),
  workflowInterceptorModules: [path.join(root, 'workflows', 'tracing.ts')],
});

/** The file a bundle of the sources as they are now belongs in, whether it is there or not. */
export function bundleFile(root: string): string {
  const digest = createHash('sha256');
  const sources = FOLDERS.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => path.join(folder, name))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')),
  );
  for (const name of [...FILES, ...sources.sort()])
    digest.update(`${name}\0`).update(
      createHash('sha256')
        .update(readFileSync(path.join(root, name)))
        .digest(),
    );
  return path.join(root, '.bundle', `workflows-${digest.digest('hex').slice(0, 32)}.js`);
}

/** The bundle made of exactly these sources; null where there is none. */
export function findBundle(root: string): string | null {
  const file = bundleFile(root);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
