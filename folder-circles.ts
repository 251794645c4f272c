// Finds circles of folders: children of one folder that need each other, through files at any depth. `npm run imports`
// runs it.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** Files that others import by name instead of by folder; each counts as a child of the root (design: import law). */
const SEAMS: ReadonlySet<string> = new Set(['activities/contracts.ts', 'workflows/messages.ts']);
/** No product code: these import everything and are imported by nothing. */
const OUTSIDE = /^(\..*|node_modules|tests|bench)$|\/(node_modules|dist)\//;

export type Import = { from: string; to: string };
/** `needs`: one import for each step of the circle. */
export type FolderCircle = { within: string; children: string[]; needs: Import[] };

/** The place a file counts for: its own path, but a seam by its bare name. */
const placeOfFile = (file: string): string[] => (SEAMS.has(file) ? [file] : file.split('/'));

export function circlesOfFolders(imports: readonly Import[]): FolderCircle[] {
  const within = new Map<string, Map<string, Map<string, Import>>>();
  for (const each of imports) {
    const [from, to] = [placeOfFile(each.from), placeOfFile(each.to)];
    let depth = 0;
    while (from[depth] !== undefined && from[depth] === to[depth]) depth += 1;
    const [child, other] = [from[depth], to[depth]];
    if (child === undefined || other === undefined) continue;
    const folder = from.slice(0, depth).join('/');
    const graph = within.get(folder) ?? new Map<string, Map<string, Import>>();
    const needs = graph.get(child) ?? new Map<string, Import>();
    if (!needs.has(other)) needs.set(other, each);
    within.set(folder, graph.set(child, needs));
  }
  return [...within].flatMap(([folder, graph]) => circlesIn(folder, graph));
}

/** Each set of children that reach one another, with one import for each need within the set. */
function circlesIn(folder: string, graph: ReadonlyMap<string, ReadonlyMap<string, Import>>): FolderCircle[] {
  const reached = new Map([...graph.keys()].map((child) => [child, reach(graph, child)]));
  const done = new Set<string>();
  const circles: FolderCircle[] = [];
  for (const child of [...graph.keys()].sort()) {
    if (done.has(child) || reached.get(child)?.has(child) !== true) continue;
    const children = [...(reached.get(child) ?? [])].filter((other) => reached.get(other)?.has(child)).sort();
    for (const other of children) done.add(other);
    // Circles of files alone are the business of `no-cycles`.
    if (!children.some((each) => !/\.tsx?$/.test(each))) continue;
    const needs = children.flatMap((from) =>
      [...(graph.get(from) ?? [])].flatMap(([to, each]) => (children.includes(to) ? [each] : [])),
    );
    circles.push({ within: folder, children, needs });
  }
  return circles;
}

function reach(graph: ReadonlyMap<string, ReadonlyMap<string, Import>>, start: string): Set<string> {
  const seen = new Set<string>();
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const next of graph.get(at)?.keys() ?? [])
      if (!seen.has(next)) {
        seen.add(next);
        open.push(next);
      }
  return seen;
}

/** A circle in words, with an import for each of its steps. */
export const faultsOfFolders = (imports: readonly Import[]): string[] =>
  circlesOfFolders(imports).map(({ within, children, needs }) =>
    [
      `a circle within ${within === '' ? 'the root' : within}: ${children.join(', ')}`,
      ...needs.map(({ from, to }) => `  ${from} → ${to}`),
    ].join('\n'),
  );

/** The imports between the product's files, type imports too. */
export function importsBelow(root: string): Import[] {
  const files = readdirSync(root, { recursive: false, withFileTypes: true })
    .filter(({ name }) => !OUTSIDE.test(name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? readdirSync(path.join(root, entry.name), { recursive: true, encoding: 'utf8' }).map(
            (name) => `${entry.name}/${name.replaceAll('\\', '/')}`,
          )
        : [entry.name],
    )
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !OUTSIDE.test(name));
  const known = new Set(files);
  return files.flatMap((from) =>
    ts
      .preProcessFile(readFileSync(path.join(root, from), 'utf8'), true, true)
      .importedFiles.map(({ fileName }) => ({
        from,
        to: path.posix.join(path.posix.dirname(from), fileName),
      }))
      .filter(({ to }) => known.has(to)),
  );
}

if (import.meta.main) {
  const faults = faultsOfFolders(importsBelow(import.meta.dirname));
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}
