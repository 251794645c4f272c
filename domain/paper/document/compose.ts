// Composing a document at a place of the tree: parts from below in order, each node's edit in place of the parts it has edited.
import { isBelow } from '../../code.ts';
import { isOwedBy } from './assigned.ts';
import type { Composed, ComposedPart, ComposedSection, PartPlace, SectionEdit } from './composed.ts';
import type { DocumentContribution } from './contribution.ts';
import type { StoredDocument, StoredSection } from '../../directive/document-task.ts';

/** An assignment that writes: a leaf with its words that count for each section, or a node with its latest edit of each. */
export type Writer = PartPlace & {
  /** Where it stands among all of its directive. */
  rank: string;
  isNode: boolean;
  /** By section key. An empty edit of a node has been taken back. */
  sections: ReadonlyMap<string, DocumentContribution>;
};

/** Places that owe one section, listed by one answer. */
export const MAX_MISSING = 500;

/** A place with all below it, in order of their ranks. */
type Branch = { writer: Writer | null; children: Map<string, Branch> };

/** The content of a section at a place; `latest`: when words last came in there, '' for never. */
type Gathered = { parts: ComposedPart[]; missing: PartPlace[]; latest: string; edited: SectionEdit | null };

const NOTHING: Gathered = { parts: [], missing: [], latest: '', edited: null };

/**
 * The document at `root`, an item or an assignment: sections in their order, and in each the parts in order of the tree.
 * Of an assignment only the sections that pass through it.
 */
export function compose(
  { title, sections }: { title: string; sections: StoredDocument['sections'] },
  root: string,
  writers: readonly Writer[],
  fileName: (id: string) => string,
): Composed {
  const tree = treeOf(root, writers);
  const isItem = root.split('.').length === 2;
  const composed = sections.map((section) => sectionOf(section, gather(section, tree, fileName)));
  return { title, sections: composed.filter((section) => isItem || isConcerned(section)) };
}

const isConcerned = ({ parts, missing, edited }: ComposedSection): boolean =>
  parts.length + missing.length > 0 || edited !== null;

function sectionOf(
  { key, fileKey, title, level, guide }: StoredSection,
  { parts, missing, edited }: Gathered,
): ComposedSection {
  return {
    key,
    fileKey,
    title,
    level,
    ...(guide === undefined ? {} : { guide }),
    parts,
    edited,
    missing: missing.slice(0, MAX_MISSING),
    moreMissing: Math.max(0, missing.length - MAX_MISSING),
  };
}

function treeOf(root: string, writers: readonly Writer[]): Branch {
  const tree: Branch = { writer: null, children: new Map() };
  const inOrder = writers
    .filter(({ assignment }) => assignment === root || isBelow(assignment, root))
    .map((writer) => ({ writer, rank: writer.rank.split('.') }))
    .sort((a, b) => comparePaths(a.rank, b.rank));
  for (const { writer } of inOrder) {
    const path = writer.assignment.slice(root.length + 1).split('.');
    let branch = tree;
    for (const code of writer.assignment === root ? [] : path) {
      const next = branch.children.get(code) ?? { writer: null, children: new Map() };
      branch.children.set(code, next);
      branch = next;
    }
    branch.writer = writer;
  }
  return tree;
}

/** Step by step: a place and what is below it before the next. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const [x = '', y = ''] = [a[at], b[at]];
    if (x !== y) return x < y ? -1 : 1;
  }
  return a.length - b.length;
}

function gather(
  section: StoredSection,
  { writer, children }: Branch,
  fileName: (id: string) => string,
): Gathered {
  if (writer && !writer.isNode) return written(section, writer, fileName);
  const below = together([...children.values()].map((child) => gather(section, child, fileName)));
  const edit = writer?.sections.get(section.key);
  if (!writer || !edit) return below;
  const { version, by, at, since } = edit;
  // Taken back: the parts below stand again, and that is new content for the levels above.
  if (edit.text === null && edit.file === null) return { ...below, latest: later(below.latest, since) };
  // In doubt the parts below came later: no words are lost to an edit that may not have known them.
  const overtaken = below.parts.length > 0 && below.latest >= since;
  const edited = { version, by, at, overtaken };
  if (overtaken) return { ...below, edited };
  const part = { ...partOf(writer, edit, fileName), replaces: below.parts.flatMap(sourcesOf) };
  return { parts: [part], missing: below.missing, latest: since, edited };
}

/** The writers of a part: of an edit, the writers of the parts it replaces, if there were any. */
const sourcesOf = (part: ComposedPart): NonNullable<ComposedPart['replaces']> =>
  part.replaces !== undefined && part.replaces.length > 0
    ? part.replaces
    : [{ ...placeOf(part), version: part.version }];

function written(section: StoredSection, writer: Writer, fileName: (id: string) => string): Gathered {
  const said = writer.sections.get(section.key);
  if (said) return { ...NOTHING, parts: [partOf(writer, said, fileName)], latest: said.since };
  return isOwedBy(section, writer.assignment) ? { ...NOTHING, missing: [placeOf(writer)] } : NOTHING;
}

const together = (all: readonly Gathered[]): Gathered => ({
  parts: all.flatMap(({ parts }) => parts),
  missing: all.flatMap(({ missing }) => missing),
  latest: all.reduce((latest, each) => later(latest, each.latest), ''),
  edited: null,
});

const later = (a: string, b: string): string => (a > b ? a : b);

const placeOf = ({ assignment, unit, unitName }: PartPlace): PartPlace => ({ assignment, unit, unitName });

const partOf = (
  writer: Writer,
  { version, by, at, text, file }: DocumentContribution,
  fileName: (id: string) => string,
): ComposedPart => ({
  ...placeOf(writer),
  version,
  by,
  at,
  ...(text === null ? {} : { text }),
  ...(file === null ? {} : { file: { id: file, name: fileName(file) } }),
});
