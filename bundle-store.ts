// Where a workflow bundle made beforehand is stored: under the digest of all its sources, so that it is never out of
// date.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Workflows may import only from these (the import law); the lock file names the versions of packages. */
const FOLDERS = ['workflows', 'activities', 'domain'];
const FILES = ['package-lock.json', 'bundle.ts'];

/** The bundler's input for the workflows. */
export const bundleSources = (
  root: string,
): { workflowsPath: string; workflowInterceptorModules: string[] } => ({
  workflowsPath: path.join(root, 'workflows', 'index.ts'),
  workflowInterceptorModules: [path.join(root, 'workflows', 'tracing.ts')],
});

/** The path of the bundle for the present sources, whether it exists or not. */
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
