// The figures of an item, or of one place's part of it, as documents are filled from them.
import { findFileNames } from '../db/queries/file.ts';
import { countLevels, treeBelow } from '../db/queries/figure-tree.ts';
import type { Db } from '../db/pool.ts';
import { branches, createTreeBuilder, type SummaryTree } from '../domain/paper/summary/branch.ts';
import { collected } from '../domain/paper/summary/contribution.ts';
import type { ItemFigures } from '../domain/paper/summary/figures.ts';
import { levelsWithin, maxRows } from '../domain/paper/summary/workbook/size.ts';
import type { Basis } from '../domain/paper/summary/standing.ts';
import type { Form } from '../domain/form/field.ts';
import { isClearBy, type SensitiveSight } from './sensitive.ts';
import type { Json } from '../domain/form/value.ts';

const NO_FORM: Form = { fields: [], rules: [] };
/** Files of one item that are named; beyond them they are only counted. */
const MAX_FILES = 5_000;

export type ItemAsked = {
  directive: string;
  /** The item's own id, or that of an assignment. */
  node: string;
  key: string;
  title: string;
  form: Form | undefined;
  /** The place's name, or the item's. */
  name: string;
  nameOf: (code: string) => string;
  final: boolean;
  /** What of it is clear to the reader; null: the form asks nothing sensitive. */
  sensitive: SensitiveSight | null;
};

/** Every report is read once. `items`: among how many in one workbook the room is shared. */
export async function itemFigures(
  db: Db,
  asked: ItemAsked,
  { basis, items, isWhole }: { basis: Basis; items: number; isWhole: boolean },
): Promise<ItemFigures> {
  const form = asked.form ?? NO_FORM;
  const counts = isWhole ? await countLevels(db, asked) : [];
  const levels = levelsWithin(counts, maxRows(form, items));
  const builder = createTreeBuilder({
    form,
    root: { id: asked.node, name: asked.name },
    nameOf: asked.nameOf,
    maxLevel: levels,
    isClear: isClearBy(asked.sensitive),
  });
  for await (const rows of treeBelow(db, asked, basis === 'reported')) {
    for (const row of rows) builder.take(row);
  }
  const tree = builder.finish();
  const files = await fileNames(db, form, tree);
  return {
    ...tree,
    key: asked.key,
    title: asked.title,
    final: asked.final,
    isWhole,
    levels,
    isCut: levels < counts.length,
    files,
  };
}

/** Files by id: those of the kept reports, and those the whole has collected. */
async function fileNames(db: Db, form: Form, { root, whole }: SummaryTree): Promise<ItemFigures['files']> {
  const keys = form.fields.filter(({ type }) => type === 'file').map(({ key }) => key);
  if (keys.length === 0) return {};
  const ids = new Set<string>();
  for (const key of keys) for (const { files } of collected(whole.values[key] ?? null)) take(ids, files);
  for (const { report } of branches(root)) for (const key of keys) take(ids, report?.values[key] ?? null);
  return Object.fromEntries(await findFileNames(db, [...ids]));
}

function take(ids: Set<string>, value: Json): void {
  if (!Array.isArray(value)) return;
  for (const id of value) if (typeof id === 'string' && ids.size < MAX_FILES) ids.add(id);
}
