// Parts handed out later: opened and timed before the command is decided, made into assignments and desks once it is.
import { findChildUnits } from '../../db/queries/assignment.ts';
import { countInDesk, countSections, insertDesks } from '../../db/queries/desk.ts';
import type { AssignmentRow, DeskRow } from '../../db/queries/ledger.ts';
import { countLeaves } from '../../db/queries/tally.ts';
import type { Transaction } from '../../db/pool.ts';
import { levelOf } from '../../domain/code.ts';
import { cutBelow, sizeOf, type DeskKind } from '../../domain/directive/cut.ts';
import type { DecisionParts } from '../../domain/assignment/decision.ts';
import { openBelow } from '../../domain/directive/dispatch.ts';
import { giverOf } from '../../domain/directive/giver.ts';
import { toIso, toIsoOrNull } from '../../domain/instant.ts';
import {
  codeOf,
  isTaskForce,
  membersOf,
  unitPlace,
  type Directory,
  type Place,
  type Unit,
} from '../../domain/organisation/organisation.ts';
import { planBelow } from '../../domain/directive/plan.ts';
import type { Planned } from '../../domain/directive/planned.ts';
import { orderCounts, type Posted } from '../judge.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { By } from '../ledger/log.ts';

export type Decomposition = DecisionParts & {
  planned: Planned[];
  /** Nothing was below it before. */
  isFirst: boolean;
};

/** A command itself writes up to this many; the clockwork hands out more, as a desk of their own. */
const ISSUED_AT_ONCE = 500;

export async function planParts(
  tx: Transaction,
  ledger: Ledger,
  row: AssignmentRow,
  posted: Posted,
): Promise<Decomposition> {
  const { command, receivedMs, actor } = posted;
  if (command.verb !== 'decompose') throw new Error(`${command.verb} hands nothing out`);
  const { state } = row;
  const { directory } = ledger.held;
  const taken = await findChildUnits(tx, row.directive, row.id);
  const isFirst = taken.length === 0;
  const { holder, above } = ledger.held.standingOf(row);
  const { branches, faults } = openBelow(command.receivers, directory, {
    id: row.id,
    above: row.id.split('.').slice(3),
    holders: [...above, holder],
    giver: giverOf(directory, holder, taken),
    pool: poolOf(directory, holder),
    taken: new Set(taken),
    leaves: await countLeaves(tx, row.directive),
  });
  const units = branches.map(({ code }) => code);
  if (faults.length > 0) return { units, assignments: 0, faults, planned: [], isFirst };
  const { terms, calendar } = ledger.held.directiveOf(row);
  const args = { calendar, policy: terms.policy, receivedAt: receivedMs, issuedAt: receivedMs };
  const { id, item, taskForce, dueAt } = state;
  const from = { id, item, taskForce, dueAt, rank: row.rank, parts: taken.length };
  const timed = planBelow(args, from, branches);
  const later = { at: receivedMs, by: actor.person, carried: ordersSoFar(ledger, row) };
  const planned = timed.planned.map((branch) => marked(branch, later));
  return { units, assignments: sizeOf(planned), faults: timed.faults, planned, isFirst };
}

/** A group is drawn from these units: a task force's members, a unit's own children. */
function poolOf(directory: Directory, holder: Place): readonly Unit[] {
  const code = codeOf(holder);
  return isTaskForce(holder) ? membersOf(directory, code) : (directory.children.get(code) ?? []);
}

/** Orders given before it was handed out are none of its business: its due time was worked out after them. */
const ordersSoFar = (ledger: Ledger, row: AssignmentRow): Record<string, number> =>
  orderCounts([...ledger.held.standingAbove(row), row.state]);

const marked = (branch: Planned, later: NonNullable<Planned['later']>): Planned => ({
  ...branch,
  later,
  children: branch.children.map((child) => marked(child, later)),
});

/**
 * Puts the parts into the desk where the node's other children are, as far as they fit, else into a desk or section of
 * their own; answers the desks to be started.
 */
export async function handOut(
  tx: Transaction,
  ledger: Ledger,
  row: AssignmentRow,
  { planned, assignments, isFirst }: Decomposition,
  { posted, deskLimit }: { posted: Posted; deskLimit: number },
): Promise<string[]> {
  const home = ledger.held.desks.get(row.ownDesk ?? row.desk);
  if (!home) throw new Error(`the desk of what is below ${row.id} is not loaded`);
  // The parts below a task force's assignment are a desk of their own, however few.
  const isForce = isFirst && levelOf(row.id) === 1;
  const room = isForce ? 0 : deskLimit - (await countInDesk(tx, home.id));
  ledger.figureChanged(row);
  ledger.touchRow(row);
  if (assignments <= Math.min(room, ISSUED_AT_ONCE)) {
    const by: By = {
      actor: posted.actor.person,
      token: posted.actor.token,
      receivedMs: posted.receivedMs,
      command: null,
    };
    for (const branch of planned) issueBranch(ledger, home, branch, by);
    reopen(ledger, row, home, assignments);
    if (row.ownDesk === null) row.unsettled += planned.length;
    return [];
  }
  const desk = await newDesk(tx, row, home, isFirst);
  return openDesk(tx, ledger, row, { home, desk, planned, deskLimit });
}

function issueBranch(ledger: Ledger, desk: DeskRow, branch: Planned, by: By): void {
  const { id, rank, item, parent, taskForce, unit, node, children, later } = branch;
  ledger.issueRow(
    { directive: desk.directive, id, rank, desk: desk.id, ownDesk: null, unsettled: children.length },
    {
      item,
      parent,
      taskForce,
      unit,
      holder: unitPlace(unit ?? ''),
      node,
      dueAt: toIso(branch.dueAt),
      acknowledgeBy: toIsoOrNull(branch.acknowledgeBy),
      basis: branch.basis,
      carried: later?.carried ?? {},
    },
    by,
  );
  for (const child of children) issueBranch(ledger, desk, child, by);
}

/** A desk of its own for the first parts a leaf hands out; for parts handed out later, a section of it. */
async function newDesk(
  tx: Transaction,
  row: AssignmentRow,
  home: DeskRow,
  isFirst: boolean,
): Promise<{ id: string; kind: DeskKind; node: string; parent: string }> {
  const about = { node: row.id, parent: home.id };
  if (isFirst) return { ...about, id: row.id, kind: levelOf(row.id) === 1 ? 'taskForce' : 'unit' };
  return { ...about, id: `${row.id}~${(await countSections(tx, row.id)) + 1}`, kind: 'unit' };
}

async function openDesk(
  tx: Transaction,
  ledger: Ledger,
  row: AssignmentRow,
  {
    home,
    desk,
    planned,
    deskLimit,
  }: {
    home: DeskRow;
    desk: Parameters<typeof cutBelow>[0];
    planned: readonly Planned[];
    deskLimit: number;
  },
): Promise<string[]> {
  const desks = cutBelow(desk, planned, deskLimit);
  await insertDesks(tx, row.directive, desks);
  reopen(ledger, row, home, 1);
  if (desk.id === row.id) {
    row.ownDesk = desk.id;
    row.below = desks[0]?.unsettled ?? 0;
  } else if (row.ownDesk === null) row.unsettled += 1;
  return [desk.id];
}

/** More to wait for in a desk, which may have said that it waits for nothing. */
function reopen(ledger: Ledger, row: AssignmentRow, home: DeskRow, more: number): void {
  if (row.ownDesk !== null && row.below !== null) row.below += more;
  home.unsettled += more;
  ledger.ask(home.id);
  const above = home.parent === null ? undefined : ledger.held.desks.get(home.parent);
  if (!home.complete || !above) return;
  home.complete = false;
  above.unsettled += 1;
  ledger.touchDesk(above);
}
