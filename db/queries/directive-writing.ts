// Writes rows of `directive`: makes one, stores or discards a draft, changes a number.
import type { DirectiveRequest } from '../../domain/directive/directive.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Db } from '../pool.ts';
import type { StoredItem } from './directive.ts';

/** Whether an id or a number is taken, and which. */
export async function findTaken(
  db: Db,
  id: string,
  number: string,
): Promise<{ id: string; number: string }[]> {
  const { rows } = await db.query<{ id: string; number: string }>({
    name: 'directive/find_taken',
    text: 'select id, number from directive where id = $1 or number = $2',
    values: [id, number],
  });
  return rows;
}

export type NewDirective = {
  id: string;
  number: string;
  title: string;
  request: DirectiveRequest;
  items: StoredItem[];
  superior: string | null;
  office: string;
  urgency: string;
  calendar: string;
  calendarVersion: number;
  policy: Policy;
  phase: 'draft' | 'open';
  receivedAt: string;
  issuedAt: string | null;
  dueAt: string | null;
  officeDueAt: string | null;
  madeBy: string;
};

/** Locks the directive: those who issue, change, discard or end it wait for each other here. */
export async function lockDirective(db: Db, id: string): Promise<void> {
  await db.query({
    name: 'directive/lock',
    text: 'select from directive where id = $1 for update',
    values: [id],
  });
}

/** Deletes only a draft, which is no part of the record yet. */
export async function deleteDraft(db: Db, id: string): Promise<void> {
  await db.query({
    name: 'directive/delete_draft',
    text: `delete from directive where id = $1 and phase = 'draft'`,
    values: [id],
  });
}

/** Has any report of it been approved, at any level? */
export async function hasApproved(db: Db, id: string): Promise<boolean> {
  const { rows } = await db.query<{ approved: boolean }>({
    name: 'directive/has_approved',
    text: `select exists (select from event where directive = $1 and type = 'approved') as approved`,
    values: [id],
  });
  return rows[0]?.approved ?? false;
}

/** The given-away numbers that begin with this text. */
export async function listNumbersLike(db: Db, start: string): Promise<string[]> {
  const { rows } = await db.query<{ number: string }>({
    name: 'directive/list_numbers',
    text: 'select number from directive where starts_with(number, $1)',
    values: [start],
  });
  return rows.map(({ number }) => number);
}

/** Gives a cancelled directive another number, so that its own is free again. */
export async function renumberDirective(db: Db, id: string, number: string): Promise<void> {
  await db.query({
    name: 'directive/renumber',
    text: 'update directive set number = $2, version = version + 1 where id = $1',
    values: [id, number],
  });
}

/** By column, as they are written. */
const written = (directive: NewDirective): Record<string, unknown> => ({
  id: directive.id,
  number: directive.number,
  title: directive.title,
  request: JSON.stringify(directive.request),
  items: JSON.stringify(directive.items),
  superior: directive.superior,
  office: directive.office,
  urgency: directive.urgency,
  calendar: directive.calendar,
  policy: JSON.stringify(directive.policy),
  phase: directive.phase,
  received_at: directive.receivedAt,
  issued_at: directive.issuedAt,
  due_at: directive.dueAt,
  office_due_at: directive.officeDueAt,
  made_by: directive.madeBy,
  calendar_version: directive.calendarVersion,
});

/** A unique violation: another transaction has taken the id or number meanwhile. */
export async function insertDirective(db: Db, directive: NewDirective): Promise<void> {
  const columns = written(directive);
  await db.query({
    name: 'directive/insert',
    text: `insert into directive (${Object.keys(columns).join(', ')})
           values (${Object.keys(columns)
             .map((_, n) => `$${n + 1}`)
             .join(', ')})`,
    values: Object.values(columns),
  });
}

/** Stores the draft again, or sends it out; its maker stays. The caller has it locked. */
export async function updateDraft(db: Db, directive: NewDirective): Promise<void> {
  const { id, made_by: _, ...columns } = written(directive);
  const changes = Object.keys(columns).map((column, n) => `${column} = $${n + 2}`);
  await db.query({
    name: 'directive/update_draft',
    text: `update directive set version = version + 1, ${changes.join(', ')} where id = $1 and phase = 'draft'`,
    values: [id, ...Object.values(columns)],
  });
}
