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
