// The written parts of a document below a place: reports with their earlier versions, and edits at nodes.
import type { Db } from '../pool.ts';
import { WAITS } from './figure.ts';
import { findRank, RANK, WITHIN } from './rank.ts';

/** A leaf that is not cancelled, with the report that counts; `version` is null where none does. */
export type WrittenLeaf = {
  assignment: string;
  rank: string;
  unit: string | null;
  version: number | null;
  by: string | null;
  at: Date | null;
  /** The time it began to count; null for none. */
  since: Date | null;
  values: Record<string, unknown> | null;
  /** A mark for each of `values`, to tell it from earlier versions. */
  marks: Record<string, string> | null;
};

/** Leaves read at a time: a report is at most 1 MB. */
const PAGE = 200;

/** The event from which a version counts: its approval, or that it was handed in. */
const CAME_IN = (reported: string): string => `
  (select min(e.at) from event e
    where e.assignment = s.assignment and (e.data ->> 'version')::int = s.version
      and e.type = any(case when ${reported} then array['submitted', 'corrected'] else array['approved'] end))`;

const MARKS = `(select jsonb_object_agg(key, md5(value::text)) from jsonb_each(s.content -> 'values'))`;

/** `node` itself where it is a leaf, or the leaves below it, in order of their ranks, page by page. */
export async function* listWritten(
  db: Db,
  of: { directive: string; node: string; reported: boolean },
): AsyncGenerator<WrittenLeaf[]> {
  const rank = await findRank(db, of.directive, of.node);
  if (rank === null) return;
  let after = '';
  for (;;) {
    const { rows } = await db.query<WrittenLeaf>({
      name: 'document/list_written',
      text: `
        select a.id as assignment, ${RANK} as rank, a.unit, s.version, s.by, s.at, ${CAME_IN('$3')} as since,
               s.content -> 'values' as values, ${MARKS} as marks
          from assignment a
          left join submission s on s.directive = a.directive and s.assignment = a.id and s.kind = 'report'
               and s.version = case when $3 and ${WAITS} then a.current else a.approved end
         where a.directive = $1 and ${WITHIN('$2')} and ${RANK} > $4
           and not a.node and a.phase <> 'cancelled'
         order by ${RANK} limit $5`,
      values: [of.directive, rank, of.reported, after, PAGE],
    });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.rank;
  }
}

export type EarlierVersion = {
  assignment: string;
  version: number;
  by: string | null;
  at: Date;
  since: Date;
  marks: Record<string, string> | null;
};

/** Versions that counted before the present ones; oldest first. */
export async function listEarlierSections(
  db: Db,
  directive: string,
  counting: readonly { assignment: string; version: number }[],
  reported: boolean,
): Promise<EarlierVersion[]> {
  const { rows } = await db.query<EarlierVersion>({
    name: 'document/list_earlier',
    text: `
      select * from (
        select s.assignment, s.version, s.by, s.at, ${CAME_IN('$4')} as since, ${MARKS} as marks
          from unnest($2::text[], $3::int[]) as c (assignment, version)
          join submission s on s.directive = $1 and s.assignment = c.assignment and s.kind = 'report'
               and s.version < c.version) v
       where v.since is not null
       order by v.assignment, v.version`,
    values: [
      directive,
      counting.map(({ assignment }) => assignment),
      counting.map(({ version }) => version),
      reported,
    ],
  });
  return rows;
}

/** A node's latest edit of one section. */
export type SectionEditRow = {
  assignment: string;
  rank: string;
  unit: string | null;
  section: string;
  version: number;
  by: string | null;
  at: Date;
  since: Date;
  text: unknown;
  files: unknown;
};

/** The latest edit of each section by each node at or below `node`, over all versions of their own parts. */
export async function listEdits(
  db: Db,
  of: { directive: string; node: string },
  sections: readonly { key: string; fileKey: string }[],
): Promise<SectionEditRow[]> {
  const { rows } = await db.query<SectionEditRow>({
    name: 'document/list_edits',
    text: `
      select distinct on (a.id, k.section) a.id as assignment, ${RANK} as rank, a.unit, k.section, s.version, s.by, s.at,
             coalesce((select min(e.at) from event e
                        where e.assignment = a.id and e.type = 'partAdded'
                          and (e.data ->> 'version')::int = s.version), s.at) as since,
             s.content -> 'values' -> k.section as text, s.content -> 'values' -> k.file as files
        from assignment a
        join submission s on s.directive = a.directive and s.assignment = a.id and s.kind = 'part'
        join unnest($3::text[], $4::text[]) as k (section, file)
          on s.content -> 'values' ? k.section or s.content -> 'values' ? k.file
       where a.directive = $1 and (a.id = $2 or (a.id > $2 || '.' and a.id < $2 || '/'))
         and a.node and a.part > 0 and a.phase <> 'cancelled'
       order by a.id, k.section, s.version desc`,
    values: [of.directive, of.node, sections.map(({ key }) => key), sections.map(({ fileKey }) => fileKey)],
  });
  return rows;
}

/** Which of these units have a part below a node. */
export async function findUnitsBelow(
  db: Db,
  directive: string,
  node: string,
  units: readonly string[],
): Promise<string[]> {
  const { rows } = await db.query<{ unit: string }>({
    name: 'document/find_units_below',
    text: `select distinct unit from assignment
            where directive = $1 and id > $2 || '.' and id < $2 || '/' and unit = any($3) and phase <> 'cancelled'`,
    values: [directive, node, units],
  });
  return rows.map(({ unit }) => unit);
}

/** The values of an assignment's newest report, approved or not; empty before the first. */
export async function findLatestValues(
  db: Db,
  directive: string,
  assignment: string,
): Promise<Record<string, unknown>> {
  const { rows } = await db.query<{ values: Record<string, unknown> }>({
    name: 'document/find_latest_values',
    text: `select content -> 'values' as values from submission
            where directive = $1 and assignment = $2 and kind = 'report' order by version desc limit 1`,
    values: [directive, assignment],
  });
  return rows[0]?.values ?? {};
}
