// The built page as it lies in web/dist: its files for browsers, and the bundle that renders on the server.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PageRendering } from '../web/rendering.ts';

type ManifestEntry = { file: string; css?: string[]; imports?: string[]; isEntry?: boolean };

export type PageArtefact = {
  /** The folder of the files for browsers. */
  files: string;
  /** The script that makes the page live, and what it imports at once. */
  entry: string;
  preloads: readonly string[];
  /** The styles of the first screens, to stand in the page itself. */
  styles: string;
  rendering: PageRendering;
};

const ENTRY = 'entry.tsx';

/** The files an entry needs at once, itself first. */
function neededBy(manifest: Readonly<Record<string, ManifestEntry>>, name: string): ManifestEntry[] {
  const found = new Set<ManifestEntry>();
  const take = (each: string): void => {
    const entry = manifest[each];
    if (entry === undefined || found.has(entry)) return;
    found.add(entry);
    for (const imported of entry.imports ?? []) take(imported);
  };
  take(name);
  return [...found];
}

/** Null where the page has not been built: the API works without it. */
export async function openPageArtefact(folder: string): Promise<PageArtefact | null> {
  const files = path.join(folder, 'client');
  const manifestFile = path.join(files, 'manifest.json');
  const bundle = path.join(folder, 'server', 'server.js');
  if (!existsSync(manifestFile) || !existsSync(bundle)) return null;
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, ManifestEntry>;
  const [entry, ...others] = neededBy(manifest, ENTRY);
  if (entry === undefined) throw new Error(`the built page has no ${ENTRY}: build it again`);
  const styles = [entry, ...others].flatMap(({ css = [] }) => css);
  const { rendering } = (await import(pathToFileURL(bundle).href)) as { rendering: PageRendering };
  return {
    files,
    entry: entry.file,
    preloads: others.map(({ file }) => file),
    styles: styles.map((file) => readFileSync(path.join(files, file), 'utf8')).join('\n'),
    rendering,
  };
}
