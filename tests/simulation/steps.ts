// The random steps of a simulated run: commands by whoever, time that passes, outages, changes from above, ends.
import fc from 'fast-check';
import { isOwing } from '../../domain/assignment/assignment.ts';
import type { Verb } from '../../domain/assignment/command.ts';
import { VERBS } from '../../domain/assignment/command.ts';
import { isOnBehalf } from '../../domain/assignment/permission.ts';
import { commandOf, isMeant, personFor, type Who } from './commands.ts';
import type { Row } from './row.ts';
import type { Simulation } from './simulation.ts';

/** `duePercent`: of the time left until the level above is due. */
type Content = { value: number; isFaulty: boolean; hasWords: boolean; duePercent: number | null };
export type Step =
  | ({ do: 'command'; verb: Verb; at: number; isAimed: boolean; who: Who; other: number } & Content)
  | { do: 'everybody'; verb: 'acknowledge' | 'submit' | 'approve'; value: number }
  | { do: 'turn' }
  | { do: 'pass'; minutes: number; isOutage: boolean }
  | { do: 'amend'; margins: number[] | null; percent: number }
  | { do: 'replan' }
  | { do: 'end'; kind: 'close' | 'cancel' };

const REPORTING: Verb[] = ['submit', 'approve', 'return', 'sign', 'withdraw', 'reopen'];
const TIMING: Verb[] = ['request-extension', 'decide-extension', 'reschedule', 'suspend', 'resume'];
const HANDING: Verb[] = ['decompose', 'transfer', 'accept-transfer', 'decline', 'decide-decline'];
const OTHERS: Verb[] = VERBS.filter((verb) => ![...REPORTING, ...TIMING, ...HANDING].includes(verb));

const commands: fc.Arbitrary<Step> = fc.record({
  do: fc.constant('command'),
  verb: fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...OTHERS) },
    { weight: 4, arbitrary: fc.constantFrom(...REPORTING) },
    { weight: 3, arbitrary: fc.constantFrom(...TIMING) },
    { weight: 3, arbitrary: fc.constantFrom(...HANDING) },
  ),
  at: fc.nat({ max: 1_000 }),
  isAimed: fc.nat({ max: 3 }).map((n) => n > 0),
  who: fc.oneof(
    { weight: 4, arbitrary: fc.constant<Who>('right') },
    {
      weight: 1,
      arbitrary: fc.constantFrom<Who[]>('holder', 'issuer', 'office', 'anybody', 'auditor', 'stranger'),
    },
  ),
  other: fc.nat({ max: 1_000 }),
  value: fc.integer({ min: 0, max: 1_000 }),
  isFaulty: fc.nat({ max: 5 }).map((n) => n === 0),
  hasWords: fc.nat({ max: 7 }).map((n) => n > 0),
  duePercent: fc.option(fc.integer({ min: -10, max: 110 }), { nil: null, freq: 4 }),
});

export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 24, arbitrary: commands },
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
        do: fc.constant('amend' as const),
        margins: fc.option(fc.array(fc.nat({ max: 7_200_000 }), { minLength: 1, maxLength: 5 }), {
          nil: null,
        }),
        percent: fc.integer({ min: -50, max: 100 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ do: 'replan' }) },
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

export function take(simulation: Simulation, step: Step): void {
  switch (step.do) {
    case 'command':
      command(simulation, step);
      return;
    case 'everybody':
      everybody(simulation, step.verb, step.value);
      return;
    case 'turn':
      simulation.turn();
      return;
    case 'pass':
      simulation.advance(step.minutes, step.isOutage);
      return;
    case 'amend': {
      const { officeDueAt } = simulation.directive;
      const left = Math.max(0, officeDueAt - simulation.now);
      // A directive's due time moves at most to what the superior gave, and not before now.
      const moved = Math.min(simulation.world.dueAt, simulation.now + (left * (100 + step.percent)) / 100);
      simulation.amend(step.margins, Math.max(simulation.now, Math.round(moved)));
      return;
    }
    case 'replan':
      simulation.replan();
      return;
    case 'end':
      simulation.end(step.kind);
  }
}

function command(simulation: Simulation, step: Extract<Step, { do: 'command' }>): void {
  const { verb, value, isFaulty, hasWords, duePercent, other, who } = step;
  const rows = [...simulation.rows.values()];
  const meant = step.isAimed ? rows.filter((row) => isMeant(row, verb)) : rows;
  const row = (meant[step.at % meant.length] ?? rows[0]) as Row;
  const left = simulation.parentDueAt(row) - simulation.now;
  const dueAt = duePercent === null || left < 0 ? null : simulation.now + (duePercent * left) / 100;
  const given = commandOf(verb, { hasWords, dueAt, other, ...simulation.placesFor(row) });
  const person = personFor(
    simulation,
    row,
    verb,
    who === 'right' && isOnBehalf(given) ? 'issuer' : who,
    other,
  );
  simulation.command(row, { command: given, person, value, isFaulty });
}

/** All who can: every leaf's holder, or every issuer from the bottom up, as on a good day. */
function everybody(simulation: Simulation, verb: 'acknowledge' | 'submit' | 'approve', value: number): void {
  const rows = [...simulation.rows.values()].reverse();
  rows.forEach((row, n) => {
    const { state } = row;
    const isSentByHand = simulation.clocksOf(row).rollUp === 'manual' && simulation.isComplete(row);
    const isReporter = !state.node || verb === 'acknowledge' || isSentByHand;
    const isAsked = verb === 'approve' ? !isOwing(state) : isOwing(state) && isReporter;
    if (!isAsked) return;
    const person = personFor(
      simulation,
      row,
      verb === 'submit' && simulation.isSigned(row) ? 'sign' : verb,
      'right',
      0,
    );
    simulation.command(row, { command: { verb }, person, value: value + n, isFaulty: false });
    if (verb === 'approve') simulation.turn();
  });
}
