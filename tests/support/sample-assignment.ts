// One assignment with the facts a decision or a clock needs, for tests that change a single thing.
import { fold } from '../../domain/assignment/evolve.ts';
import type { Assignment } from '../../domain/assignment/assignment.ts';
import type { EventData, Happening, NewEvent } from '../../domain/assignment/happening.ts';
import type { Relation } from '../../domain/access/relation.ts';
import { builtInCalendars } from '../../domain/calendar/calendar-years.ts';
import type { DecideContext } from '../../domain/assignment/decision.ts';
import { toIso, type Millis } from '../../domain/instant.ts';
import type { WakeContext } from '../../domain/clock/ladder.ts';
import { compileLadder } from '../../domain/policy/rungs.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { SHIPPED_POLICIES } from '../../domain/policy/policy.ts';

/** A wall clock in China, e.g. `2026-11-23 10:35`. */
export const at = (wall: string): Millis => Date.parse(`${wall.replace(' ', 'T')}+08:00`);
export const wallOf = (instant: Millis): string =>
  new Date(instant + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

export const ISSUED: EventData['issued'] = {
  item: 'sites',
  parent: 'd.sites.TF.DD',
  taskForce: 'TF',
  unit: 'DD-1',
  holder: 'unit/DD-1',
  node: false,
  dueAt: toIso(at('2026-11-24 14:00')),
  acknowledgeBy: toIso(at('2026-11-23 11:05')),
};

export const happening = (event: NewEvent, when: Millis, actor: string | null = null): Happening => ({
  ...event,
  at: toIso(when),
  actor,
});

/** A leaf issued on Monday 2026-11-23 at 10:35, due on Tuesday at 14:00, after these further events a minute apart. */
export function assignmentAfter(
  events: readonly NewEvent[],
  issued: Partial<EventData['issued']> = {},
): Assignment {
  const start = at('2026-11-23 10:35');
  const log = [{ type: 'issued' as const, data: { ...ISSUED, ...issued } }, ...events];
  const folded = fold(
    'd.sites.TF.DD.DD-1',
    'd',
    log.map((event, minutes) => happening(event, start + minutes * 60_000, 'P1')),
  );
  if (folded === null) throw new Error('a log begins with its issue');
  return folded;
}

const submitted = (version: number): NewEvent => ({
  type: 'submitted',
  data: { version, digest: `digest ${version}`, onTime: true },
});

const RECEIPT: NewEvent = { type: 'acknowledged', data: {} };
const PASSED: readonly NewEvent[] = [
  { type: 'acknowledged', data: { implied: true } },
  submitted(1),
  { type: 'approved', data: { version: 1 } },
];
const SUSPENSION = { since: toIso(at('2026-11-23 10:37')), until: toIso(at('2026-11-24 10:37')) };
const AMENDED: NewEvent = {
  type: 'amended',
  data: { amendment: 1, note: 'two more fields', carried: { of: 'd', n: 1 } },
};

/** The events that lead to each phase, and to each state beside a phase. */
export const TO_PHASE = {
  issued: [],
  acknowledged: [{ type: 'acknowledged', data: {} }],
  submitted: [{ type: 'acknowledged', data: { implied: true } }, submitted(1)],
  returned: [
    { type: 'acknowledged', data: { implied: true } },
    submitted(1),
    { type: 'returned', data: { version: 1, reason: 'not clear', fields: [] } },
  ],
  approved: [
    { type: 'acknowledged', data: { implied: true } },
    submitted(1),
    { type: 'approved', data: { version: 1 } },
  ],
  correcting: [
    { type: 'acknowledged', data: { implied: true } },
    submitted(1),
    { type: 'approved', data: { version: 1 } },
    { type: 'corrected', data: { version: 2, digest: 'digest 2', note: 'one more' } },
  ],
  cancelled: [{ type: 'cancelled', data: { reason: 'not needed' } }],
  missing: [{ type: 'closed', data: { outcome: 'missing' } }],

  // Acknowledged, with a state beside the phase.
  suspended: [RECEIPT, { type: 'suspended', data: { ...SUSPENSION, reason: 'flood' } }],
  suspendedAbove: [
    RECEIPT,
    { type: 'suspended', data: { ...SUSPENSION, reason: 'flood', carried: { of: 'd.sites.TF', n: 1 } } },
  ],
  extending: [
    RECEIPT,
    { type: 'extensionRequested', data: { dueAt: toIso(at('2026-11-24 15:00')), reason: 'flood' } },
  ],
  transferring: [RECEIPT, { type: 'transferRequested', data: { to: 'unit/DD-2', reason: 'their field' } }],
  declining: [RECEIPT, { type: 'declined', data: { basis: 'not our street' } }],
  presented: [RECEIPT, { type: 'presented', data: { version: 1, digest: 'digest 1' } }],
  amended: [RECEIPT, AMENDED],
  slipped: [
    RECEIPT,
    {
      type: 'escalated',
      data: {
        clock: 'due',
        rung: 0,
        after: 'PT0S',
        of: toIso(at('2026-11-23 10:37')),
        notify: ['unit.liaisonA'],
        notified: ['P1'],
        slip: 'red',
        manual: true,
      },
    },
  ],

  // Approved, with a state beside it.
  presentedAgain: [
    ...PASSED,
    { type: 'presented', data: { version: 2, digest: 'digest 2', note: 'one more' } },
  ],
  approvedAmended: [...PASSED, AMENDED],
} as const satisfies Record<string, readonly NewEvent[]>;
export type Stage = keyof typeof TO_PHASE;
export const STAGES = Object.keys(TO_PHASE) as Stage[];
/** A node is never corrected but restated, so no correction of one waits for a signature either. */
export const NODE_STAGES = STAGES.filter((stage) => stage !== 'correcting' && stage !== 'presentedAgain');

export const inStage = (stage: Stage, issued: Partial<EventData['issued']> = {}): Assignment =>
  assignmentAfter(TO_PHASE[stage], issued);

export const NOBODY: Relation = {
  holder: false,
  leader: false,
  lead: false,
  issuer: false,
  above: false,
  target: false,
  office: false,
  sees: false,
  seesResult: false,
};
export const HOLDER: Relation = { ...NOBODY, holder: true, sees: true };
export const ISSUER: Relation = { ...NOBODY, issuer: true, above: true, sees: true };
export const ABOVE: Relation = { ...NOBODY, above: true, sees: true };
export const LEADER: Relation = { ...HOLDER, leader: true };
export const LEAD_UNIT: Relation = { ...NOBODY, lead: true, sees: true };
export const TARGET: Relation = { ...NOBODY, target: true, sees: true };
export const READER: Relation = { ...NOBODY, sees: true };
/** All states an assignment can have at once, so that no verb is forbidden. */
export const EVERYBODY: Relation = {
  ...LEADER,
  lead: true,
  issuer: true,
  above: true,
  target: true,
  office: true,
};

export function contextOf(changes: Partial<DecideContext> = {}): DecideContext {
  return {
    received: at('2026-11-23 16:00'),
    relation: { ...NOBODY, holder: true, issuer: true, above: true, office: true, target: true, sees: true },
    person: 'P9',
    directive: { phase: 'open', correctionsUntil: null },
    review: 'manual',
    signs: false,
    above: [{ phase: 'acknowledged', suspended: null }],
    ordersAbove: {},
    handedUp: false,
    parentDueAt: at('2026-11-24 15:30'),
    calendar: builtInCalendars.work,
    clocks: clocksOf(),
    reach: (targets) => ({ notified: [...targets] }),
    findings: { faults: [], digest: 'digest of content' },
    merged: {
      digest: 'merged',
      final: true,
      coverage: { expected: 2, reported: 2, approved: 2 },
      values: { v_sites: 24 },
    },
    named: null,
    parts: null,
    called: null,
    ...changes,
  };
}

/** The clocks of a running directive under a policy; the shipped one unless another is given. */
export const clocksOf = (
  policy: Partial<Policy> = SHIPPED_POLICIES.standard,
  changes: Partial<WakeContext> = {},
): WakeContext => ({
  calendar: builtInCalendars.work,
  ladder: compileLadder({
    acknowledgeWithin: null,
    remindBefore: [],
    ladder: [],
    reviewWithin: null,
    decideWithin: null,
    signWithin: null,
    margins: [],
    correctionsFor: 'P30D',
    ...policy,
  }),
  running: true,
  complete: true,
  rollUp: 'auto',
  parentDueAt: at('2026-11-24 15:30'),
  ...changes,
});
