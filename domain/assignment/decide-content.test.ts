// Promises of the decider about content: what a report, a return and a roll-up carry into the log.
import { describe, expect, it } from '@jest/globals';
import { decided as events, refusal } from '../../tests/support/decided.ts';
import { at, contextOf, inStage } from '../../tests/support/sample-assignment.ts';
import { evolve } from './evolve.ts';
import type { Assignment } from './assignment.ts';
import type { NewEvent } from './happening.ts';
import type { Command } from './command.ts';
import { rollUp, type RollUpContext } from './decide-report.ts';

const SUBMIT: Command = { verb: 'submit', values: {} };
const MANUAL = {
  ...contextOf().merged,
  received: contextOf().received,
  review: 'manual',
  old: {},
} as RollUpContext;

describe('a report', () => {
  it('is on time until the very instant it is due, by receipt', () => {
    const due = at('2026-11-24 14:00');
    expect(events(inStage('acknowledged'), SUBMIT, { received: due })).toMatchObject([
      { data: { onTime: true } },
    ]);
    expect(events(inStage('acknowledged'), SUBMIT, { received: due + 1 })).toMatchObject([
      { data: { onTime: false } },
    ]);
  });

  it('implies the receipt and names its version and digest', () => {
    expect(events(inStage('issued'), SUBMIT)).toEqual([
      { type: 'acknowledged', data: { implied: true } },
      { type: 'submitted', data: { version: 1, digest: 'digest of content', onTime: true } },
    ]);
  });

  it('is version 2 after a return, and says when it is a zero report', () => {
    expect(events(inStage('returned'), { verb: 'submit', zeroReport: true })).toMatchObject([
      { type: 'submitted', data: { version: 2, zeroReport: true } },
    ]);
  });

  it('passes by itself where review is auto, and so does its correction', () => {
    expect(events(inStage('acknowledged'), SUBMIT, { review: 'auto' })).toMatchObject([
      { type: 'submitted' },
      { type: 'approved', data: { version: 1, auto: true } },
    ]);
    expect(events(inStage('approved'), { ...SUBMIT, note: 'one more' }, { review: 'auto' })).toMatchObject([
      { type: 'corrected', data: { version: 2, note: 'one more' } },
      { type: 'approved', data: { version: 2, auto: true } },
    ]);
  });

  it('is no correction without a note', () => {
    expect(refusal(inStage('approved'), SUBMIT).code).toBe('ALREADY_SETTLED');
  });

  it('is refused with every fault of its form, under the first code the contract names', () => {
    const faults = [
      { path: 'values.a', code: 'REQUIRED' as const },
      { path: 'values.b', code: 'RULE_BROKEN' as const },
    ];
    expect(refusal(inStage('issued'), SUBMIT, { findings: { faults, digest: '' } })).toEqual({
      code: 'RULE_BROKEN',
      errors: faults,
    });
  });
});

describe('a return', () => {
  it.each([
    [{}, 'INVALID', 'reason', 'REQUIRED'],
    [{ reason: 'late', due: '2026-11-23T15:00:00+08:00' }, 'INVALID', 'due', 'DUE_IN_PAST'],
    [{ reason: 'late', due: '2026-11-24T15:30:01+08:00' }, 'DUE_AFTER_PARENT', 'due', 'DUE_AFTER_PARENT'],
  ])('%j is refused with %s at %s', (content, code, path, fault) => {
    expect(refusal(inStage('submitted'), { verb: 'return', ...content })).toMatchObject({
      code,
      errors: [{ path, code: fault }],
    });
  });

  it('names every fault at once, those of the fields it names too', () => {
    const findings = { faults: [{ path: 'fields[0]', code: 'UNKNOWN_FIELD' as const }], digest: '' };
    const command: Command = { verb: 'return', due: '2026-11-25T09:00:00+08:00' };
    expect(refusal(inStage('submitted'), command, { findings }).errors?.map(({ path }) => path)).toEqual([
      'reason',
      'fields[0]',
      'due',
    ]);
  });

  it('may move the due time up to the level above, to the second', () => {
    const due = '2026-11-24T15:30:00+08:00';
    expect(events(inStage('submitted'), { verb: 'return', reason: 'again', due })).toMatchObject([
      {
        type: 'returned',
        data: { version: 1, reason: 'again', fields: [], dueAt: '2026-11-24T07:30:00.000Z' },
      },
    ]);
  });

  it('may not make a node due before what is below it', () => {
    const node = inStage('submitted', { node: true });
    const due = '2026-11-24T13:59:00+08:00';
    expect(refusal(node, { verb: 'return', reason: 'sooner', due }).errors).toEqual([
      { path: 'due', code: 'DUE_BEFORE_CHILDREN', params: { dueAt: '2026-11-24T06:00:00.000Z' } },
    ]);
    expect(events(inStage('submitted'), { verb: 'return', reason: 'sooner', due })).toHaveLength(1);
  });

  it('of a correction moves no due time', () => {
    const command: Command = { verb: 'return', reason: 'no', due: '2026-11-24T15:00:00+08:00' };
    const [event] = events(inStage('correcting'), command);
    expect(event).toMatchObject({ data: { version: 2, reason: 'no', fields: [], correction: true } });
    expect(event?.data).not.toHaveProperty('dueAt');
  });
});

describe('a cancelling', () => {
  it('needs a reason', () => {
    expect(refusal(inStage('issued'), { verb: 'cancel' })).toEqual({
      code: 'INVALID',
      errors: [{ path: 'reason', code: 'REQUIRED' }],
    });
  });
});

describe('a roll-up', () => {
  const node = (stage: Parameters<typeof inStage>[0]): Assignment => inStage(stage, { node: true });
  const after = (a: Assignment, happened: readonly NewEvent[]): Assignment =>
    happened.reduce(
      (state, event) => evolve(state, { ...event, at: '2026-11-23T08:00:00.000Z', actor: null }),
      a,
    );

  it('is copy 1 at first and a restatement with the old figures after it', () => {
    const first = rollUp(node('issued'), MANUAL);
    expect(first).toMatchObject([{ type: 'rolledUp', data: { n: 1, final: true, values: { v_sites: 24 } } }]);
    const changed = { ...MANUAL, digest: 'other', values: { v_sites: 25 }, old: { v_sites: 24 } };
    expect(rollUp(after(node('issued'), first), changed)).toMatchObject([
      { type: 'restated', data: { n: 2, values: { v_sites: 25 }, old: { v_sites: 24 } } },
    ]);
  });

  it('is not sent twice with the same figures', () => {
    const sent = after(node('issued'), rollUp(node('issued'), MANUAL));
    expect(rollUp(sent, MANUAL)).toEqual([]);
    expect(rollUp(sent, { ...MANUAL, final: false })).toHaveLength(1);
  });

  it('passes by itself where review is auto, but only once all below is settled', () => {
    expect(rollUp(node('issued'), { ...MANUAL, review: 'auto' })).toMatchObject([
      { type: 'rolledUp' },
      { type: 'approved', data: { version: 1, auto: true } },
    ]);
    expect(rollUp(node('issued'), { ...MANUAL, review: 'auto', final: false })).toHaveLength(1);
  });

  it('that was returned goes up again unchanged only by its holder', () => {
    const sent = after(node('issued'), rollUp(node('issued'), MANUAL));
    const returned = after(sent, [
      { type: 'returned', data: { version: 1, reason: 'look again', fields: [] } },
    ]);
    expect(rollUp(returned, MANUAL)).toEqual([]);
    expect(rollUp(returned, { ...MANUAL, by: 'holder' })).toMatchObject([
      { type: 'restated', data: { by: 'holder' } },
    ]);
  });

  it('that was returned passes when a close comes from above, or the directive would never end', () => {
    const sent = after(node('issued'), rollUp(node('issued'), MANUAL));
    const closing = after(sent, [
      { type: 'returned', data: { version: 1, reason: 'look again', fields: [] } },
      { type: 'closed', data: { outcome: 'closing', carried: { of: 'd', n: 1 } } },
    ]);
    expect(rollUp(closing, MANUAL)).toMatchObject([{ type: 'restated' }, { type: 'approved' }]);
  });

  it.each(['cancelled', 'missing'] as const)('never leaves a node that is %s', (stage) => {
    expect(rollUp(node(stage), MANUAL)).toEqual([]);
  });

  it('of what is approved already restates without another approval', () => {
    const approved = after(node('issued'), [
      ...rollUp(node('issued'), MANUAL),
      { type: 'approved', data: { version: 1 } },
    ]);
    const restated = rollUp(approved, { ...MANUAL, digest: 'other' });
    expect(restated.map(({ type }) => type)).toEqual(['restated']);
    expect(after(approved, restated)).toMatchObject({ phase: 'approved', current: 2, approved: 2 });
  });
});
