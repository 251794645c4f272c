// Promises of the decider: the effect of each verb in each phase, its permissions, and the order of its refusals.
import { describe, expect, it } from '@jest/globals';
import {
  contextOf,
  EVERYBODY,
  HOLDER,
  inStage,
  ISSUER,
  ABOVE,
  LEAD_UNIT,
  LEADER,
  NOBODY,
  NODE_STAGES,
  READER,
  STAGES,
  TARGET,
} from '../../tests/support/sample-assignment.ts';
import type { Stage } from '../../tests/support/sample-assignment.ts';
import type { Relation } from '../access/relation.ts';
import type { Assignment } from './assignment.ts';
import { VERBS, type Command, type Verb } from './command.ts';
import { allowed, decide } from './decide.ts';
import type { DecideContext, Decision } from './decision.ts';
import { FAILURES, isRefusal, type FailureCode } from '../failure.ts';

/** Each verb with everything a sound command carries. */
const SOUND: Record<Verb, Command> = {
  acknowledge: { verb: 'acknowledge' },
  progress: { verb: 'progress', note: 'half of it', percent: 50 },
  submit: { verb: 'submit', values: {}, note: 'counted again' },
  sign: { verb: 'sign' },
  approve: { verb: 'approve' },
  withdraw: { verb: 'withdraw', reason: 'wrong column' },
  reopen: { verb: 'reopen', reason: 'still needed' },
  return: { verb: 'return', reason: 'not clear' },
  'request-extension': { verb: 'request-extension', due: '2026-11-24T15:00:00+08:00', reason: 'flood' },
  'decide-extension': { verb: 'decide-extension', grant: true },
  decompose: { verb: 'decompose', receivers: [{ unit: 'DD-1-A' }] },
  transfer: { verb: 'transfer', unit: 'DD-2', reason: 'their field' },
  'accept-transfer': { verb: 'accept-transfer' },
  'decline-transfer': { verb: 'decline-transfer', reason: 'not ours either' },
  decline: { verb: 'decline', basis: 'not our street' },
  'decide-decline': { verb: 'decide-decline', accept: true, reason: 'so it is' },
  reschedule: { verb: 'reschedule', due: '2026-11-24T15:10:00+08:00', reason: 'flood' },
  suspend: { verb: 'suspend', until: '2026-11-25T09:00:00+08:00', reason: 'flood' },
  resume: { verb: 'resume' },
  share: { verb: 'share', to: 'DD-2' },
  cancel: { verb: 'cancel', reason: 'not needed' },
  close: { verb: 'close' },
  urge: { verb: 'urge' },
  comment: { verb: 'comment', text: 'seen' },
  escalate: { verb: 'escalate', clock: 'due', rung: 2 },
};

/** The result of a decision: the code of its refusal, or the types of its events. */
const outcome = (decision: Decision): string =>
  isRefusal(decision) ? decision.code : decision.map((event) => event.type).join(' ');

type Answers = Record<Verb, string>;
const ISSUED: Answers = {
  acknowledge: 'acknowledged',
  progress: 'progressed',
  submit: 'acknowledged submitted',
  sign: 'NOTHING_TO_SIGN',
  approve: 'NOT_SUBMITTED',
  return: 'NOT_SUBMITTED',
  withdraw: 'NOT_SUBMITTED',
  reopen: 'NOT_SETTLED',
  'request-extension': 'extensionRequested',
  'decide-extension': 'NO_EXTENSION_PENDING',
  decompose: 'decomposed',
  transfer: 'transferRequested',
  'accept-transfer': 'NO_TRANSFER_PENDING',
  'decline-transfer': 'NO_TRANSFER_PENDING',
  decline: 'declined',
  'decide-decline': 'NO_DECLINE_PENDING',
  reschedule: 'rescheduled',
  suspend: 'suspended',
  resume: 'NOT_SUSPENDED',
  share: 'shared',
  cancel: 'cancelled',
  close: 'NOT_A_DESK',
  urge: 'urged',
  comment: 'commented',
  escalate: 'escalated',
};
const ACKNOWLEDGED: Answers = { ...ISSUED, acknowledge: 'ALREADY_ACKNOWLEDGED', submit: 'submitted' };
const SUBMITTED: Answers = {
  ...ACKNOWLEDGED,
  progress: 'ALREADY_SUBMITTED',
  submit: 'ALREADY_SUBMITTED',
  approve: 'approved',
  return: 'returned',
  withdraw: 'withdrawn',
  'request-extension': 'ALREADY_SUBMITTED',
  decompose: 'ALREADY_SUBMITTED',
  transfer: 'ALREADY_SUBMITTED',
  decline: 'ALREADY_SUBMITTED',
  reschedule: 'ALREADY_SUBMITTED',
  urge: 'ALREADY_SUBMITTED',
  escalate: 'ALREADY_SUBMITTED',
};
const all = (answer: string): Answers => Object.fromEntries(VERBS.map((verb) => [verb, answer])) as Answers;
const SETTLED: Answers = {
  ...all('ALREADY_SETTLED'),
  sign: 'NOTHING_TO_SIGN',
  comment: 'commented',
  reopen: 'reopened',
};
const APPROVED: Answers = { ...SETTLED, submit: 'corrected', share: 'shared' };
const STANDING_STILL: Answers = { ...all('SUSPENDED'), cancel: 'cancelled', comment: 'commented' };

/** The contract: verb × stage of a leaf, for an actor with the right. */
const LEAF: Record<Stage, Answers> = {
  issued: ISSUED,
  acknowledged: ACKNOWLEDGED,
  submitted: SUBMITTED,
  returned: ACKNOWLEDGED,
  approved: APPROVED,
  correcting: {
    ...APPROVED,
    submit: 'ALREADY_SUBMITTED',
    approve: 'approved',
    return: 'returned',
    withdraw: 'withdrawn',
  },
  cancelled: SETTLED,
  missing: { ...SETTLED, share: 'shared' },
  suspended: { ...STANDING_STILL, resume: 'resumed' },
  suspendedAbove: { ...STANDING_STILL, resume: 'SUSPENDED_ABOVE' },
  extending: {
    ...ACKNOWLEDGED,
    'request-extension': 'EXTENSION_PENDING',
    'decide-extension': 'extensionDecided',
  },
  transferring: {
    ...ACKNOWLEDGED,
    decompose: 'TRANSFER_PENDING',
    transfer: 'TRANSFER_PENDING',
    'accept-transfer': 'transferred',
    'decline-transfer': 'transferDeclined',
  },
  declining: {
    ...ACKNOWLEDGED,
    decline: 'DECLINE_PENDING',
    'decide-decline': 'declineDecided cancelled',
  },
  presented: {
    ...ACKNOWLEDGED,
    sign: 'signed submitted',
    withdraw: 'withdrawn',
    decompose: 'SIGNATURE_PENDING',
  },
  amended: { ...ACKNOWLEDGED, acknowledge: 'acknowledged', submit: 'acknowledged submitted' },
  slipped: { ...ACKNOWLEDGED, acknowledge: 'acknowledged' },
  presentedAgain: { ...APPROVED, sign: 'signed corrected', withdraw: 'withdrawn' },
  approvedAmended: { ...APPROVED, acknowledge: 'acknowledged' },
};

/** Where a node differs from a leaf: it sends the merged report up, ends the collecting, and is never corrected. */
const SENDS_UP: Partial<Answers> = { submit: 'rolledUp', sign: 'signed rolledUp', close: 'closed' };
const SENDS_UP_UNREAD: Partial<Answers> = {
  submit: 'acknowledged rolledUp',
  sign: 'acknowledged signed rolledUp',
  close: 'closed',
};
const SENT: Partial<Answers> = { sign: 'ALREADY_SUBMITTED', close: 'ALREADY_SUBMITTED' };
const OVER: Partial<Answers> = { submit: 'ALREADY_SETTLED', sign: 'ALREADY_SETTLED' };
const NODE: Partial<Record<Stage, Partial<Answers>>> = {
  issued: SENDS_UP_UNREAD,
  acknowledged: SENDS_UP,
  submitted: SENT,
  returned: SENDS_UP,
  approved: OVER,
  cancelled: { ...OVER, reopen: 'DESK_NOT_REOPENED' },
  missing: { ...OVER, reopen: 'DESK_NOT_REOPENED' },
  extending: SENDS_UP,
  transferring: SENDS_UP,
  declining: SENDS_UP,
  presented: SENDS_UP,
  amended: SENDS_UP_UNREAD,
  slipped: SENDS_UP,
  approvedAmended: OVER,
};

const table = VERBS.flatMap((verb) => [
  ...STAGES.map((stage) => ({ verb, stage, of: 'leaf', expected: LEAF[stage][verb] })),
  ...NODE_STAGES.map((stage) => ({
    verb,
    stage,
    of: 'node',
    expected: NODE[stage]?.[verb] ?? LEAF[stage][verb],
  })),
]);

const subject = (of: string, stage: Stage): Assignment => inStage(stage, { node: of === 'node' });

/** An actor who may do everything, in an item whose leaders sign, with another unit named and parts to hand out. */
const anybody = (changes: Partial<DecideContext> = {}): DecideContext =>
  contextOf({
    relation: EVERYBODY,
    signs: true,
    named: { place: 'unit/DD-2', known: true, isHolder: false, isAbove: false, isBelow: false },
    parts: { units: ['DD-1-A'], assignments: 1, faults: [] },
    ...changes,
  });

/** Wrong in every way content can be wrong, for each verb that has any. */
const UNSOUND: Partial<Record<Verb, Command>> = {
  progress: { verb: 'progress' },
  submit: SOUND.submit,
  return: { verb: 'return', due: '2026-12-31T00:00:00+08:00' },
  reopen: { verb: 'reopen' },
  'request-extension': { verb: 'request-extension' },
  'decide-extension': { verb: 'decide-extension', grant: true, due: '2026-12-31T00:00:00+08:00' },
  decompose: SOUND.decompose,
  transfer: { verb: 'transfer', unit: 'XX' },
  'accept-transfer': SOUND['accept-transfer'],
  'decline-transfer': { verb: 'decline-transfer' },
  decline: { verb: 'decline' },
  'decide-decline': { verb: 'decide-decline', accept: true, unit: 'XX' },
  reschedule: { verb: 'reschedule' },
  suspend: { verb: 'suspend' },
  share: { verb: 'share', to: 'XX' },
  cancel: { verb: 'cancel' },
  comment: { verb: 'comment' },
  escalate: { verb: 'escalate', clock: 'due', rung: 49 },
};
const unsound = (verb: Verb): Command => UNSOUND[verb] ?? SOUND[verb];
const faulty = (changes: Partial<DecideContext> = {}): DecideContext =>
  anybody({
    findings: { faults: [{ path: 'values.v', code: 'REQUIRED' }], digest: '' },
    named: { place: 'unit/XX', known: false, isHolder: false, isAbove: false, isBelow: false },
    parts: { units: [], assignments: 0, faults: [{ path: 'receivers[0].unit', code: 'UNKNOWN_UNIT' }] },
    ...changes,
  });

/** The relations that may command each verb; every other relation is refused. */
const AS: Record<Verb, readonly (keyof Relation)[]> = {
  acknowledge: ['holder'],
  progress: ['holder'],
  submit: ['holder', 'lead'],
  sign: ['leader'],
  approve: ['issuer'],
  withdraw: ['holder'],
  reopen: ['issuer'],
  return: ['issuer'],
  'request-extension': ['holder'],
  'decide-extension': ['issuer'],
  decompose: ['holder'],
  transfer: ['holder'],
  'accept-transfer': ['target'],
  'decline-transfer': ['target'],
  decline: ['holder'],
  'decide-decline': ['issuer'],
  reschedule: ['above'],
  suspend: ['issuer'],
  resume: ['issuer'],
  share: ['holder'],
  cancel: ['issuer'],
  close: ['holder'],
  urge: ['above'],
  comment: ['holder', 'leader', 'lead', 'issuer', 'above', 'target', 'office', 'sees'],
  escalate: ['above'],
};
const PARTS: readonly (keyof Relation)[] = [
  'holder',
  'leader',
  'lead',
  'issuer',
  'above',
  'target',
  'office',
];
const SEVERALLY: readonly Relation[] = [NOBODY, READER, HOLDER, LEADER, LEAD_UNIT, ISSUER, ABOVE, TARGET];

/** What may be posted under a verb: of a node's submits one sends the merged report up, another adds a part. */
const posts = (verb: Verb, of: string): Command[] =>
  verb === 'submit' && of === 'node'
    ? [SOUND.submit, { verb: 'submit', values: { v_sites: 2 }, note: 'ours as well' }]
    : [SOUND[verb]];

describe('decide', () => {
  it.each(table)('answers $verb of a $of that is $stage with $expected', ({ verb, stage, of, expected }) => {
    expect(outcome(decide(subject(of, stage), anybody(), SOUND[verb]))).toBe(expected);
  });

  it.each(table)('lists $verb of a $of that is $stage as allowed exactly if it is', ({ verb, stage, of }) => {
    const state = subject(of, stage);
    for (const relation of SEVERALLY) {
      for (const directive of DIRECTIVES) {
        // The unit has a leader only in items that are signed.
        for (const signs of relation.leader ? [true] : [true, false]) {
          const context = anybody({ relation, directive, signs });
          const isTaken = posts(verb, of).some((command) => !isRefusal(decide(state, context, command)));
          expect(allowed(state, context).includes(verb)).toBe(isTaken);
        }
      }
    }
  });

  describe('refuses in the order of the contract', () => {
    it.each(table)(
      'a stranger hears 404 of a $of that is $stage, with any other fault of $verb',
      ({ verb, stage, of }) => {
        for (const relation of [NOBODY, { ...NOBODY, seesResult: true }]) {
          const context = faulty({ relation, directive: { phase: 'cancelled', correctionsUntil: null } });
          expect(outcome(decide(subject(of, stage), context, unsound(verb)))).toBe('NOT_FOUND');
        }
      },
    );

    it.each(table.filter(({ verb }) => verb !== 'comment'))(
      'who sees a $of that is $stage and may not $verb hears 403 before its state',
      ({ verb, stage, of }) => {
        const without: Relation = { ...EVERYBODY };
        for (const part of AS[verb]) without[part] = false;
        const alone = PARTS.filter((part) => !AS[verb].includes(part)).map((part) => ({
          ...READER,
          [part]: true,
        }));
        for (const relation of [READER, without, ...alone]) {
          const context = faulty({ relation, directive: { phase: 'cancelled', correctionsUntil: null } });
          expect(outcome(decide(subject(of, stage), context, unsound(verb)))).toBe('FORBIDDEN');
        }
      },
    );

    it.each(table)(
      'a directive that is over comes before the standstill of a $of that is $stage and $verb’s own refusals',
      ({ verb, stage, of }) => {
        const context = faulty({ directive: { phase: 'cancelled', correctionsUntil: null } });
        expect(outcome(decide(subject(of, stage), context, unsound(verb)))).toBe('DIRECTIVE_CANCELLED');
      },
    );

    it.each(table)(
      'the state of a $of that is $stage comes before the content of $verb',
      ({ verb, stage, of, expected }) => {
        const decision = outcome(decide(subject(of, stage), faulty(), unsound(verb)));
        const isRefused = /^[A-Z]/.test(expected);
        if (isRefused || UNSOUND[verb] === undefined) expect(decision).toBe(expected);
        else expect(FAILURES[decision as FailureCode].status).toBe(422);
      },
    );

    it.each(VERBS)('the standstill comes before any state there could be below it: %s', (verb) => {
      const taken = ['resume', 'cancel', 'comment'].includes(verb);
      for (const stage of STAGES) {
        const a = { ...inStage(stage), suspended: inStage('suspended').suspended };
        if (!taken) expect(outcome(decide(a, faulty(), unsound(verb)))).toBe('SUSPENDED');
      }
    });

    it('a merged report of nothing is refused for its state before its content', () => {
      const nothing = {
        digest: '',
        final: false,
        coverage: { expected: 2, reported: 0, approved: 0 },
        values: {},
      };
      for (const merged of [nothing, null]) {
        for (const verb of ['submit', 'sign'] as const) {
          const decision = decide(subject('node', 'issued'), faulty({ merged }), SOUND[verb]);
          expect(outcome(decision)).toBe('NOTHING_REPORTED');
        }
      }
    });
  });
});

const LATER = contextOf().received + 1;
const DIRECTIVES: DecideContext['directive'][] = [
  { phase: 'open', correctionsUntil: null },
  { phase: 'cancelled', correctionsUntil: null },
  { phase: 'closed', correctionsUntil: LATER },
  { phase: 'closed', correctionsUntil: LATER - 1 },
  { phase: 'closed', correctionsUntil: null },
];

describe('decide on a directive that is over', () => {
  /** Of a correction under way: however late, it counts. */
  const pending: Partial<Record<Verb, Partial<Record<Stage, string>>>> = {
    sign: { presentedAgain: 'signed corrected' },
    approve: { correcting: 'approved' },
    return: { correcting: 'returned' },
    withdraw: { presentedAgain: 'withdrawn', correcting: 'withdrawn' },
  };
  const inTime: Partial<Record<Verb, Partial<Record<Stage, string>>>> = {
    submit: {
      approved: 'corrected',
      approvedAmended: 'corrected',
      presentedAgain: 'corrected',
      correcting: 'ALREADY_SUBMITTED',
    },
    ...pending,
  };
  const code: FailureCode = 'DIRECTIVE_CLOSED';

  it.each(table)(
    'takes $verb of a $of that is $stage only as part of a correction, and comments',
    ({ verb, stage, of }) => {
      const directive = { phase: 'closed' as const, correctionsUntil: LATER };
      const correction = of === 'leaf' ? inTime[verb]?.[stage] : undefined;
      const expected = verb === 'comment' ? 'commented' : correction;
      expect(outcome(decide(subject(of, stage), anybody({ directive }), SOUND[verb]))).toBe(expected ?? code);
    },
  );

  it.each(table)(
    'takes $verb of a $of that is $stage once the time for corrections is over only of what was handed in within it',
    ({ verb, stage, of }) => {
      const directive = { phase: 'closed' as const, correctionsUntil: LATER - 1 };
      const expected = of === 'leaf' ? pending[verb]?.[stage] : undefined;
      expect(outcome(decide(subject(of, stage), anybody({ directive }), SOUND[verb]))).toBe(expected ?? code);
    },
  );

  it.each(table)('takes no $verb of a $of that is $stage after it was cancelled', ({ verb, stage, of }) => {
    const directive = { phase: 'cancelled' as const, correctionsUntil: null };
    expect(outcome(decide(subject(of, stage), anybody({ directive }), SOUND[verb]))).toBe(
      'DIRECTIVE_CANCELLED',
    );
  });
});
