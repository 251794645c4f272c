// Promises of the step up the ladder by hand: where it leads, each rung once, and which is next.
import { describe, expect, it } from '@jest/globals';
import { decided, refusal } from '../../tests/support/decided.ts';
import { at, clocksOf, happening, inStage } from '../../tests/support/sample-assignment.ts';
import type { Assignment } from './assignment.ts';
import { nextRungs } from './by-hand.ts';
import type { Command } from './command.ts';
import { evolve } from './evolve.ts';
import { FAILURES, wordsOf } from '../failure.ts';
import { toIso } from '../instant.ts';

const after = (a: Assignment, command: Command): Assignment =>
  decided(a, command).reduce(
    (state, event) => evolve(state, happening(event, at('2026-11-23 16:00'), 'P1')),
    a,
  );

describe('a step up the ladder by hand', () => {
  it('takes the rung of the policy: the posts it names, its slip, its place in the ladder', () => {
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

  it('names the place it passed to where the posts named are empty', () => {
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

  it('takes each rung once: again, or below one that has been taken, it is refused, and the next above is named', () => {
    const high = after(inStage('acknowledged'), { verb: 'escalate', clock: 'due', rung: 1 });
    for (const rung of [0, 1]) {
      const refused = refusal(high, { verb: 'escalate', clock: 'due', rung });
      expect(refused).toMatchObject({ code: 'REPEATED', params: { value: rung, next: 2 } });
      expect(FAILURES[refused.code].status).toBe(409);
      expect(wordsOf(refused, 'zh')).toContain('下一个可提的是第 2 级');
      expect(wordsOf(refused, 'en')).toContain('the next above is 2');
    }
    const top = after(high, { verb: 'escalate', clock: 'due', rung: 2 });
    const none = refusal(top, { verb: 'escalate', clock: 'due', rung: 2 });
    expect(none.code).toBe('REPEATED');
    expect(wordsOf(none, 'en')).toContain('there is none above');
  });

  it('counts what the clock has taken as taken', () => {
    const data = {
      clock: 'due' as const,
      rung: 0,
      after: 'PT0S',
      of: toIso(at('2026-11-24 14:00')),
      notify: [],
      notified: [],
    };
    const late = evolve(
      inStage('acknowledged'),
      happening({ type: 'escalated', data }, at('2026-11-24 14:00'), 'P1'),
    );
    expect(refusal(late, { verb: 'escalate', clock: 'due', rung: 0 }).code).toBe('REPEATED');
    expect(decided(late, { verb: 'escalate', clock: 'due', rung: 1 })).toHaveLength(1);
  });

  it('offers of each clock that runs the lowest rung not yet taken', () => {
    const offered = (a: Assignment): string[] =>
      nextRungs(a, clocksOf()).map(({ clock, rung, notify }) => `${clock} ${rung} ${notify.join()}`);
    expect(offered(inStage('issued'))).toEqual([
      'acknowledge 0 unit.liaisonA',
      'due 0 unit.liaisonA,unit.liaisonB',
    ]);
    expect(offered(inStage('acknowledged'))).toEqual(['due 0 unit.liaisonA,unit.liaisonB']);
    const high = after(inStage('acknowledged'), { verb: 'escalate', clock: 'due', rung: 1 });
    expect(offered(high)).toEqual(['due 2 issuer.leader,office.director']);
    expect(offered(after(high, { verb: 'escalate', clock: 'due', rung: 2 }))).toEqual([]);
    expect(offered(inStage('submitted'))).toEqual([]);
  });
});
