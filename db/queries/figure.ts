// The reports below a node, as figures and coverage are merged from them.
import type { CarriedFrom } from '../../domain/form/carried.ts';
import type { Db } from '../pool.ts';
import { findRank, RANK, WITHIN } from './rank.ts';

/** One leaf below a node with the report that counts, `content` null where none does; or a node with a part of its own. */
export type LeafReport = {
  id: string;
  rank: string;
  unit: string | null;
  /** A node's own part: it is in the figures, not in the coverage. */
  isPart: boolean;
  phase: string;
  approved: number;
  /** Its part in the version of the figures; a cancelled one has nothing else. */
  figureVersion: number;
  content: { values?: Record<string, unknown>; rows?: Record<string, unknown>; note?: string | null } | null;
  by: string | null;
  at: Date | null;
};

/** Leaves read at a time: bounds memory while 100,000 are merged. */
const PAGE = 5_000;

/**
 * Does a leaf's newest report wait for its issuer? One that was given back or taken back does not: of an approved leaf
 * the version before it counts then.
 */
export const WAITS = `(a.phase = 'submitted' or (a.phase = 'approved' and a.state ->> 'correcting' = 'true'))`;

/** The version that counts on a basis, of a leaf's report or of a node's own part; `s` is the submission. */
export const COUNTING = (reported: string): string => `
  s.kind = case when a.node then 'part' else 'report' end
  and s.version = case when a.node then a.part
                       when ${reported} and ${WAITS} then a.current
                       else a.approved end`;

/** `figureVersions` of domain/assignment/figure-version.ts. */
export const FIGURE_VERSION = (reported: string): string => `
  case when a.phase = 'cancelled' then 0 when a.node then a.part when ${reported} then a.current else a.approved end
  + case when ${reported} then a.lost_reported else a.lost_approved end`;

const LEAVES = (which: string): string => `
  select a.id, ${RANK} as rank, a.unit, a.node as "isPart", a.phase, case when a.node then a.part else a.approved end as approved,
         ${FIGURE_VERSION('$5')} as "figureVersion", s.content, s.by, s.at
    from assignment a
    left join submission s on s.directive = a.directive and s.assignment = a.id and a.phase <> 'cancelled'
         and ${COUNTING('$5')}
   where a.directive = $1 and ${which}
     and (a.phase <> 'cancelled' and (not a.node or a.part > 0) or a.lost_approved > 0 or a.lost_reported > 0)
   order by ${RANK} limit $4`;

/**
 * Leaves below a node, in order of their ranks, page by page; of a cancelled leaf the report that had counted. With
 * `reported` every report that is in counts; else only approved ones.
 */
export async function* leavesBelow(
  db: Db,
  directive: string,
  node: string,
  reported: boolean,
): AsyncGenerator<LeafReport[]> {
  const name = 'figure/leaves_below';
  const text = LEAVES(`${RANK} > $2 and ${RANK} < $3`);
  const rank = await findRank(db, directive, node);
  if (rank === null) return;
  let after = `${rank}.`;
  for (;;) {
    const { rows } = await db.query<LeafReport>({
      name,
      text,
      values: [directive, after, `${rank}/`, PAGE, reported],
    });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.rank;
  }
}

/** The unit's place in one item of each of these directives, at most 1,000 places; by directive. */
export async function listPlacesOf(
  db: Db,
  directives: readonly string[],
  item: string,
  unit: string,
): Promise<Map<string, { id: string; node: boolean }[]>> {
  const { rows } = await db.query<{ directive: string; id: string; node: boolean }>({
    name: 'figure/list_places_of',
    text: `
      select a.directive, a.id, a.node
        from unnest($1::text[]) as x (directive)
        join assignment a on a.directive = x.directive and a.item = $2 and a.unit = $3 and a.phase <> 'cancelled'
       order by a.directive, a.id limit 1000`,
    values: [directives, item, unit],
  });
  const byDirective = new Map<string, { id: string; node: boolean }[]>();
  for (const { directive, ...place } of rows)
    byDirective.set(directive, [...(byDirective.get(directive) ?? []), place]);
  return byDirective;
}

/** For a leaf, its only part; for a node, the part its holder has added. */
export async function findLeaf(
  db: Db,
  directive: string,
  id: string,
  reported: boolean,
): Promise<LeafReport[]> {
  const { rows } = await db.query<LeafReport>({
    name: 'figure/find_leaf',
    text: LEAVES('a.id = $2 and a.id = $3'),
    values: [directive, id, id, 1, reported],
  });
  return rows;
}

/** One value in a figure; `carried` where its reporter took it over from an earlier report. */
export type FigureContribution = {
  assignment: string;
  rank: string;
  unit: string | null;
  /** A node's own part, not a leaf's report. */
  isPart: boolean;
  value: unknown;
  /** Its weight in a weighted mean; null where the report does not say. */
  weight: unknown;
  version: number;
  by: string | null;
  at: Date;
  carried: CarriedFrom | null;
};

/** The contribution of each leaf below a node, and of each node's own part, to one field, in order of their ranks. */
export async function listLineage(
  db: Db,
  of: {
    directive: string;
    node: string;
    field: string;
    /** The field that gives the weight in a weighted mean. */
    weight: string | null;
    reported: boolean;
    after: string | null;
    limit: number;
  },
): Promise<FigureContribution[]> {
  const rank = await findRank(db, of.directive, of.node);
  if (rank === null) return [];
  const { rows } = await db.query<FigureContribution>({
    name: 'figure/list_lineage',
    text: `
      select a.id as assignment, ${RANK} as rank, a.unit, coalesce(s.content -> 'values' -> $3, s.content -> 'rows' -> $3) as value,
             a.node as "isPart", s.content -> 'values' -> $7::text as weight,
             s.version, s.by, s.at, s.content -> 'carried' -> $3 as carried
        from assignment a
        join submission s on s.directive = a.directive and s.assignment = a.id and ${COUNTING('$4')}
       where a.directive = $1 and ${WITHIN('$2')} and ${RANK} > $5 and a.phase <> 'cancelled'
         and (s.content -> 'values' ? $3 or s.content -> 'rows' ? $3)
       order by ${RANK} limit $6`,
    values: [of.directive, rank, of.field, of.reported, of.after ?? '', of.limit, of.weight],
  });
  return rows;
}
