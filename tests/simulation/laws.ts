// The laws of design.md §4 that bind one moment of a simulated run; each answers with what breaks it, by its own reckoning.
import { isDeepStrictEqual } from 'node:util';
import { evolve, fold } from '../../domain/evolve.ts';
import { isSettled, type Assignment } from '../../domain/assignment.ts';
import type { Happening } from '../../domain/happening.ts';
import { carry } from '../../domain/carry.ts';
import { VERBS } from '../../domain/command.ts';
import { decide, rollUp } from '../../domain/decide.ts';
import { isRefusal } from '../../domain/failure.ts';
import { toIso } from '../../domain/instant.ts';
import { coverageOf, leavesOf, mergedAt } from './figures.ts';
import type { Row } from './row.ts';
import type { Simulation } from './simulation.ts';
import { commandOf } from './steps.ts';
import { AUDITOR, OFFICE, personOf } from './world.ts';

export type Law = (simulation: Simulation) => string[];

const rowsOf = (simulation: Simulation): Row[] => [...simulation.rows.values()];
const broken = (rows: readonly Row[], isBroken: (row: Row) => boolean, what: string): string[] =>
  rows.filter(isBroken).map(({ state }) => `${state.id}: ${what}`);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** An id without its directive and item: the codes of those on its path. */
const pathOf = (id: string): string[] => id.split('.').slice(2);

/** 1: one holder at every event, and nobody moves it: there is no transfer yet. */
export const oneHolder: Law = (simulation) =>
  rowsOf(simulation).flatMap((row) => {
    const path = pathOf(row.state.id);
    const expected = path.length === 1 ? `taskForce/${path[0] ?? ''}` : `unit/${path.at(-1) ?? ''}`;
    const holders = row.log.map((_, n) => fold(row.state.id, 'd', row.log.slice(0, n + 1))?.holder);
    return holders.every((holder) => holder === expected)
      ? []
      : [`${row.state.id}: held by ${holders.join()}`];
  });

/** 2: no child is due after its parent. */
export const dueInTime: Law = (simulation) =>
  broken(rowsOf(simulation), (row) => row.state.dueAt > simulation.parentDueAt(row), 'due after its parent');

const isApproval = (event: Happening): event is Extract<Happening, { type: 'approved' }> =>
  event.type === 'approved';
/** A leaf's figure by its log alone: the version last approved. */
function counted(leaf: Row): number | null {
  const last = leaf.log.filter(isApproval).at(-1);
  return last === undefined ? null : (leaf.reports.get(last.data.version) ?? Number.NaN);
}
const isCopy = (event: Happening): event is Extract<Happening, { type: 'rolledUp' | 'restated' }> =>
  event.type === 'rolledUp' || event.type === 'restated';

/** 3: a node's figure is the sum of its leaves' approved versions, each once; after a turn its last copy says the same. */
export const figuresOfLeaves: Law = (simulation) =>
  rowsOf(simulation)
    .filter(({ state }) => state.node)
    .flatMap((node) => {
      const values = leavesOf(node)
        .map(counted)
        .filter((value) => value !== null);
      const sum = values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
      const problems = [];
      if (!same(mergedAt(simulation, node).values['v'], sum))
        problems.push(`${node.state.id}: merged is not ${sum}`);
      const copy = node.log.filter(isCopy).at(-1);
      const isLive = node.state.phase !== 'cancelled';
      if (copy && isLive && !same(copy.data.values['v'], sum))
        problems.push(`${node.state.id}: its copy is not ${sum}`);
      return problems;
    });

/** 4: every leaf counts in exactly one phase; desks count what is unsettled; the copies say how many they cover. */
export const countsAddUp: Law = (simulation) => {
  const rows = rowsOf(simulation);
  const phases = ['issued', 'acknowledged', 'submitted', 'returned', 'approved', 'cancelled', 'missing'];
  const nodes = rows
    .filter(({ state }) => state.node)
    .flatMap((node) => {
      const leaves = rows.filter((row) => !row.state.node && row.state.id.startsWith(`${node.state.id}.`));
      const sum = phases.reduce(
        (total, phase) => total + leaves.filter(({ state }) => state.phase === phase).length,
        0,
      );
      const coverage = coverageOf(leaves);
      const copy = node.log.filter(isCopy).at(-1);
      const isTrue = !copy || node.state.phase === 'cancelled' || same(copy.data.coverage, coverage);
      return [
        ...(sum === leaves.length ? [] : [`${node.state.id}: counts ${sum} of ${leaves.length}`]),
        ...(isTrue ? [] : [`${node.state.id}: its copy covers something else`]),
      ];
    });
  const desks = [...simulation.desks.values()].filter((desk) => {
    const own = rows.filter((row) => row.desk === desk && !isSettled(row.state)).length;
    const below = [...simulation.desks.values()].filter(
      ({ parent, unsettled }) => parent === desk.id && unsettled > 0,
    );
    return desk.unsettled !== own + below.length;
  });
  return [...nodes, ...desks.map(({ id, unsettled }) => `${id}: counts ${unsettled} unsettled`)];
};

/** What of the policy must still come for this assignment, in words; null where nothing is left. */
function stillToCome(simulation: Simulation, row: Row): string | null {
  const { state } = row;
  const { policy, item } = simulation.world;
  const has = (clock: string): boolean => policy.ladder.some((rung) => rung.clock === clock);
  if ((state.phase === 'submitted' || state.correcting) && policy.reviewWithin !== null) return 'the review';
  if (simulation.directive.phase !== 'open' || isSettled(state) || state.phase === 'submitted') return null;
  if (!state.overdue) return 'the due time';
  if (state.phase === 'issued' && state.acknowledgeBy !== null && has('acknowledge')) return 'the receipt';
  const isNeeded =
    !state.node || (simulation.isComplete(row) && (item.rollUp === 'manual' || state.phase === 'returned'));
  return isNeeded && has('due') ? 'a rung' : null;
}

/** 5: what is not settled wakes when something is left to come, in time, and then something happens; an end settles all. */
export const nothingForgotten: Law = (simulation) =>
  rowsOf(simulation).flatMap((row) => {
    const { state } = row;
    const next = simulation.nextWake(row);
    const problems = [];
    const left = stillToCome(simulation, row);
    if (left !== null && next === null) problems.push(`${state.id}: forgets ${left}`);
    if (left === null && next !== null) problems.push(`${state.id}: wakes at ${toIso(next)} for nothing`);
    if (left === 'the due time' && next !== null && next > state.dueAt)
      problems.push(`${state.id}: wakes after it is due`);
    const isDue = next !== null && next <= simulation.now;
    if (isDue !== simulation.woken(row).length > 0)
      problems.push(`${state.id}: wakes and does nothing, or not and does`);
    if (simulation.directive.phase !== 'open' && !isSettled(state))
      problems.push(`${state.id}: outlives its directive`);
    if (state.closing !== null && !isSettled(state) && simulation.isComplete(row))
      problems.push(`${state.id}: never closes`);
    return problems;
  });

/** 7: the log gives the row; carry, wake, roll-up and the last command, done again at once, change nothing. */
export const repeatable: Law = (simulation) =>
  rowsOf(simulation).flatMap((row) => {
    const { state } = row;
    const problems = [];
    const read = JSON.parse(JSON.stringify(row.log)) as Happening[];
    const kept: unknown = JSON.parse(JSON.stringify(state));
    if (!isDeepStrictEqual(fold(state.id, state.directive, read), kept))
      problems.push('is not what its log says');
    if (!isDeepStrictEqual(state, kept)) problems.push('is not plain JSON');
    const after = (a: Assignment, events: readonly { type: string }[]): Assignment =>
      (events as Happening[]).reduce(
        (b, event) => evolve(b, { ...event, at: toIso(simulation.now), actor: null }),
        a,
      );
    const carried = after(
      state,
      carry(state, simulation.orderings(row)).map(({ event }) => event),
    );
    if (carry(carried, simulation.orderings(row)).length > 0) problems.push('carries the same order twice');
    const woken = { ...row, state: after(state, simulation.woken(row)) };
    if (simulation.woken(woken).length > 0) problems.push('wakes twice at one instant');
    if (state.node) {
      const copy = {
        ...mergedAt(simulation, row),
        received: simulation.now,
        review: simulation.world.item.review,
        old: {},
      };
      if (rollUp(after(state, rollUp(state, copy)), copy).length > 0)
        problems.push('sends the same copy twice');
    }
    return [
      ...problems.map((what) => `${state.id} ${what}`),
      ...(simulation.last?.id === state.id ? repeated(simulation, row) : []),
    ];
  });

/** Ending the collecting may be said twice, and a report with a note that passed by itself is a correction when sent again. */
function repeated(simulation: Simulation, row: Row): string[] {
  const { last } = simulation;
  if (last === null || isRefusal(last.decision)) return [];
  const { command, context } = last;
  if (
    command.verb === 'close' ||
    (command.verb === 'submit' && (command.note !== undefined || row.state.node))
  )
    return [];
  const again = decide(row.state, context, command);
  return isRefusal(again) ? [] : [`${row.state.id} takes ${command.verb} twice`];
}

/** 9: who is not on the path, of the office or an auditor sees nothing; who sees and may not is refused; nothing is changed. */
export const placesKept: Law = (simulation) => {
  const row = simulation.last === null ? undefined : simulation.rows.get(simulation.last.id);
  return (row === undefined ? [] : [row, ...row.children]).flatMap((each) => {
    const { state } = each;
    const path = pathOf(state.id);
    const before = JSON.stringify(state);
    return simulation.world.people.flatMap((person) => {
      const context = simulation.contextOf(each, person);
      const isSeen = [...path, OFFICE].some((code) => personOf(code) === person) || person === AUDITOR;
      const isHolder = person === personOf(path.at(-1) ?? '');
      const isIssuer = person === personOf(path.at(-2) ?? OFFICE);
      return VERBS.flatMap((verb) => {
        const decision = decide(state, context, commandOf(verb, true));
        const code = isRefusal(decision) ? decision.code : 'taken';
        const isMine = ['acknowledge', 'submit', 'close'].includes(verb) ? isHolder : isIssuer;
        const isRight = !isSeen ? code === 'NOT_FOUND' : isMine || code === 'FORBIDDEN';
        const isWrongly = isMine && (code === 'NOT_FOUND' || code === 'FORBIDDEN');
        const isMoved = JSON.stringify(state) !== before;
        return isRight && !isWrongly && !isMoved ? [] : [`${state.id}: ${person} may ${verb}: ${code}`];
      });
    });
  });
};
