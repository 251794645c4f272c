// Rows of `element`: the catalogue of data elements, each as it is now.
import type { Element } from '../../domain/form/element.ts';
import type { Db, Transaction } from '../pool.ts';
import { patternOf, searched } from './searched.ts';

export type ElementRow = Element & { version: number; by: string; at: Date };

type Row = {
  key: string;
  label: string;
  meaning: string | null;
  type: Element['type'];
  unit: string | null;
  sourceUnit: string | null;
  version: number;
  by: string;
  at: Date;
};

const COLUMNS = `key, label, meaning, type, unit, source_unit as "sourceUnit", version, made_by as by, made_at as at`;

/** Empty parts are left out. */
const elementOf = ({ meaning, unit, sourceUnit, ...row }: Row): ElementRow => ({
  ...row,
  ...(meaning === null ? {} : { meaning }),
  ...(unit === null ? {} : { unit }),
  ...(sourceUnit === null ? {} : { sourceUnit }),
});

export async function findElement(db: Db, key: string): Promise<ElementRow | null> {
  return (await findElements(db, [key])).get(key) ?? null;
}

export async function findElements(db: Db, keys: readonly string[]): Promise<Map<string, ElementRow>> {
  const { rows } = await db.query<Row>({
    name: 'element/find',
    text: `select ${COLUMNS} from element where key = any($1)`,
    values: [keys],
  });
  return new Map(rows.map((row) => [row.key, elementOf(row)]));
}

/** Those whose key, label or meaning has `q` in it, by key; `after` is the last key already shown. */
export async function listElements(
  db: Db,
  q: string | null,
  after: string | null,
  limit: number,
): Promise<ElementRow[]> {
  const { rows } = await db.query<Row>({
    name: 'element/list',
    text: `
      select ${COLUMNS}
        from element
       where key collate "C" > $2
         and ($1::text is null or key ilike $1 or ${searched('label', '$1')} or ${searched('meaning', '$1')})
       order by key collate "C"
       limit $3`,
    values: [patternOf(q), after ?? '', limit],
  });
  return rows.map(elementOf);
}

/** Locks this element until the transaction ends; other writers wait. */
export async function lockElement(tx: Transaction, key: string): Promise<void> {
  await tx.query({
    name: 'element/lock',
    text: `select pg_advisory_xact_lock(hashtextextended('element/' || $1, 0))`,
    values: [key],
  });
}

/** Creates the element, or replaces its version. */
export async function saveElement(
  tx: Transaction,
  element: Element,
  version: number,
  by: string,
): Promise<ElementRow> {
  const { rows } = await tx.query<Row>({
    name: 'element/save',
    text: `
      insert into element (key, label, meaning, type, unit, source_unit, version, made_by, made_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8, clock_timestamp())
      on conflict (key) do update
         set label = excluded.label, meaning = excluded.meaning, type = excluded.type, unit = excluded.unit,
             source_unit = excluded.source_unit, version = excluded.version, made_by = excluded.made_by,
             made_at = excluded.made_at
       where element.version < excluded.version
      returning ${COLUMNS}`,
    values: [
      element.key,
      element.label,
      element.meaning ?? null,
      element.type,
      element.unit ?? null,
      element.sourceUnit ?? null,
      version,
      by,
    ],
  });
  if (rows[0] === undefined) throw new Error('save returned no row');
  return elementOf(rows[0]);
}
