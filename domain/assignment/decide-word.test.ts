// Promises of the decider about what is only said: receipts, progress, hurry, comments.
import { describe, expect, it } from '@jest/globals';
import { decided, refusal } from '../../tests/support/decided.ts';
import { at, happening, inStage } from '../../tests/support/sample-assignment.ts';
import { evolve } from './evolve.ts';

describe('a receipt', () => {
  it('names the amendment it takes note of and the slips it countersigns', () => {
    expect(decided(inStage('issued'), { verb: 'acknowledge' })).toEqual([{ type: 'acknowledged', data: {} }]);
    expect(decided(inStage('amended'), { verb: 'acknowledge' })).toEqual([
      { type: 'acknowledged', data: { amendment: 1 } },
    ]);
    expect(decided(inStage('slipped'), { verb: 'acknowledge' })).toEqual([
      { type: 'acknowledged', data: { slips: 1 } },
    ]);
  });

  it.each(['amended', 'slipped', 'approvedAmended'] as const)('of what is %s is given once', (stage) => {
    const given = decided(inStage(stage), { verb: 'acknowledge' }).reduce(
      (a, event) => evolve(a, happening(event, at('2026-11-23 16:00'), 'P1')),
      inStage(stage),
    );
    const code = stage === 'approvedAmended' ? 'ALREADY_SETTLED' : 'ALREADY_ACKNOWLEDGED';
    expect(refusal(given, { verb: 'acknowledge' }).code).toBe(code);
  });

  it('that a report implies takes note of the amendment as well', () => {
    expect(decided(inStage('amended'), { verb: 'submit', values: {} })[0]).toEqual({
      type: 'acknowledged',
      data: { implied: true, amendment: 1 },
    });
  });
});

describe('what is said', () => {
  it('of progress is a note, with or without a percentage', () => {
    expect(decided(inStage('acknowledged'), { verb: 'progress', note: 'half', percent: 0 })).toEqual([
      { type: 'progressed', data: { note: 'half', percent: 0 } },
    ]);
    expect(refusal(inStage('acknowledged'), { verb: 'progress', percent: 50 }).errors).toEqual([
      { path: 'note', code: 'REQUIRED' },
    ]);
  });

  it('as a comment is a text, at any time, even while the clocks stand still', () => {
    expect(decided(inStage('suspended'), { verb: 'comment', text: 'seen' })).toEqual([
      { type: 'commented', data: { text: 'seen' } },
    ]);
    expect(refusal(inStage('issued'), { verb: 'comment' }).errors).toEqual([
      { path: 'text', code: 'REQUIRED' },
    ]);
  });

  it('to hurry reaches both liaisons', () => {
    expect(decided(inStage('acknowledged'), { verb: 'urge', note: 'today' })).toEqual([
      { type: 'urged', data: { note: 'today', notified: ['unit.liaisonA', 'unit.liaisonB'] } },
    ]);
  });
});
