// Promises of the decider about what is only said: receipts, progress, hurry, comments, and the issuer's step up the ladder.
import { describe, expect, it } from '@jest/globals';
import { decided, refusal } from '../tests/support/decided.ts';
import { at, clocksOf, happening, inStage } from '../tests/support/sample-assignment.ts';
import { evolve } from './evolve.ts';
import { toIso } from './instant.ts';

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

describe('a step up the ladder by hand', () => {
  it('takes the rung of the policy: whom it names, its slip, its place in the ladder', () => {
    expect(
      decided(inStage('acknowledged'), { verb: 'escalate', clock: 'due', rung: 0, note: 'now' }),
    ).toEqual([
      {
        type: 'escalated',
        data: {
          clock: 'due',
          rung: 0,
          after: 'PT0S',
          of: toIso(at('2026-11-23 16:00')),
          notify: ['unit.liaisonA', 'unit.liaisonB'],
          notified: ['unit.liaisonA', 'unit.liaisonB'],
          slip: 'red',
          manual: true,
          note: 'now',
        },
      },
    ]);
  });

  it('says to whom it passed where the posts named are empty', () => {
    const reach = () => ({ notified: ['P7'], passedTo: 'unit/DD' as const });
    expect(
      decided(inStage('acknowledged'), { verb: 'escalate', clock: 'due', rung: 1 }, { reach }),
    ).toMatchObject([{ data: { notified: ['P7'], passedTo: 'unit/DD' } }]);
  });

  it('finds the rungs in the order of the calendar', () => {
    const clocks = clocksOf({
      ladder: [
        { clock: 'due', after: 'PT8H', notify: ['office.director'] },
        { clock: 'due', after: 'P1D', notify: ['unit.leader'] },
      ],
    });
    expect(
      decided(inStage('acknowledged'), { verb: 'escalate', clock: 'due', rung: 0 }, { clocks }),
    ).toMatchObject([{ data: { after: 'P1D', notify: ['unit.leader'] } }]);
  });

  it('beyond the ladder is refused, and on the receipt’s where it has been given', () => {
    expect(refusal(inStage('acknowledged'), { verb: 'escalate', clock: 'due', rung: 3 }).errors).toEqual([
      { path: 'rung', code: 'OUT_OF_RANGE', params: { min: 0, max: 2 } },
    ]);
    const clocks = clocksOf({ ladder: [{ clock: 'due', after: 'P1D', notify: ['unit.leader'] }] });
    const unreceived = { verb: 'escalate', clock: 'acknowledge', rung: 0 } as const;
    expect(refusal(inStage('issued'), unreceived, { clocks }).errors).toEqual([
      { path: 'clock', code: 'NOT_AN_OPTION', params: { options: 'due' } },
    ]);
    const receipt = { verb: 'escalate', clock: 'acknowledge', rung: 0 } as const;
    expect(refusal(inStage('acknowledged'), receipt).code).toBe('ALREADY_ACKNOWLEDGED');
    expect(decided(inStage('amended'), receipt)).toHaveLength(1);
  });
});
