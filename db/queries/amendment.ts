// Rows of `amendment`: what changed in a directive after it went out, and in whose name.
import type { DirectiveRequest } from '../../domain/directive/directive.ts';
import type { Order } from '../../domain/assignment/order.ts';
import type { Db } from '../pool.ts';

/** Only what differs; times are ISO. */
export type AmendedParts = { title?: string; body?: string | null; dueAt?: string };

export type AmendmentRow = {
  n: number;
  before: AmendedParts;
  after: AmendedParts;
  note: string;
  by: string;
  at: Date;
};

export async function insertAmendment(
  db: Db,
  directive: string,
  amendment: Omit<AmendmentRow, 'at'> & { at: string },
): Promise<void> {
  const { n, before, after, note, by, at } = amendment;
  await db.query({
    name: 'amendment/insert',
    text: `insert into amendment (directive, n, before, after, note, by, at) values ($1, $2, $3, $4, $5, $6, $7)`,
    values: [directive, n, JSON.stringify(before), JSON.stringify(after), note, by, at],
  });
}

/** Newest first; `before` is the last number already shown. */
export async function listAmendments(
  db: Db,
  directive: string,
  before: number,
  limit: number,
): Promise<AmendmentRow[]> {
  const { rows } = await db.query<AmendmentRow>({
    name: 'amendment/list',
    text: `select n, before, after, note, by, at from amendment where directive = $1 and n < $2 order by n desc limit $3`,
    values: [directive, before, limit],
  });
  return rows;
}

/** How many amendments a directive has had. */
export async function countAmendments(db: Db, directive: string): Promise<number> {
  const { rows } = await db.query<{ count: number }>({
    name: 'amendment/count',
    text: 'select count(*)::int as count from amendment where directive = $1',
    values: [directive],
  });
  return rows[0]?.count ?? 0;
}

/** Stores the changed directive, with the order that brings the change to everything below. */
export async function saveAmended(
  db: Db,
  amended: {
    id: string;
    title: string;
    request: DirectiveRequest;
    dueAt: string | null;
    officeDueAt: string | null;
    orders: readonly Order[];
  },
): Promise<void> {
  await db.query({
    name: 'directive/save_amended',
    text: `update directive set title = $2, request = $3, due_at = $4, office_due_at = $5, orders = $6,
                  version = version + 1
            where id = $1`,
    values: [
      amended.id,
      amended.title,
      JSON.stringify(amended.request),
      amended.dueAt,
      amended.officeDueAt,
      JSON.stringify(amended.orders),
    ],
  });
}
