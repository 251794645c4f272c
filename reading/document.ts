// A document composed from the record at one place of the tree: each leaf's report that counts, and every node's edits.
import type { Db } from '../db/pool.ts';
import {
  listEarlierSections,
  listEdits,
  listWritten,
  type EarlierVersion,
  type SectionEditRow,
  type WrittenLeaf,
} from '../db/queries/document.ts';
import { findFiles } from '../db/queries/file.ts';
import type { StoredItem } from '../db/queries/directive.ts';
import type { SubmissionRow } from '../db/queries/submission.ts';
import { taskForceOf } from '../domain/code.ts';
import { compose, type Writer } from '../domain/paper/document/compose.ts';
import type { Composed } from '../domain/paper/document/composed.ts';
import {
  contributionOf,
  saidInSection,
  type DocumentContribution,
  type Version,
} from '../domain/paper/document/contribution.ts';
import type { StoredDocument, StoredSection } from '../domain/directive/document-task.ts';
import type { Basis } from './summary.ts';

/** An item that asks for a document. */
export type DocumentItem = Pick<StoredItem, 'title'> & { document: StoredDocument };

export const isDocument = (item: StoredItem | undefined): item is StoredItem & DocumentItem =>
  item?.document !== undefined;

/** `node`: an item, a node or a leaf. */
export type DocumentPlace = {
  directive: string;
  node: string;
  item: DocumentItem;
  unitName: (code: string) => string;
};

/** Null where there is more text than `maxChars`. */
export async function composeDocument(
  db: Db,
  at: DocumentPlace,
  basis: Basis,
  maxChars = Infinity,
): Promise<Composed | null> {
  const { sections } = at.item.document;
  const reported = basis === 'reported';
  const writers: Writer[] = [];
  let chars = 0;
  for await (const leaves of listWritten(db, { directive: at.directive, node: at.node, reported })) {
    const earlier = await earlierOf(db, at.directive, leaves, reported);
    for (const leaf of leaves) {
      const said = sectionsOf(sections, leaf, earlier.get(leaf.assignment) ?? []);
      writers.push({ ...placeOf(at, leaf), isNode: false, sections: said });
      for (const { text } of said.values()) chars += text?.length ?? 0;
    }
    if (chars > maxChars) return null;
  }
  const edits = Map.groupBy(await listEdits(db, at, sections), ({ assignment }) => assignment);
  for (const [assignment, edited] of edits) {
    const { unit = null, rank = assignment } = edited[0] ?? {};
    const said = new Map(edited.map((edit) => [edit.section, editOf(sections, edit)] as const));
    writers.push({ ...placeOf(at, { assignment, unit, rank }), isNode: true, sections: said });
  }
  return composeFrom(db, at, writers);
}

/** One report of a leaf, whether it counts or not. */
export function composeReport(
  db: Db,
  at: DocumentPlace,
  unit: string | null,
  report: Pick<SubmissionRow, 'version' | 'by' | 'at' | 'content'>,
): Promise<Composed> {
  const values = (report.content['values'] ?? {}) as Record<string, unknown>;
  // The only one there is.
  const leaf = { ...report, assignment: at.node, rank: at.node, unit, since: report.at, values, marks: null };
  const sections = sectionsOf(at.item.document.sections, leaf, []);
  return composeFrom(db, at, [{ ...placeOf(at, leaf), isNode: false, sections }]);
}

async function composeFrom(db: Db, at: DocumentPlace, writers: readonly Writer[]): Promise<Composed> {
  const names = await namesOfFiles(db, writers);
  const { title = at.item.title, sections } = at.item.document;
  return compose({ title, sections }, at.node, writers, (id) => names.get(id) ?? id);
}

function placeOf(
  at: DocumentPlace,
  { assignment, unit, rank }: { assignment: string; unit: string | null; rank: string },
): Omit<Writer, 'isNode' | 'sections'> {
  // A task force that writes itself has no unit.
  const code = unit ?? taskForceOf(assignment);
  return { assignment, rank, unit: code, unitName: at.unitName(code) };
}

async function earlierOf(
  db: Db,
  directive: string,
  leaves: readonly WrittenLeaf[],
  reported: boolean,
): Promise<Map<string, EarlierVersion[]>> {
  const counting = leaves.flatMap(({ assignment, version }) =>
    version === null || version === 1 ? [] : [{ assignment, version }],
  );
  if (counting.length === 0) return new Map();
  const found = await listEarlierSections(db, directive, counting, reported);
  return Map.groupBy(found, ({ assignment }) => assignment);
}

function sectionsOf(
  sections: readonly StoredSection[],
  leaf: WrittenLeaf,
  earlier: readonly EarlierVersion[],
): Map<string, DocumentContribution> {
  const { version, by, at, values } = leaf;
  if (version === null || at === null || values === null) return new Map();
  const counting = { version, by, at, since: leaf.since ?? at, marks: leaf.marks };
  const versions = [...earlier, counting].map(versionOf);
  return new Map(
    sections.flatMap((section) => {
      const said = contributionOf(section, versions, values);
      return said === null ? [] : [[section.key, said] as const];
    }),
  );
}

const versionOf = ({
  version,
  by,
  at,
  since,
  marks,
}: Pick<EarlierVersion, 'version' | 'by' | 'at' | 'since' | 'marks'>): Version => ({
  version,
  by,
  at: at.toISOString(),
  since: since.toISOString(),
  marks: marks ?? {},
});

function editOf(sections: readonly StoredSection[], edit: SectionEditRow): DocumentContribution {
  const { section: key, version, by, at, since, text, files } = edit;
  const fileKey = sections.find((section) => section.key === key)?.fileKey ?? '';
  const said = saidInSection({ key, fileKey }, { [key]: text, [fileKey]: files }) ?? {
    text: null,
    file: null,
  };
  return { version, by, at: at.toISOString(), since: since.toISOString(), ...said };
}

async function namesOfFiles(db: Db, writers: readonly Writer[]): Promise<Map<string, string>> {
  const ids = writers.flatMap(({ sections }) => [...sections.values()].flatMap(({ file }) => file ?? []));
  const files = ids.length === 0 ? [] : await findFiles(db, [...new Set(ids)]);
  return new Map(files.map(({ id, name }) => [id, name]));
}
