// Rows of `hand_up`: figures frozen for the superior, numbered by directive, and what became of them later.
import type { HandUpHead, HandUpItem, HandUpKind } from '../../domain/directive/hand-up.ts';
import type { Db } from '../pool.ts';

/** A hand-up in a list: without rows and parts, which can be long. */
export type HandUpBrief = {
  n: number;
  kind: HandUpKind;
  digest: string;
  /** The office's own number; null for hand-ups from before these numbers existed. */
  number: string | null;
  note: string | null;
  by: string | null;
  at: Date;
  items: HandUpHead[];
};
export type HandUpRow = Omit<HandUpBrief, 'items'> & { items: HandUpItem[] };

/** Figures of one line; texts, lists, rows and parts are read with the hand-up itself. */
const HEADS = `
  (select coalesce(jsonb_agg(i.item - 'rows' - 'children' - 'document' || jsonb_build_object('values', v.lines) order by i.nth), '[]')
     from jsonb_array_elements(h.content -> 'items') with ordinality as i (item, nth)
    cross join lateral (select coalesce(jsonb_object_agg(key, value), '{}') as lines
                          from jsonb_each(i.item -> 'values') where jsonb_typeof(value) <> 'array') v) as items`;
const COLUMNS = 'h.n, h.kind, h.digest, h.number, h.note, h.by, h.at';

export async function findHandUp(db: Db, directive: string, n: number): Promise<HandUpRow | null> {
  const { rows } = await db.query<HandUpRow>({
    name: 'hand_up/find',
    text: `select ${COLUMNS}, h.content -> 'items' as items from hand_up h where h.directive = $1 and h.n = $2`,
    values: [directive, n],
  });
  return rows[0] ?? null;
}

/** Newest first; `before` is the last number already shown. */
export async function listHandUps(
  db: Db,
  directive: string,
  before: number,
  limit: number,
): Promise<HandUpBrief[]> {
  const { rows } = await db.query<HandUpBrief>({
    name: 'hand_up/list',
    text: `select ${COLUMNS}, ${HEADS} from hand_up h where h.directive = $1 and h.n < $2 order by h.n desc limit $3`,
    values: [directive, before, limit],
  });
  return rows;
}

/** The number under which the figures of a directive were last handed up; null where they never were. */
export async function findHandUpNumber(db: Db, directive: string): Promise<string | null> {
  const { rows } = await db.query<{ number: string | null }>({
    name: 'hand_up/find_number',
    text: 'select number from hand_up where directive = $1 order by n desc limit 1',
    values: [directive],
  });
  return rows[0]?.number ?? null;
}

/** Locks the office's numbering until the transaction ends. `last` is the last number given, 0 for none. */
export async function lockHandUpCounter(db: Db, office: string, year: number): Promise<number> {
  const { rows } = await db.query<{ last: number }>({
    name: 'hand_up/lock_counter',
    text: `insert into hand_up_counter as c (office, year, last) values ($1, $2, 0)
           on conflict (office, year) do update set last = c.last returning last`,
    values: [office, year],
  });
  return rows[0]?.last ?? 0;
}

export async function saveHandUpCounter(db: Db, office: string, year: number, last: number): Promise<void> {
  await db.query({
    name: 'hand_up/save_counter',
    text: 'update hand_up_counter set last = $3 where office = $1 and year = $2',
    values: [office, year, last],
  });
}

/** Has the office handed something up under that number? */
export async function isHandUpNumberTaken(db: Db, office: string, number: string): Promise<boolean> {
  const { rows } = await db.query<object>({
    name: 'hand_up/find_by_number',
    text: `select from hand_up where office = $1 and number = $2 and kind = 'handed-up'`,
    values: [office, number],
  });
  return rows.length > 0;
}

/** When the figures of a directive were last handed up, on PostgreSQL's clock; null where they never were. */
export async function findHandedUpAt(db: Db, directive: string): Promise<number | null> {
  const { rows } = await db.query<{ atMs: number }>({
    name: 'hand_up/find_last_at',
    text: `select floor(extract(epoch from at) * 1000)::float8 as "atMs" from hand_up
            where directive = $1 order by n desc limit 1`,
    values: [directive],
  });
  return rows[0]?.atMs ?? null;
}

/** In the transaction of its event, under the lock of the office's desk, which gives the number. */
export async function insertHandUp(
  db: Db,
  handUp: {
    directive: string;
    n: number;
    kind: HandUpKind;
    items: HandUpItem[];
    digest: string;
    office: string;
    number: string | null;
    note: string | null;
    by: string | null;
    at: string;
  },
): Promise<void> {
  await db.query({
    name: 'hand_up/insert',
    text: `
      with counted as (update directive set handed_up = $2 where id = $1)
      insert into hand_up (directive, n, kind, content, digest, note, by, at, office, number)
      values ($1, $2, $3, jsonb_build_object('items', $4::jsonb), $5, $6, $7, $8, $9, $10)`,
    values: [
      handUp.directive,
      handUp.n,
      handUp.kind,
      JSON.stringify(handUp.items),
      handUp.digest,
      handUp.note,
      handUp.by,
      handUp.at,
      handUp.office,
      handUp.number,
    ],
  });
}
