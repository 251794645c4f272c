// Rows of `submission`: every version of a report, every copy of a merged one.
import type { Db } from '../pool.ts';

export type SubmissionRow = {
  assignment: string;
  version: number;
  kind: 'report' | 'roll-up' | 'part';
  content: Record<string, unknown>;
  by: string | null;
  at: Date;
};

const COLUMNS = 's.assignment, s.version, s.kind, s.content, s.by, s.at';

/** A node's holder may add a part; it is counted by itself, beside what is sent up. */
export type Series = 'sent' | 'part';
const KINDS: Record<Series, readonly string[]> = { sent: ['report', 'roll-up'], part: ['part'] };

/** One assignment's submissions as a reader may see them. */
export type SubmissionsAsked = {
  directive: string;
  assignment: string;
  series: Series;
  /** Also versions never handed in because the leader's signature is missing: only the holder's people see those. */
  unsigned: boolean;
};

/** A report has left its unit with the event that says so; a report without its leader's signature has none. */
const LEFT = (unsigned: string): string => `
  (${unsigned} or s.kind <> 'report'
   or exists (select from event e where e.assignment = s.assignment and e.type in ('submitted', 'corrected')
                                    and e.data -> 'version' = to_jsonb(s.version)))`;

const READ = `s.directive = $1 and s.assignment = $2 and s.kind = any($3) and ${LEFT('$4::boolean')}`;

const readBy = ({ directive, assignment, series, unsigned }: SubmissionsAsked): unknown[] => [
  directive,
  assignment,
  KINDS[series],
  unsigned,
];

export async function findSubmission(
  db: Db,
  reading: SubmissionsAsked,
  version: number,
): Promise<SubmissionRow | null> {
  const { rows } = await db.query<SubmissionRow>({
    name: 'submission/find',
    text: `select ${COLUMNS} from submission s where ${READ} and s.version = $5`,
    values: [...readBy(reading), version],
  });
  return rows[0] ?? null;
}

/** The version of the same kind that came before; null for the first. */
export async function findVersionBefore(
  db: Db,
  reading: SubmissionsAsked,
  { kind, version }: Pick<SubmissionRow, 'kind' | 'version'>,
): Promise<SubmissionRow | null> {
  const { rows } = await db.query<SubmissionRow>({
    name: 'submission/find_before',
    text: `select ${COLUMNS} from submission s where ${READ} and s.kind = $5 and s.version < $6
            order by s.version desc limit 1`,
    values: [...readBy(reading), kind, version],
  });
  return rows[0] ?? null;
}

/** Newest version first. */
export async function listSubmissions(
  db: Db,
  reading: SubmissionsAsked,
  before: number,
  limit: number,
): Promise<SubmissionRow[]> {
  const { rows } = await db.query<SubmissionRow>({
    name: 'submission/list',
    text: `select ${COLUMNS} from submission s where ${READ} and s.version < $5 order by s.version desc limit $6`,
    values: [...readBy(reading), before, limit],
  });
  return rows;
}

/** Current submissions of several assignments at once. */
export async function findSubmissions(
  db: Db,
  wanted: readonly { directive: string; id: string; version: number }[],
): Promise<SubmissionRow[]> {
  const { rows } = await db.query<SubmissionRow>({
    name: 'submission/find_many',
    text: `select ${COLUMNS}
             from unnest($1::text[], $2::text[], $3::int[]) as x (directive, assignment, version)
             join submission s using (directive, assignment, version)
            where s.kind in ('report', 'roll-up')`,
    values: [
      wanted.map((each) => each.directive),
      wanted.map((each) => each.id),
      wanted.map((each) => each.version),
    ],
  });
  return rows;
}

/** The submission an assignment has handed in: the caller takes the version from the assignment's state. */
export const sent = (directive: string, assignment: string): SubmissionsAsked => ({
  directive,
  assignment,
  series: 'sent',
  unsigned: true,
});

/** The figures of a copy sent up before, as the "old" figures of a restatement. */
export async function findCopyValues(
  db: Db,
  directive: string,
  node: string,
  n: number,
): Promise<Record<string, unknown>> {
  const copy = await findSubmission(db, sent(directive, node), n);
  const values = (copy?.content['values'] ?? {}) as Record<string, unknown>;
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !Array.isArray(value)));
}

export type LastFound = { key: string; value: unknown; at: Date; directive: string; assignment: string };

/**
 * The last approved values of a unit in other assignments, by field key and type in the form of that time; a table's
 * value is its rows. Looks back over the unit's 200 latest reports, and reads rows only of the report that gives the
 * values.
 */
export async function findLast(
  db: Db,
  unit: string,
  exceptAssignment: string,
  keys: readonly { key: string; type: string }[],
): Promise<LastFound[]> {
  const { rows } = await db.query<LastFound>({
    name: 'submission/find_last',
    text: `
      with recent as (
        select a.directive, a.id, a.item, s.content -> 'values' as values, s.version, s.at,
               case when $5 then array(select jsonb_object_keys(s.content -> 'rows')) else '{}' end as tables
          from assignment a
          join submission s on s.directive = a.directive and s.assignment = a.id and s.kind = 'report'
               and s.version = a.approved
         where a.unit = $1 and a.approved > 0 and not a.node and a.id <> $2
         order by a.due_at desc limit 200),
      wanted as (select * from unnest($3::text[], $4::text[]) as w (key, type)),
      found as (
        select distinct on (w.key) w.key, r.values -> w.key as value, r.at, r.directive, r.id, r.version
          from wanted w
          join recent r on r.values ? w.key or (w.type = 'table' and w.key = any(r.tables))
          join directive d on d.id = r.directive
         where exists (
           select from jsonb_array_elements(d.items) i, jsonb_array_elements(i -> 'form' -> 'fields') f
            where i ->> 'key' = r.item and f ->> 'key' = w.key and f ->> 'type' = w.type)
         order by w.key, r.at desc)
      select f.key, f.at, f.directive, f.id as assignment,
             coalesce(f.value, (select s.content -> 'rows' -> f.key from submission s
                                 where s.directive = f.directive and s.assignment = f.id
                                   and s.version = f.version and s.kind = 'report')) as value
        from found f`,
    values: [
      unit,
      exceptAssignment,
      keys.map(({ key }) => key),
      keys.map(({ type }) => type),
      keys.some(({ type }) => type === 'table'),
    ],
  });
  return rows;
}

/** Does a report of the assignment name the file elsewhere than in these fields? */
export async function isNamedOpenly(
  db: Db,
  assignment: string,
  file: string,
  secret: readonly string[],
): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>({
    name: 'submission/is_named_openly',
    text: `
      select exists (
        select from submission s
         where s.directive = $1 and s.assignment = $2
           and (s.content -> 'attachments' ? $3
             or exists (select from jsonb_each(s.content -> 'values') v
                         where v.key <> all($4) and jsonb_typeof(v.value) = 'array' and v.value ? $3))) as found`,
    values: [assignment.slice(0, assignment.indexOf('.')), assignment, file, secret],
  });
  return rows[0]?.found ?? false;
}
