// The record as a verification reads it: directives page by page, their desks with their counters, and their rows.
import type { Assignment } from '../../domain/assignment/assignment.ts';
import type { Db } from '../pool.ts';
import { STATE_COLUMNS, stateOf, type StateRow } from './assignment-state.ts';

export async function listDirectivesToVerify(db: Db, after: string, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'verification/list_directives',
    text: 'select id from directive where id > $1 order by id limit $2',
    values: [after, limit],
  });
  return rows.map(({ id }) => id);
}

/** `open`: the value `unsettled` must have once everything of the desk has gone out. */
export type DeskToVerify = { id: string; seq: number; hash: string; unsettled: number; open: number };

export async function listDesksToVerify(db: Db, directive: string): Promise<DeskToVerify[]> {
  const { rows } = await db.query<DeskToVerify>({
    name: 'verification/list_desks',
    text: `
      select id, seq, encode(hash, 'hex') as hash, unsettled,
             case when issued
                  then (select count(*)::int from assignment a where a.desk = d.id and not a.settled)
                       + (select count(*)::int from desk b where b.parent = d.id and not b.complete)
                  else unsettled end as open
        from desk d where directive = $1 order by id`,
    values: [directive],
  });
  return rows;
}

export type RowToVerify = { id: string; state: Assignment };

export async function listRowsToVerify(db: Db, desk: string): Promise<RowToVerify[]> {
  const { rows } = await db.query<StateRow>({
    name: 'verification/list_rows',
    text: `select ${STATE_COLUMNS} from assignment a where a.desk = $1 order by a.id`,
    values: [desk],
  });
  return rows.map((row) => ({ id: row.id, state: stateOf(row) }));
}

/** Rows that break law 2; a settled one keeps the time it was judged by. */
export async function listDueAfterParent(db: Db, directive: string, limit: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'verification/list_due_after_parent',
    text: `
      select a.id from assignment a join assignment p on p.directive = a.directive and p.id = a.parent
       where a.directive = $1 and not a.settled and a.due_at > p.due_at order by a.id limit $2`,
    values: [directive, limit],
  });
  return rows.map(({ id }) => id);
}

/** Rows of a desk after `after`, in the order of their ids. */
export async function listRowsAfter(
  db: Db,
  desk: string,
  after: string,
  limit: number,
): Promise<RowToVerify[]> {
  const { rows } = await db.query<StateRow>({
    name: 'verification/list_rows_after',
    text: `select ${STATE_COLUMNS} from assignment a where a.desk = $1 and a.id > $2 order by a.id limit $3`,
    values: [desk, after, limit],
  });
  return rows.map((row) => ({ id: row.id, state: stateOf(row) }));
}

/** Content that an event vouches for. `row`: an assignment's own; `assignment` is empty for a hand-up. */
export type ContentKey = {
  kind: 'report' | 'part' | 'roll-up' | 'hand-up' | 'row';
  assignment: string;
  version: number;
};
export type FoundContent = { isThere: boolean; content: unknown; bytes: number };

/** In the order of the keys. */
export async function listContents(
  db: Db,
  directive: string,
  keys: readonly ContentKey[],
): Promise<FoundContent[]> {
  const { rows } = await db.query<FoundContent>({
    name: 'verification/list_contents',
    text: `
      select coalesce(s.assignment, h.directive, a.id) is not null as "isThere", coalesce(s.content, h.content) as content,
             coalesce(pg_column_size(s.content), pg_column_size(h.content), 0) as bytes
        from unnest($2::text[], $3::text[], $4::int[]) with ordinality as k (kind, assignment, version, nth)
        left join submission s on s.directive = $1 and s.assignment = k.assignment and s.kind = k.kind
                                  and s.version = k.version
        left join hand_up h on k.kind = 'hand-up' and h.directive = $1 and h.n = k.version
        left join assignment a on k.kind = 'row' and a.directive = $1 and a.id = k.assignment
       order by k.nth`,
    values: [
      directive,
      keys.map(({ kind }) => kind),
      keys.map(({ assignment }) => assignment),
      keys.map(({ version }) => version),
    ],
  });
  return rows;
}
