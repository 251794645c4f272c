// The random steps of a simulated run: commands by whoever, time that passes, outages, ends.
import fc from 'fast-check';
import { isOwing } from '../../domain/assignment.ts';
import type { Command, Verb } from '../../domain/command.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import type { Row } from './row.ts';
import type { Simulation } from './simulation.ts';
import { AUDITOR, OFFICE, personOf, STRANGER } from './world.ts';

type Who = 'right' | 'holder' | 'issuer' | 'office' | 'anybody' | 'auditor' | 'stranger';
/** `duePercent`: of the time left until the level above is due. */
type Content = { value: number; isFaulty: boolean; hasWords: boolean; duePercent: number | null };
export type Step =
  | ({ do: 'command'; verb: Verb; at: number; isAimed: boolean; who: Who; other: number } & Content)
  | { do: 'everybody'; verb: 'acknowledge' | 'submit' | 'approve'; value: number }
  | { do: 'turn' }
  | { do: 'pass'; minutes: number; isOutage: boolean }
  | { do: 'end'; kind: 'close' | 'cancel' };

const commands: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('command'),
  verb: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom<Verb[]>('acknowledge', 'cancel', 'close') },
    { weight: 5, arbitrary: fc.constantFrom<Verb[]>('submit', 'approve', 'return') },
  ),
  at: fc.nat({ max: 1_000 }),
  isAimed: fc.nat({ max: 3 }).map((n) => n > 0),
  who: fc.oneof(
    { weight: 3, arbitrary: fc.constant<Who>('right') },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Who[]>('holder', 'issuer', 'office', 'anybody', 'auditor', 'stranger'),
    },
  ),
  other: fc.nat({ max: 1_000 }),
  value: fc.integer({ min: 0, max: 1_000 }),
  isFaulty: fc.nat({ max: 5 }).map((n) => n === 0),
  hasWords: fc.nat({ max: 5 }).map((n) => n > 0),
  duePercent: fc.option(fc.integer({ min: -10, max: 110 }), { nil: null, freq: 2 }),
});

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: commands },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('everybody' as const),
        verb: fc.constantFrom(
          'acknowledge' as const,
          'submit' as const,
          'submit' as const,
          'approve' as const,
        ),
        value: fc.integer({ min: 0, max: 1_000 }),
      }),
    },
    { weight: 2, arbitrary: fc.constant<Step>({ do: 'turn' }) },
    {
      weight: 5,
      arbitrary: fc.record({
        do: fc.constant('pass' as const),
        minutes: fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 4_000 })),
        isOutage: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('end' as const),
        kind: fc.constantFrom('close' as const, 'cancel' as const),
      }),
    },
  ),
  { minLength: 8, maxLength: 32, size: 'max' },
);

const BY_HOLDER: ReadonlySet<Verb> = new Set<Verb>(['acknowledge', 'submit', 'close']);
const holderOf = (row: Row): string => personOf(row.state.holder.split('/')[1] ?? '');

function personFor(simulation: Simulation, row: Row, verb: Verb, who: Who, other: number): string {
  const { people } = simulation.world;
  switch (who) {
    case 'right':
      return BY_HOLDER.has(verb) ? holderOf(row) : simulation.issuerPerson(row);
    case 'holder':
      return holderOf(row);
    case 'issuer':
      return simulation.issuerPerson(row);
    case 'office':
      return personOf(OFFICE);
    case 'anybody':
      return people[other % people.length] ?? STRANGER;
    case 'auditor':
      return AUDITOR;
    case 'stranger':
      return STRANGER;
  }
}

export function commandOf(verb: Verb, hasWords: boolean, dueAt: Millis | null = null): Command {
  const due = dueAt === null ? {} : { due: toIso(Math.round(dueAt)) };
  switch (verb) {
    case 'acknowledge':
      return { verb };
    case 'submit':
    case 'approve':
    case 'close':
      return { verb, ...(hasWords ? { note: 'words' } : {}) };
    case 'return':
      return { verb, ...due, ...(hasWords ? { reason: 'words' } : {}) };
    case 'cancel':
      return { verb, ...(hasWords ? { reason: 'words' } : {}) };
  }
}

export function take(simulation: Simulation, step: Step): void {
  switch (step.do) {
    case 'command': {
      const rows = [...simulation.rows.values()];
      const meant = step.isAimed ? rows.filter((row) => isMeant(row, step.verb)) : rows;
      const row = (meant[step.at % meant.length] ?? rows[0]) as Row;
      const person = personFor(simulation, row, step.verb, step.who, step.other);
      const { value, isFaulty, hasWords } = step;
      const left = simulation.parentDueAt(row) - simulation.now;
      const { duePercent } = step;
      const dueAt = duePercent === null || left < 0 ? null : simulation.now + (duePercent * left) / 100;
      const command = commandOf(step.verb, hasWords, dueAt);
      simulation.command(row, { command, person, value, isFaulty });
      return;
    }
    case 'everybody':
      everybody(simulation, step.verb, step.value);
      return;
    case 'turn':
      simulation.turn();
      return;
    case 'pass':
      simulation.advance(step.minutes, step.isOutage);
      return;
    case 'end':
      simulation.end(step.kind);
  }
}

/** Where a verb may well be taken, so that runs come far. */
function isMeant({ state }: Row, verb: Verb): boolean {
  if (verb === 'approve' || verb === 'return') return state.phase === 'submitted' || state.correcting;
  if (verb === 'submit') return isOwing(state) || (state.phase === 'approved' && !state.node);
  return isOwing(state) && (verb !== 'close' || state.node);
}

/** All who can: every leaf's holder, or every issuer from the bottom up, as on a good day. */
function everybody(simulation: Simulation, verb: 'acknowledge' | 'submit' | 'approve', value: number): void {
  const rows = [...simulation.rows.values()].reverse();
  rows.forEach((row, n) => {
    const { state } = row;
    const isSentByHand = simulation.world.item.rollUp === 'manual' && simulation.isComplete(row);
    const isReporter = !state.node || verb === 'acknowledge' || isSentByHand;
    const isAsked = verb === 'approve' ? !isOwing(state) : isOwing(state) && isReporter;
    if (!isAsked) return;
    const person = personFor(simulation, row, verb, 'right', 0);
    simulation.command(row, { command: { verb }, person, value: value + n, isFaulty: false });
    if (verb === 'approve') simulation.turn();
  });
}
