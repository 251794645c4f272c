// The whole tree below a place as a summary's workbook and document show it: every assignment with the report that counts.
import type { BranchRow } from '../../domain/paper/summary/branch.ts';
import type { Phase } from '../../domain/assignment/assignment.ts';
import { taskForceOf } from '../../domain/code.ts';
import type { Report } from '../../domain/merge/aggregate.ts';
import type { Db } from '../pool.ts';
import { COUNTING, FIGURE_VERSION } from './figure.ts';
import { findRank, RANK } from './rank.ts';

/** Assignments read at a time: bounds memory while 100,000 are merged. */
const PAGE = 5_000;

type Row = {
  id: string;
  rank: string;
  unit: string | null;
  node: boolean;
  phase: Phase;
  approved: number;
  current: number;
  figureVersion: number;
  content: { values?: Report['values']; rows?: Report['rows'] } | null;
  version: number | null;
  at: Date | null;
  dueAt: Date;
  suspended: boolean;
  transferAsked: boolean;
  extensionAsked: boolean;
  declining: boolean;
  awaitsSignature: boolean;
  returnedFor: string | null;
  issuedMs: number | null;
  acknowledgedMs: number | null;
  submittedMs: number | null;
  settledMs: number | null;
  onTime: boolean | null;
};

const TREE = (which: string): string => `
  select a.id, ${RANK} as rank, a.unit, a.node, a.phase, case when a.node then a.part else a.approved end as approved,
         case when a.node then a.part else a.current end as current, ${FIGURE_VERSION('$5')} as "figureVersion", s.content, s.version, s.at,
         a.due_at as "dueAt", a.suspended, a.transfer_to is not null as "transferAsked",
         a.state ->> 'extension' is not null as "extensionAsked", a.state ->> 'declining' is not null as declining,
         a.state ->> 'presented' is not null as "awaitsSignature", a.state -> 'returned' ->> 'reason' as "returnedFor",
         (a.state ->> 'issuedAt')::float8 as "issuedMs", (a.state ->> 'acknowledgedAt')::float8 as "acknowledgedMs",
         (a.state ->> 'submittedAt')::float8 as "submittedMs", (a.state ->> 'settledAt')::float8 as "settledMs",
         (a.state ->> 'onTime')::boolean as "onTime"
    from assignment a
    left join submission s on s.directive = a.directive and s.assignment = a.id and a.phase <> 'cancelled'
         and ${COUNTING('$5')}
   where a.directive = $1 and ${which}
   order by ${RANK} limit $4`;

/** The place itself first, where it is an assignment; then everything below it, in order of ranks, page by page. */
export async function* treeBelow(
  db: Db,
  at: { directive: string; node: string },
  reported: boolean,
): AsyncGenerator<BranchRow[]> {
  const { rows: own } = await db.query<Row>({
    name: 'figure_tree/find',
    text: TREE('a.id = $2 and a.id = $3'),
    values: [at.directive, at.node, at.node, 1, reported],
  });
  if (own.length > 0) yield own.map(branchRow);
  const rank = await findRank(db, at.directive, at.node);
  if (rank === null) return;
  let after = `${rank}.`;
  for (;;) {
    const { rows } = await db.query<Row>({
      name: 'figure_tree/below',
      text: TREE(`${RANK} > $2 and ${RANK} < $3`),
      values: [at.directive, after, `${rank}/`, PAGE, reported],
    });
    if (rows.length > 0) yield rows.map(branchRow);
    const last = rows.at(-1);
    if (rows.length < PAGE || last === undefined) return;
    after = last.rank;
  }
}

/** The number of assignments on each level below the place, nearest level first. */
export async function countLevels(db: Db, at: { directive: string; node: string }): Promise<number[]> {
  const { rows } = await db.query<{ level: number; count: number }>({
    name: 'figure_tree/count_levels',
    text: `select a.level, count(*)::int as count from assignment a
            where a.directive = $1 and a.id > $2 || '.' and a.id < $2 || '/' group by a.level order by a.level`,
    values: [at.directive, at.node],
  });
  return rows.map(({ count }) => count);
}

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function branchRow(row: Row): BranchRow {
  const { content } = row;
  return {
    id: row.id,
    rank: row.rank,
    // A task force has no unit.
    code: row.unit ?? taskForceOf(row.id),
    isNode: row.node,
    report: content === null ? null : { values: content.values ?? {}, rows: content.rows ?? {} },
    version: row.version,
    figureVersion: row.figureVersion,
    at: row.at?.toISOString() ?? null,
    standing: {
      phase: row.phase,
      approved: row.approved,
      current: row.current,
      issuedAt: isoOf(row.issuedMs),
      acknowledgedAt: isoOf(row.acknowledgedMs),
      submittedAt: isoOf(row.submittedMs),
      settledAt: isoOf(row.settledMs),
      dueAt: row.dueAt.toISOString(),
      onTime: row.onTime,
      suspended: row.suspended,
      extensionAsked: row.extensionAsked,
      declining: row.declining,
      transferAsked: row.transferAsked,
      awaitsSignature: row.awaitsSignature,
      returnedFor: row.phase === 'returned' ? row.returnedFor : null,
    },
  };
}
