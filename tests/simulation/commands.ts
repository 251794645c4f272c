// Commands of a simulated run: for each verb a sound one, an unsound one, and whoever the verb belongs to.
import { isOwing, isSettled } from '../../domain/assignment/assignment.ts';
import type { Command, Verb } from '../../domain/assignment/command.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import { codeOf } from '../../domain/organisation/organisation.ts';
import type { Row } from './row.ts';
import type { Simulation } from './simulation.ts';
import { AUDITOR, isLedUnit, leaderOf, OFFICE, personOf, STRANGER, type Reserve } from './world.ts';

export type Who = 'right' | 'holder' | 'issuer' | 'office' | 'anybody' | 'auditor' | 'stranger';

/** `dueAt`: an instant the command may name; `other` picks among places; `hasWords`: says what must be said. */
export type Content = {
  hasWords: boolean;
  dueAt: Millis | null;
  other: number;
  spare: readonly string[];
  /** What the holder may hand parts to. */
  reserves: readonly Reserve[];
};

const HOLDERS: ReadonlySet<Verb> = new Set<Verb>([
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
]);

const leadOf = (code: string): string => (isLedUnit(code) ? leaderOf(code) : personOf(code));

/** Whoever the verb belongs to. */
export function rightPerson(simulation: Simulation, row: Row, verb: Verb): string {
  const holder = codeOf(row.state.holder);
  if (verb === 'sign') return leadOf(holder);
  if (verb === 'accept-transfer' || verb === 'decline-transfer')
    return personOf(codeOf(row.state.transfer?.to ?? 'unit/nobody'));
  return personOf(HOLDERS.has(verb) || verb === 'comment' ? holder : codeOf(simulation.issuerPlace(row)));
}

export function personFor(simulation: Simulation, row: Row, verb: Verb, who: Who, other: number): string {
  const { people } = simulation.world;
  switch (who) {
    case 'right':
      return rightPerson(simulation, row, verb);
    case 'holder':
      return leadOf(codeOf(row.state.holder));
    case 'issuer':
      return personOf(codeOf(simulation.issuerPlace(row)));
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

export function commandOf(verb: Verb, { hasWords, dueAt, other, spare, reserves }: Content): Command {
  const due = dueAt === null ? {} : { due: toIso(Math.round(dueAt)) };
  const note = hasWords ? { note: 'words' } : {};
  const reason = hasWords ? { reason: 'words' } : {};
  const unit = spare[other % spare.length] ?? 'V0';
  switch (verb) {
    case 'acknowledge':
    case 'sign':
    case 'accept-transfer':
    case 'resume':
      return { verb };
    case 'submit':
      // Every third brings values: at a node a part of its holder's own; every fifth is brought by the issuer.
      return {
        verb,
        ...note,
        ...(other % 3 === 0 ? { values: { v: 1 } } : {}),
        ...(other % 5 === 2 ? { onBehalf: true } : {}),
      };
    case 'approve':
    case 'close':
    case 'urge':
      return { verb, ...note };
    case 'progress':
      return { verb, ...note, percent: 50 };
    case 'return':
      return { verb, ...due, ...reason };
    case 'reopen':
      return { verb, ...(other % 3 === 0 ? due : {}), ...reason };
    case 'withdraw':
    case 'cancel':
    case 'decline-transfer':
      return { verb, ...reason };
    case 'request-extension':
    case 'reschedule':
      return { verb, ...due, ...reason };
    case 'decide-extension':
      return { verb, grant: other % 4 > 0, ...(other % 3 === 0 ? due : {}), ...reason };
    case 'decompose':
      return { verb, receivers: receivers(reserves, unit, other) };
    case 'transfer':
      return { verb, unit, ...reason };
    case 'decline':
      return { verb, ...(hasWords ? { basis: 'not ours' } : {}) };
    case 'decide-decline':
      return { verb, accept: other % 2 === 0, ...(other % 4 === 0 ? { unit } : {}), ...reason };
    case 'suspend':
      return { verb, ...(dueAt === null ? {} : { until: toIso(Math.round(dueAt)) }), ...reason };
    case 'share':
      return { verb, to: unit };
    case 'comment':
      return { verb, ...(hasWords ? { text: 'words' } : {}) };
    case 'escalate':
      return { verb, clock: other % 2 === 0 ? 'due' : 'acknowledge', rung: other % 5, ...note };
  }
}

/** One unit below, or all of which one hands on; every seventh whoever comes to mind, below or not. */
function receivers(reserves: readonly Reserve[], unit: string, other: number): Reserve[] {
  const one = reserves[other % reserves.length];
  if (other % 7 === 6 || one === undefined) return [{ unit }];
  return other % 3 === 0 ? [...reserves] : [{ unit: one.unit }];
}

/** Where a verb may well be taken, so that runs come far. */
export function isMeant({ state }: Row, verb: Verb): boolean {
  switch (verb) {
    case 'approve':
    case 'return':
      return state.phase === 'submitted' || state.correcting;
    case 'submit':
      return isOwing(state) || state.phase === 'approved';
    case 'sign':
      return state.presented !== null || state.gathered !== null;
    case 'withdraw':
      return state.phase === 'submitted' || state.correcting || state.presented !== null;
    case 'reopen':
      return isSettled(state);
    case 'decide-extension':
      return state.extension !== null;
    case 'decide-decline':
      return state.declining !== null;
    case 'accept-transfer':
    case 'decline-transfer':
      return state.transfer !== null;
    case 'resume':
      return state.suspended !== null;
    case 'close':
      return isOwing(state) && state.node;
    case 'comment':
    case 'cancel':
      return !isSettled(state);
    case 'acknowledge':
    case 'progress':
    case 'request-extension':
    case 'decompose':
    case 'transfer':
    case 'decline':
    case 'suspend':
    case 'share':
    case 'reschedule':
    case 'urge':
    case 'escalate':
      return isOwing(state);
  }
}
