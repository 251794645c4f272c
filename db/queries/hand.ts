// Rows of `hand`: who held which seat when people were last told, and the open work of a place whose hands change.
import type { NewDelivery } from '../../domain/delivery/delivery.ts';
import type {
  SeatedPerson,
  HandNotice,
  Handwork,
  LateWork,
  PlaceWork,
  WorkBelow,
} from '../../domain/delivery/hands.ts';
import type { Place } from '../../domain/organisation/organisation.ts';
import type { Db, Transaction } from '../pool.ts';
import { POST_DELIVERIES } from './delivery.ts';

/** Is there anything to look at? Reads one row, so that it may be asked every few seconds. */
export async function areHandsBehind(db: Db): Promise<boolean> {
  const { rows } = await db.query<{ behind: boolean }>({
    name: 'hand/are_behind',
    text: `
      select hands_version is distinct from organisation_version
             or coalesce(hands_next_at <= clock_timestamp(), false) as behind
        from installation`,
  });
  return rows[0]?.behind ?? false;
}

/** `isFirst`: this is the first look. Under the organisation's lock. */
export async function loadHands(
  tx: Transaction,
): Promise<{ isFirst: boolean; nowMs: number; hands: SeatedPerson[] }> {
  const { rows: about } = await tx.query<{ isFirst: boolean; nowMs: number }>({
    name: 'hand/load_mark',
    text: `
      select hands_version is null as "isFirst",
             floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "nowMs" from installation`,
  });
  const { rows: hands } = await tx.query<SeatedPerson>({
    name: 'hand/load',
    text: `select place, role, nullif(only_for, '') as "only", person from hand`,
  });
  return { isFirst: about[0]?.isFirst ?? true, nowMs: about[0]?.nowMs ?? 0, hands };
}

/** Unsettled assignments of these places, whose parts others have, and which of them are late. */
export async function findHandwork(
  db: Db,
  places: readonly Place[],
  offices: readonly string[],
): Promise<Handwork> {
  const { rows: work } = await db.query<PlaceWork>({
    name: 'hand/find_work',
    text: `
      select a.holder, a.task_force as "taskForce", coalesce(p.holder, 'unit/' || d.office) as issuer,
             count(*)::int as open,
             count(*) filter (where a.due_at < clock_timestamp()
                                and a.phase in ('issued', 'acknowledged', 'returned'))::int as late
        from assignment a
        join directive d on d.id = a.directive
        left join assignment p on p.directive = a.directive and p.id = a.parent
       where a.holder = any($1) and not a.settled
       group by 1, 2, 3
      union all
      select 'unit/' || office, null, null, count(*)::int, 0
        from directive where office = any($2) and phase = 'open' group by office`,
    values: [places, offices],
  });
  const { rows: below } = await db.query<WorkBelow>({
    name: 'hand/find_below',
    text: `
      select distinct a.holder, a.task_force as "taskForce", c.holder as below
        from assignment a
        join assignment c on c.directive = a.directive and c.parent = a.id
       where a.holder = any($1) and not a.settled and not c.settled
      union
      select 'unit/' || d.office, c.task_force, c.holder
        from directive d
        join assignment c on c.directive = d.id and c.parent is null
       where d.office = any($2) and d.phase = 'open' and not c.settled`,
    values: [places, offices],
  });
  const { rows: late } = await db.query<LateWork>({
    name: 'hand/find_late',
    text: `
      select l.holder, l.task_force as "taskForce", l.id as assignment, l.title
        from unnest($1::text[]) as p (place)
       cross join lateral (
             select a.holder, a.task_force, a.id, a.due_at, d.title
               from assignment a join directive d on d.id = a.directive
              where a.holder = p.place and not a.settled and a.due_at < clock_timestamp()
                and a.phase in ('issued', 'acknowledged', 'returned')
              order by a.due_at, a.id limit 50) l
       order by l.due_at, l.id`,
    values: [places],
  });
  return { work, below, late };
}

/** Marks changes as told, in the transaction that tells them, so that they are not told again. */
export async function saveHands(
  tx: Transaction,
  about: {
    version: number;
    nextMs: number | null;
    taken: readonly SeatedPerson[];
    left: readonly SeatedPerson[];
  },
): Promise<void> {
  await tx.query({
    name: 'hand/drop',
    text: `
      delete from hand h using jsonb_to_recordset($1::jsonb) as x (place text, role text, "only" text, person text)
       where h.place = x.place and h.role = x.role and h.only_for = coalesce(x."only", '') and h.person = x.person`,
    values: [JSON.stringify(about.left)],
  });
  await tx.query({
    name: 'hand/add',
    text: `
      insert into hand (place, role, only_for, person)
      select place, role, coalesce("only", ''), person
        from jsonb_to_recordset($1::jsonb) as x (place text, role text, "only" text, person text)
      on conflict do nothing`,
    values: [JSON.stringify(about.taken)],
  });
  await tx.query({
    name: 'hand/mark',
    text: `
      update installation
         set hands_version = $1,
             hands_next_at = case when $2::float8 is null then null else to_timestamp($2::float8 / 1000) end`,
    values: [about.version, about.nextMs],
  });
}

/** Notices that belong to no directive, with the deliveries they cause. */
export async function insertHandNotices(
  tx: Transaction,
  notices: readonly HandNotice[],
  deliveries: readonly NewDelivery[],
): Promise<void> {
  await tx.query({
    name: 'hand/tell',
    text: `
      insert into notification (epoch, tx, person, type, data, at)
      select i.epoch, pg_current_xact_id(), x.person, x.type, x.data, clock_timestamp()
        from jsonb_to_recordset($1::jsonb) as x (person text, type text, data jsonb), installation i`,
    values: [JSON.stringify(notices)],
  });
  if (deliveries.length === 0) return;
  await tx.query({
    name: 'hand/post',
    text: `with ${POST_DELIVERIES('$1')} select 1`,
    values: [JSON.stringify(deliveries)],
  });
}
