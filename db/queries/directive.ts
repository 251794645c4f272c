// Rows of `directive`: the notice, what its items ask, and how far it has come.
import type { ReadingSeats } from '../../domain/access/seating.ts';
import type { Order } from '../../domain/assignment/order.ts';
import type { DirectiveRequest, Item, Urgency } from '../../domain/directive/directive.ts';
import type { StoredDocument } from '../../domain/directive/document-task.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Db } from '../pool.ts';
import { patternOf, searched } from './searched.ts';
import { HANDED_UP_TO, SEES_ASSIGNMENT, SEES_PART, SEES_WHOLE, seatValues } from './sight.ts';

/** An item without its dispatch; a document has its form beside it. */
export type StoredItem = Omit<Item, 'dispatch' | 'document'> & { document?: StoredDocument | undefined };

/** The facts commands need of a directive; constant for one `version`. */
export type DirectiveTerms = {
  id: string;
  version: number;
  number: string;
  title: string;
  superior: string | null;
  office: string;
  urgency: Urgency;
  calendar: string;
  calendarVersion: number;
  policy: Policy;
  items: StoredItem[];
  receivedAtMs: number;
  issuedAtMs: number | null;
  dueAtMs: number | null;
  officeDueAtMs: number | null;
  madeBy: string;
};

/** The part that changes while the directive runs. */
export type DirectiveStanding = {
  id: string;
  version: number;
  phase: 'draft' | 'open' | 'closed' | 'cancelled';
  orders: Order[];
  closedAtMs: number | null;
  /** Figures handed up to the superior so far. */
  handedUp: number;
};

const ms = (column: string): string => `floor(extract(epoch from ${column}) * 1000)::float8`;

export async function loadTerms(db: Db, ids: readonly string[]): Promise<DirectiveTerms[]> {
  const { rows } = await db.query<DirectiveTerms>({
    name: 'directive/load_terms',
    text: `select id, version, number, title, superior, office, urgency, calendar, calendar_version as "calendarVersion",
                  policy, items, ${ms('received_at')} as "receivedAtMs", ${ms('issued_at')} as "issuedAtMs",
                  ${ms('due_at')} as "dueAtMs", ${ms('office_due_at')} as "officeDueAtMs",
                  made_by as "madeBy"
             from directive where id = any($1)`,
    values: [ids],
  });
  return rows;
}

export async function loadStandings(db: Db, ids: readonly string[]): Promise<DirectiveStanding[]> {
  const { rows } = await db.query<DirectiveStanding>({
    name: 'directive/load_standings',
    text: `select id, version, phase, orders, ${ms('closed_at')} as "closedAtMs", handed_up as "handedUp"
             from directive where id = any($1)`,
    values: [ids],
  });
  return rows;
}

/** A directive as lists and its own page show it. */
export type DirectiveRow = {
  id: string;
  version: number;
  number: string;
  title: string;
  body: string | null;
  attachments: string[];
  superior: string | null;
  office: string;
  urgency: Urgency;
  calendar: string;
  calendarVersion: number;
  policy: Policy;
  items: StoredItem[];
  /** `issuing` while any desk has not sent its part out. */
  phase: 'draft' | 'issuing' | 'open' | 'closed' | 'cancelled';
  receivedAt: Date;
  issuedAt: Date | null;
  dueAt: Date | null;
  officeDueAt: Date | null;
  closedAt: Date | null;
  madeBy: string;
  madeAt: Date;
  /** Figures handed up to the superior so far. */
  handedUp: number;
};

const VIEW = `d.id, d.version, d.number, d.title, d.request ->> 'body' as body, coalesce(d.request -> 'attachments', '[]') as attachments,
  d.superior, d.office, d.urgency, d.calendar, d.calendar_version as "calendarVersion", d.policy, d.items,
  case when d.phase = 'open' and exists (select from desk k where k.directive = d.id and not k.issued) then 'issuing'
       else d.phase end as phase,
  d.received_at as "receivedAt", d.issued_at as "issuedAt", d.due_at as "dueAt", d.office_due_at as "officeDueAt",
  d.closed_at as "closedAt", d.made_by as "madeBy", d.made_at as "madeAt", d.handed_up as "handedUp"`;

export async function findDirective(db: Db, id: string): Promise<DirectiveRow | null> {
  const { rows } = await db.query<DirectiveRow>({
    name: 'directive/find',
    text: `select ${VIEW} from directive d where d.id = $1`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** How much of it the reader sees: all, the notice and a part of the tree, or the notice and what was handed up. */
export type ListedDirective = DirectiveRow & { shown: 'whole' | 'part' | 'superior' };

/** Directives the reader sees, newest first. */
export async function listDirectives(
  db: Db,
  filter: {
    reading: ReadingSeats;
    phase: string | null;
    /** The words to search for in the directive, or places that hold something of it. */
    sought: { q: string; places: readonly string[] } | null;
    before: { at: string; id: string } | null;
    limit: number;
  },
): Promise<ListedDirective[]> {
  const reader = { all: '$8::boolean', led: '$10::text[]' };
  const { rows } = await db.query<ListedDirective>({
    name: 'directive/list',
    text: `
      select v.* from (
        select ${VIEW}, case when w.whole then 'whole' when h.holds then 'part' else 'superior' end as shown
          from directive d
         cross join lateral (select ${SEES_WHOLE('d', reader.all)} as whole) w
         cross join lateral (select not w.whole and ${SEES_PART('d', reader.led)} as holds) h
         where (w.whole or h.holds or ${HANDED_UP_TO('d')})
           and ($4::text is null or ${searched('d.title', '$4')} or ${searched('d.number', '$4')} or d.id ilike $4
                or exists (
                  select from assignment a where a.directive = d.id and a.holder = any($9)
                     and (w.whole or ${SEES_ASSIGNMENT('a', reader)})))
           and ($5::timestamptz is null or (d.made_at, d.id) < ($5, $6))
           and ($3::text is null or d.phase = case when $3 = 'issuing' then 'open' else $3 end)
      ) v
       where $3::text is null or v.phase = $3
       order by v."madeAt" desc, v.id desc limit $7`,
    values: [
      ...seatValues(filter.reading),
      filter.phase,
      patternOf(filter.sought?.q ?? null),
      filter.before?.at ?? null,
      filter.before?.id ?? null,
      filter.limit,
      filter.reading.readsAll,
      filter.sought?.places ?? [],
      filter.reading.led,
    ],
  });
  return rows;
}

export async function findRequest(db: Db, id: string): Promise<DirectiveRequest | null> {
  const { rows } = await db.query<{ request: DirectiveRequest }>({
    name: 'directive/find_request',
    text: 'select request from directive where id = $1',
    values: [id],
  });
  return rows[0]?.request ?? null;
}

/** Ends a directive, with the order that tells everything below. */
export async function endDirective(
  db: Db,
  end: { id: string; phase: 'closed' | 'cancelled'; orders: Order[]; at: string },
): Promise<void> {
  await db.query({
    name: 'directive/end',
    text: 'update directive set phase = $2, orders = $3, closed_at = $4 where id = $1',
    values: [end.id, end.phase, JSON.stringify(end.orders), end.at],
  });
}
