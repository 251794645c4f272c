// The laws of design.md §4 that bind one moment of a simulated run; each answers with what breaks it, by its own reckoning.
import { isDeepStrictEqual } from 'node:util';
import type { Relation } from '../../domain/access/relation.ts';
import { isSettled, type Assignment } from '../../domain/assignment/assignment.ts';
import { narrowed, unpacked } from '../../domain/assignment/stored.ts';
import { carry } from '../../domain/assignment/carry.ts';
import { VERBS, type Command, type Verb } from '../../domain/assignment/command.ts';
import { decide } from '../../domain/assignment/decide.ts';
import { sendOrAsk } from '../../domain/assignment/decide-report.ts';
import { evolve, fold } from '../../domain/assignment/evolve.ts';
import { isRefusal } from '../../domain/failure.ts';
import type { Happening } from '../../domain/assignment/happening.ts';
import { toIso } from '../../domain/instant.ts';
import { codeOf } from '../../domain/organisation/organisation.ts';
import { commandOf } from './commands.ts';
import { coverageOf, mergedAt, readAt, withBelow } from './figures.ts';
import type { Row } from './row.ts';
import type { Simulation } from './simulation.ts';
import { AUDITOR, isLedUnit, leaderOf, OFFICE, personOf } from './world.ts';

export type Law = (simulation: Simulation) => string[];

const rowsOf = (simulation: Simulation): Row[] => [...simulation.rows.values()];
const broken = (rows: readonly Row[], isBroken: (row: Row) => boolean, what: string): string[] =>
  rows.filter(isBroken).map(({ state }) => `${state.id}: ${what}`);
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** 1: one holder at every event; only a transfer moves it, from the one to the other; and nobody reports to themselves. */
export const oneHolder: Law = (simulation) =>
  rowsOf(simulation).flatMap((row) => {
    let holder: string | null = null;
    const problems: string[] = [];
    for (const event of row.log) {
      if (event.type === 'issued') {
        holder = event.data.holder;
        continue;
      }
      if (event.type !== 'transferred') continue;
      if (event.data.from !== holder) problems.push(`passed on by ${event.data.from}, not ${holder}`);
      holder = event.data.to;
    }
    if (row.state.holder !== holder) problems.push(`held by ${row.state.holder}, not ${holder}`);
    const above = simulation.above(row).map(({ state }) => state);
    if (!isSettled(row.state) && above.some((node) => node.holder === holder && node.phase !== 'cancelled'))
      problems.push(`held by ${holder}, who is above it as well`);
    return problems.map((what) => `${row.state.id}: ${what}`);
  });

/** 2: no child is due after its parent, both as a reader sees them. */
export const dueInTime: Law = (simulation) =>
  broken(
    rowsOf(simulation).filter((row) => !isSettled(simulation.effective(row))),
    (row) => simulation.effective(row).dueAt > simulation.parentDueAt(row),
    'due after its parent',
  );

const isApproval = (event: Happening): event is Extract<Happening, { type: 'approved' }> =>
  event.type === 'approved';
const isPart = (event: Happening): event is Extract<Happening, { type: 'partAdded' }> =>
  event.type === 'partAdded';
/** Is it, or something above it, cancelled? Then nothing of it counts, whatever had been approved. */
const isCancelled = (simulation: Simulation, row: Row): boolean =>
  [...simulation.above(row), row].some(({ state }) => state.phase === 'cancelled');
/** A leaf's figure by its log alone, the version approved since it was last opened again; or a node's own part, the last added. */
function counted(simulation: Simulation, row: Row): number | null {
  if (isCancelled(simulation, row)) return null;
  if (row.state.node) {
    const last = row.log.filter(isPart).at(-1);
    return last === undefined ? null : (row.parts.get(last.data.version) ?? Number.NaN);
  }
  const since = row.log.findLastIndex(({ type }) => type === 'reopened');
  const last = row.log
    .slice(since + 1)
    .filter(isApproval)
    .at(-1);
  return last === undefined ? null : (row.reports.get(last.data.version) ?? Number.NaN);
}
const isCopy = (event: Happening): event is Extract<Happening, { type: 'rolledUp' | 'restated' }> =>
  event.type === 'rolledUp' || event.type === 'restated';

/** What goes up by somebody's hand goes when that is done, and is asked for once all is in. */
function isHeldBack(simulation: Simulation, node: Row): boolean {
  const { gathered, suspended } = node.state;
  const isAsked = gathered !== null || suspended !== null || !simulation.isComplete(node);
  return simulation.handOf(node) !== null && isAsked;
}

/** 3: a node's figure is the sum of what is reported at and below it, each once; after a turn its last copy says the same. */
export const figuresOfLeaves: Law = (simulation) =>
  rowsOf(simulation)
    // A directive cancelled as a whole has no figures any more.
    .filter(({ state }) => state.node && simulation.directive.phase !== 'cancelled')
    .flatMap((node) => {
      const values = withBelow(node)
        .map((row) => counted(simulation, row))
        .filter((value) => value !== null);
      const sum = values.length === 0 ? null : values.reduce((total, value) => total + value, 0);
      const problems = [];
      if (!same(mergedAt(simulation, node).values['v'], sum))
        problems.push(`${node.state.id}: merged is not ${sum}`);
      const copy = node.log.filter(isCopy).at(-1);
      const isLive = !isCancelled(simulation, node) && !isHeldBack(simulation, node);
      if (copy && isLive && !same(copy.data.values['v'], sum))
        problems.push(`${node.state.id}: its copy is not ${sum}`);
      return problems;
    });

/** What a reader who looks after every step has been told of a node's figures, by node and basis. */
const told = new WeakMap<Simulation, Map<string, { version: number; contents: Map<number, string> }>>();

/** 3: the version of a node's figures never falls, and is never that of other reports. */
export const versionsRise: Law = (simulation) => {
  const before =
    told.get(simulation) ?? new Map<string, { version: number; contents: Map<number, string> }>();
  told.set(simulation, before);
  return rowsOf(simulation)
    .filter(({ state }) => state.node)
    .flatMap((node) =>
      (['approved', 'reported'] as const).flatMap((basis) => {
        const { version, content } = readAt(node, basis);
        const key = `${node.state.id} ${basis}`;
        const last = before.get(key) ?? { version: 0, contents: new Map<number, string>() };
        const known = last.contents.get(version) ?? content;
        before.set(key, { version, contents: last.contents.set(version, content) });
        if (version < last.version) return [`${key}: falls from ${last.version} to ${version}`];
        return known === content ? [] : [`${key}: ${version} is of ${known} and of ${content}`];
      }),
    );
};

const hasAllBelow = (simulation: Simulation, node: Row): boolean =>
  (node.state.phase !== 'submitted' && node.state.phase !== 'approved') || simulation.isComplete(node);

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
      const isLeft = isCancelled(simulation, node) || isHeldBack(simulation, node);
      const isTrue = !copy || isLeft || same(copy.data.coverage, coverage);
      return [
        ...(sum === leaves.length ? [] : [`${node.state.id}: counts ${sum} of ${leaves.length}`]),
        ...(isTrue ? [] : [`${node.state.id}: its copy covers something else`]),
        ...(hasAllBelow(simulation, node)
          ? []
          : [`${node.state.id}: has sent all up with something open below`]),
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
  const { policy } = simulation.world;
  const isOpen = simulation.directive.phase === 'open';
  const has = (clock: string): boolean => policy.ladder.some((rung) => rung.clock === clock);
  // Suspended from above it waits for the order to go on.
  if (state.suspended !== null)
    return state.suspended.until[state.id] === undefined ? null : 'the end of its suspension';
  if ((state.phase === 'submitted' || state.correcting) && policy.reviewWithin !== null) return 'the review';
  const isGathered = isOpen && state.gathered !== null && simulation.isComplete(row);
  if ((state.presented !== null || isGathered) && policy.signWithin !== null) return 'the signature';
  if (!isOpen || isSettled(state) || state.phase === 'submitted') return null;
  const isAsked = [state.extension, state.transfer, state.declining].some((ask) => ask !== null);
  if (!state.overdue) return 'the due time';
  if (isAsked && policy.decideWithin !== null) return 'the decision';
  const isReceiptOwed =
    state.acknowledgeBy !== null && (state.phase === 'issued' || state.amended?.acknowledgedAt === null);
  if (isReceiptOwed && (has('acknowledge') || !state.taken.acknowledge)) return 'the receipt';
  const isNeeded =
    !state.node ||
    (simulation.isComplete(row) &&
      (simulation.clocksOf(row).rollUp === 'manual' ||
        state.phase === 'returned' ||
        state.withdrawn !== null));
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
    // What stands still by somebody's order stands still only while that order holds.
    for (const source of Object.keys(state.suspended?.until ?? {})) {
      const giver = source === state.id ? row : simulation.rows.get(source);
      if (giver?.state.suspended?.until[source] === undefined)
        problems.push(`${state.id}: stands still by an order of ${source} that has ended`);
    }
    return problems;
  });

/** 7: the log gives the row; carry, wake, roll-up and the last command, done again at once, change nothing. */
export const repeatable: Law = (simulation) =>
  rowsOf(simulation).flatMap((row) => {
    const { state } = row;
    const problems = recorded(row);
    const after = (a: Assignment, events: readonly { type: string }[]): Assignment =>
      (events as Happening[]).reduce(
        (b, event) => evolve(b, { ...event, at: toIso(simulation.now), actor: null }),
        a,
      );
    const carrying = (a: Assignment): Happening[] =>
      carry(a, simulation.orderings(row), simulation.terms).map(({ event }) => event as Happening);
    if (carrying(after(state, carrying(state))).length > 0) problems.push('carries the same order twice');
    const woken = { ...row, state: after(state, simulation.woken(row)) };
    if (simulation.woken(woken).length > 0) problems.push('wakes twice at one instant');
    if (state.node) {
      const copy = {
        ...mergedAt(simulation, row),
        received: simulation.now,
        review: simulation.world.item.review,
        old: {},
      };
      const hand = simulation.handOf(row);
      if (sendOrAsk(after(state, sendOrAsk(state, copy, hand)), copy, hand).length > 0)
        problems.push('sends, or asks for, the same copy twice');
    }
    return [
      ...problems.map((what) => `${state.id} ${what}`),
      ...(simulation.last?.id === state.id ? repeated(simulation, row) : []),
    ];
  });

/** Events of an assignment found to say what it is, so that each state is folded once. */
const verified = new WeakMap<Row, number>();

function recorded(row: Row): string[] {
  const { state, log } = row;
  if (verified.get(row) === log.length) return [];
  verified.set(row, log.length);
  const read = JSON.parse(JSON.stringify(log)) as Happening[];
  const kept: unknown = unpacked(JSON.parse(JSON.stringify(narrowed(state))) as object, state);
  const problems = [];
  if (!isDeepStrictEqual(fold(state.id, state.directive, read), kept))
    problems.push('is not what its log says');
  if (!isDeepStrictEqual(state, kept)) problems.push('is not plain JSON');
  return problems;
}

/** What may be said again: words, a close, and a report or part that is a correction when it comes with a note. */
const SAID_AGAIN: ReadonlySet<Verb> = new Set<Verb>(['comment', 'urge', 'progress', 'close']);

function repeated(simulation: Simulation, row: Row): string[] {
  const { last } = simulation;
  // At once: what has happened since may ask for the same again.
  if (last === null || isRefusal(last.decision) || row.log.length !== last.events) return [];
  const { command } = last;
  const isSaidAgain =
    SAID_AGAIN.has(command.verb) ||
    // Before its signature a report may be presented again and again.
    ((command.verb === 'submit' || command.verb === 'sign') &&
      (row.state.node || row.state.presented !== null || ('note' in command && command.note !== undefined)));
  if (isSaidAgain) return [];
  const again = decide(row.state, simulation.contextOf(row, last), command);
  return isRefusal(again) ? [] : [`${row.state.id} takes ${command.verb} twice`];
}

const OF_HOLDER: readonly Verb[] = [
  'acknowledge',
  'progress',
  'submit',
  'withdraw',
  'request-extension',
  'decompose',
  'transfer',
  'decline',
  'close',
  'share',
];
const OF_ABOVE: readonly Verb[] = ['reschedule', 'urge', 'escalate'];
const OF_TARGET: readonly Verb[] = ['accept-transfer', 'decline-transfer'];

/** 9: who is not on the path, of the office, asked to take over or an auditor sees nothing; who sees and may not is refused. */
export const placesKept: Law = (simulation) => {
  const row = simulation.last === null ? undefined : simulation.rows.get(simulation.last.id);
  return (row === undefined ? [] : [row, ...row.children]).flatMap((each) => placesOf(simulation, each));
};

const BROUGHT: Command = { verb: 'submit', onBehalf: true };

/** Everybody's relation by another reckoning, and for each relation that occurs, what every verb is answered with. */
function placesOf(simulation: Simulation, row: Row): string[] {
  const { state } = row;
  const before = JSON.stringify(state);
  const holders = [...simulation.above(row).map(({ state: node }) => node.holder), state.holder];
  const path = [OFFICE, ...holders.map(codeOf)];
  const content = { hasWords: true, dueAt: null, other: 1, ...simulation.placesFor(row) };
  const anyone = { person: AUDITOR, command: commandOf('acknowledge', content), value: 0, isFaulty: false };
  const context = simulation.contextOf(row, anyone);
  const seen = new Set<string>();
  const problems = simulation.world.people.flatMap((person) => {
    const relation = simulation.relationOf(row, person);
    const expected = reckoned(person, path, state);
    const key = JSON.stringify(relation);
    if (key !== JSON.stringify(expected)) return [`${state.id}: ${person} is ${key}`];
    if (seen.has(key)) return [];
    seen.add(key);
    const commands: Command[] = VERBS.map((verb) => commandOf(verb, content));
    return [...commands, BROUGHT].flatMap((command) => {
      const { verb } = command;
      const decision = decide(state, { ...context, relation }, command);
      const code = isRefusal(decision) ? decision.code : 'taken';
      const isMine = command === BROUGHT ? expected.issuer : mayDo(verb, expected);
      const isRight = !expected.sees ? code === 'NOT_FOUND' : isMine || code === 'FORBIDDEN';
      const isWrongly = isMine && (code === 'NOT_FOUND' || code === 'FORBIDDEN');
      return isRight && !isWrongly ? [] : [`${state.id}: ${person} may ${verb}: ${code}`];
    });
  });
  return JSON.stringify(state) === before ? problems : [...problems, `${state.id} has moved`];
}

/** Who a person is to an assignment by the codes on its path alone: office, holders from the top, its own last. */
function reckoned(person: string, path: readonly string[], { transfer, shared }: Assignment): Relation {
  const target = transfer === null ? null : codeOf(transfer.to);
  const is = (code: string | null | undefined): boolean =>
    code != null && (personOf(code) === person || (isLedUnit(code) && leaderOf(code) === person));
  const holder = path.at(-1) ?? '';
  const sees = path.some(is) || is(target) || person === AUDITOR;
  return {
    holder: is(holder),
    // A task force's one person here leads it.
    leader: is(holder) && (!/^[UVR]/.test(holder) || person === leaderOf(holder)),
    lead: false,
    issuer: is(path.at(-2)),
    above: path.slice(0, -1).some(is),
    target: is(target),
    office: is(OFFICE),
    sees,
    seesResult: !sees && shared.map(codeOf).some(is),
  };
}

function mayDo(verb: Verb, { holder, leader, issuer, above, target, sees }: Relation): boolean {
  if (verb === 'comment') return sees;
  if (verb === 'sign') return leader;
  if (OF_TARGET.includes(verb)) return target;
  if (OF_ABOVE.includes(verb)) return above;
  return OF_HOLDER.includes(verb) ? holder : issuer;
}
