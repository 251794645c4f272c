// Promises of the decider where a leader signs: nothing leaves unsigned, the leader's own needs no second word, parts count.
import { describe, expect, it } from '@jest/globals';
import { decided, refusal } from '../../tests/support/decided.ts';
import { at, contextOf, HOLDER, inStage, LEAD_UNIT, LEADER } from '../../tests/support/sample-assignment.ts';
import type { Command } from './command.ts';

const SUBMIT: Command = { verb: 'submit', values: { v: 1 } };
const SIGN: Command = { verb: 'sign' };
const liaison = { signs: true, relation: HOLDER };
const leader = { signs: true, relation: LEADER };
const NODE = { node: true };

describe('a report whose leader signs', () => {
  it('is presented by the liaison, leaves when it is signed, and is on time by when it leaves', () => {
    expect(decided(inStage('acknowledged'), SUBMIT, liaison)).toEqual([
      { type: 'presented', data: { version: 1, digest: 'digest of content' } },
    ]);
    expect(decided(inStage('presented'), SIGN, { ...leader, received: at('2026-11-24 14:01') })).toEqual([
      { type: 'signed', data: { version: 1 } },
      { type: 'submitted', data: { version: 1, digest: 'digest 1', onTime: false } },
    ]);
  });

  it('passes with the signature where review is auto', () => {
    expect(decided(inStage('presented'), SIGN, { ...leader, review: 'auto' })).toMatchObject([
      { type: 'signed' },
      { type: 'submitted' },
      { type: 'approved', data: { version: 1, auto: true } },
    ]);
  });

  it('may be replaced before it is signed, under the next number', () => {
    expect(decided(inStage('presented'), { ...SUBMIT, zeroReport: true }, liaison)).toEqual([
      { type: 'presented', data: { version: 2, digest: 'digest of content', zeroReport: true } },
    ]);
  });

  it('leaves at once where it is the leader’s own, or where the unit has no leader', () => {
    for (const context of [leader, { signs: false, relation: HOLDER }])
      expect(decided(inStage('acknowledged'), SUBMIT, context)).toMatchObject([{ type: 'submitted' }]);
  });

  it('is signed by the leader alone, and only when there is one', () => {
    expect(refusal(inStage('presented'), SIGN, liaison).code).toBe('FORBIDDEN');
    expect(refusal(inStage('acknowledged'), SIGN, leader).code).toBe('NOTHING_TO_SIGN');
  });

  it('is corrected in the same way, and its note goes with it', () => {
    expect(decided(inStage('approved'), { ...SUBMIT, note: 'one more' }, liaison)).toEqual([
      { type: 'presented', data: { version: 2, digest: 'digest of content', note: 'one more' } },
    ]);
    expect(decided(inStage('presentedAgain'), SIGN, leader)).toEqual([
      { type: 'signed', data: { version: 2 } },
      { type: 'corrected', data: { version: 2, digest: 'digest 2', note: 'one more' } },
    ]);
  });
});

describe('a merged report whose leader signs', () => {
  it('is presented by the liaison without a number, and sent up by the signature, presented or not', () => {
    expect(decided(inStage('acknowledged', NODE), { verb: 'submit' }, liaison)).toEqual([
      { type: 'presented', data: {} },
    ]);
    for (const stage of ['acknowledged', 'presented'] as const)
      expect(decided(inStage(stage, NODE), SIGN, leader)).toMatchObject([
        { type: 'signed', data: {} },
        { type: 'rolledUp', data: { n: 1, by: 'holder' } },
      ]);
  });

  it('is not signed where none is asked for', () => {
    expect(refusal(inStage('acknowledged', NODE), SIGN, { ...leader, signs: false }).code).toBe(
      'NOTHING_TO_SIGN',
    );
  });
});

describe('a node’s own part', () => {
  it('is added beside what is merged, numbered by itself, by its holder or the unit that leads the task force', () => {
    for (const relation of [HOLDER, LEAD_UNIT])
      expect(decided(inStage('acknowledged', NODE), SUBMIT, { relation })).toEqual([
        { type: 'partAdded', data: { version: 1, digest: 'digest of content' } },
      ]);
    expect(refusal(inStage('acknowledged', NODE), { verb: 'submit' }, { relation: LEAD_UNIT }).code).toBe(
      'FORBIDDEN',
    );
    expect(refusal(inStage('acknowledged'), SUBMIT, { relation: LEAD_UNIT }).code).toBe('FORBIDDEN');
  });

  it('is judged by its form, needs a note once the report has passed, and waits while it is under review', () => {
    const faults = [{ path: 'values.v', code: 'REQUIRED' as const }];
    expect(
      refusal(inStage('acknowledged', NODE), SUBMIT, { findings: { faults, digest: '' } }).errors,
    ).toEqual(faults);
    expect(refusal(inStage('approved', NODE), SUBMIT).code).toBe('ALREADY_SETTLED');
    expect(decided(inStage('approved', NODE), { ...SUBMIT, note: 'one more' })).toMatchObject([
      { type: 'partAdded', data: { note: 'one more' } },
    ]);
    expect(refusal(inStage('submitted', NODE), SUBMIT).code).toBe('ALREADY_SUBMITTED');
  });

  it('alone is enough to be sent up, where nothing has come from below', () => {
    const merged = {
      digest: 'merged',
      final: false,
      values: {},
      coverage: { expected: 2, reported: 0, approved: 0 },
    };
    const a = inStage('acknowledged', NODE);
    expect(refusal(a, { verb: 'submit' }, { merged }).code).toBe('NOTHING_REPORTED');
    expect(decided({ ...a, part: 1 }, { verb: 'submit' }, contextOf({ merged }))).toMatchObject([
      { type: 'rolledUp' },
    ]);
  });

  it('is not needed once the collecting has ended without a report: that is what there is to send', () => {
    const coverage = { expected: 2, reported: 0, approved: 0 };
    const merged = { digest: 'merged', final: true, values: {}, coverage };
    expect(decided(inStage('acknowledged', NODE), { verb: 'submit' }, contextOf({ merged }))).toMatchObject([
      { type: 'rolledUp', data: { final: true, coverage } },
    ]);
  });
});
