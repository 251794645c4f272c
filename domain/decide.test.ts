// Promises of the decider: what each verb does in each phase, for whom, and in which order it refuses.
import { describe, expect, it } from '@jest/globals';
import {
  contextOf,
  HOLDER,
  inStage,
  ISSUER,
  NOBODY,
  READER,
  STAGES,
} from '../tests/support/sample-assignment.ts';
import type { Stage } from '../tests/support/sample-assignment.ts';
import { VERBS, type Command, type Verb } from './command.ts';
import { allowed, decide, type DecideContext, type Decision } from './decide.ts';
import { isRefusal, type FailureCode } from './failure.ts';

/** Each verb with everything a sound command carries. */
const SOUND: Record<Verb, Command> = {
  acknowledge: { verb: 'acknowledge' },
  submit: { verb: 'submit', values: {}, note: 'counted again' },
  approve: { verb: 'approve' },
  return: { verb: 'return', reason: 'not clear' },
  cancel: { verb: 'cancel', reason: 'not needed' },
  close: { verb: 'close' },
};

/** What a decision came to: the code of its refusal, or the types of its events. */
const outcome = (decision: Decision): string =>
  isRefusal(decision) ? decision.code : decision.map((event) => event.type).join(' ');

type Row = Record<Stage, string>;
const HANDED = {
  issued: 'NOT_SUBMITTED',
  acknowledged: 'NOT_SUBMITTED',
  returned: 'NOT_SUBMITTED',
  approved: 'ALREADY_SETTLED',
  cancelled: 'ALREADY_SETTLED',
  missing: 'ALREADY_SETTLED',
};
const SETTLED = {
  approved: 'ALREADY_SETTLED',
  correcting: 'ALREADY_SETTLED',
  cancelled: 'ALREADY_SETTLED',
  missing: 'ALREADY_SETTLED',
};

/** The contract: verb × phase of a leaf, for whoever may. */
const LEAF: Record<Verb, Row> = {
  acknowledge: {
    ...SETTLED,
    issued: 'acknowledged',
    acknowledged: 'ALREADY_ACKNOWLEDGED',
    submitted: 'ALREADY_ACKNOWLEDGED',
    returned: 'ALREADY_ACKNOWLEDGED',
  },
  submit: {
    ...SETTLED,
    issued: 'acknowledged submitted',
    acknowledged: 'submitted',
    submitted: 'ALREADY_SUBMITTED',
    returned: 'submitted',
    approved: 'corrected',
    correcting: 'ALREADY_SUBMITTED',
  },
  approve: { ...HANDED, submitted: 'approved', correcting: 'approved' },
  return: { ...HANDED, submitted: 'returned', correcting: 'returned' },
  cancel: {
    ...SETTLED,
    issued: 'cancelled',
    acknowledged: 'cancelled',
    submitted: 'cancelled',
    returned: 'cancelled',
  },
  close: {
    ...SETTLED,
    issued: 'NOT_A_DESK',
    acknowledged: 'NOT_A_DESK',
    submitted: 'NOT_A_DESK',
    returned: 'NOT_A_DESK',
  },
};

/** Where a node differs from a leaf: it sends the merged report up, ends the collecting, and is never corrected. */
const NODE: Record<Verb, Partial<Row>> = {
  acknowledge: {},
  submit: { issued: 'rolledUp', acknowledged: 'rolledUp', returned: 'rolledUp', approved: 'ALREADY_SETTLED' },
  approve: {},
  return: {},
  cancel: {},
  close: { issued: 'closed', acknowledged: 'closed', submitted: 'ALREADY_SUBMITTED', returned: 'closed' },
};

/** With these a node has no correction: it is restated instead. */
const nodeStages = STAGES.filter((stage) => stage !== 'correcting');

const table = VERBS.flatMap((verb) => [
  ...STAGES.map((stage) => ({ verb, stage, of: 'leaf', expected: LEAF[verb][stage] })),
  ...nodeStages.map((stage) => ({
    verb,
    stage,
    of: 'node',
    expected: NODE[verb][stage] ?? LEAF[verb][stage],
  })),
]);

const subject = (of: string, stage: Stage) => inStage(stage, { node: of === 'node' });

/** Wrong in every way content can be wrong, for each verb that has any. */
const UNSOUND: Record<Verb, Command> = {
  ...SOUND,
  return: { verb: 'return', due: '2026-12-31T00:00:00+08:00' },
  cancel: { verb: 'cancel' },
};
const faulty = (changes: Partial<DecideContext> = {}): DecideContext =>
  contextOf({ findings: { faults: [{ path: 'values.v', code: 'REQUIRED' }], digest: '' }, ...changes });

describe('decide', () => {
  it.each(table)('answers $verb of a $of that is $stage with $expected', ({ verb, stage, of, expected }) => {
    expect(outcome(decide(subject(of, stage), contextOf(), SOUND[verb]))).toBe(expected);
  });

  it.each(table)('lists $verb of a $of that is $stage as allowed exactly if it is', ({ verb, stage, of }) => {
    for (const relation of [NOBODY, READER, HOLDER, ISSUER]) {
      for (const directive of DIRECTIVES) {
        const context = contextOf({ relation, directive });
        const state = subject(of, stage);
        const isTaken = !isRefusal(decide(state, context, SOUND[verb]));
        expect(allowed(state, context).includes(verb)).toBe(isTaken);
      }
    }
  });

  describe('refuses in the order of the contract', () => {
    it.each(table)(
      'a stranger hears 404 of a $of that is $stage, whatever else is wrong with $verb',
      ({ verb, stage, of }) => {
        const context = faulty({
          relation: NOBODY,
          directive: { phase: 'cancelled', correctionsUntil: null },
        });
        expect(outcome(decide(subject(of, stage), context, UNSOUND[verb]))).toBe('NOT_FOUND');
      },
    );

    it.each(table)(
      'who sees a $of that is $stage and may not $verb hears 403 before its state',
      ({ verb, stage, of }) => {
        const mine: Verb[] = ['acknowledge', 'submit', 'close'];
        const other = mine.includes(verb) ? ISSUER : HOLDER;
        for (const relation of [READER, { ...READER, office: true }, other]) {
          const context = faulty({ relation, directive: { phase: 'cancelled', correctionsUntil: null } });
          expect(outcome(decide(subject(of, stage), context, UNSOUND[verb]))).toBe('FORBIDDEN');
        }
      },
    );

    it.each(table)(
      'the state of a $of that is $stage comes before the content of $verb',
      ({ verb, stage, of, expected }) => {
        const decision = outcome(decide(subject(of, stage), faulty(), UNSOUND[verb]));
        const hasContent = verb === 'submit' || verb === 'return' || verb === 'cancel';
        const isRefused = /^[A-Z]/.test(expected);
        if (isRefused || !hasContent) expect(decision).toBe(expected);
        else expect(['INVALID', 'DUE_AFTER_PARENT']).toContain(decision);
      },
    );

    it('a merged report of nothing is refused for its state before its content', () => {
      const nothing = {
        digest: '',
        final: false,
        coverage: { expected: 2, reported: 0, approved: 0 },
        values: {},
      };
      for (const merged of [nothing, null]) {
        const decision = decide(subject('node', 'issued'), faulty({ merged }), SOUND.submit);
        expect(outcome(decision)).toBe('NOTHING_REPORTED');
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
  const inTime: Partial<Record<Verb, Partial<Record<Stage, string>>>> = {
    submit: { approved: 'corrected', correcting: 'ALREADY_SUBMITTED' },
    approve: { correcting: 'approved' },
    return: { correcting: 'returned' },
  };
  const code: FailureCode = 'DIRECTIVE_CLOSED';

  it.each(table)(
    'takes $verb of a $of that is $stage only as part of a correction',
    ({ verb, stage, of }) => {
      const directive = { phase: 'closed' as const, correctionsUntil: LATER };
      const expected = of === 'leaf' ? inTime[verb]?.[stage] : undefined;
      expect(outcome(decide(subject(of, stage), contextOf({ directive }), SOUND[verb]))).toBe(
        expected ?? code,
      );
    },
  );

  it.each(table)(
    'takes no $verb of a $of that is $stage once the time for corrections is over',
    ({ verb, stage, of }) => {
      const directive = { phase: 'closed' as const, correctionsUntil: LATER - 1 };
      expect(outcome(decide(subject(of, stage), contextOf({ directive }), SOUND[verb]))).toBe(code);
    },
  );

  it.each(table)('takes no $verb of a $of that is $stage after it was cancelled', ({ verb, stage, of }) => {
    const directive = { phase: 'cancelled' as const, correctionsUntil: null };
    expect(outcome(decide(subject(of, stage), contextOf({ directive }), SOUND[verb]))).toBe(
      'DIRECTIVE_CANCELLED',
    );
  });
});
