// Promises about the state of a delivery after an attempt, and about the kept part of the other side's answer.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterAttempt, answerSaid, type AttemptOutcome } from './delivery-attempt.ts';

const HOUR_MS = 3_600_000;
const about = { attempts: 1, waitedMs: 0, isLastWay: true };
const failed: AttemptOutcome = { kind: 'failed', said: '' };

describe('an attempt', () => {
  it('that has failed is repeated after 30 s, then twice as long, up to an hour, eight times at most', () => {
    const verdicts = Array.from({ length: 8 }, (_, n) => afterAttempt(failed, { ...about, attempts: n + 1 }));
    expect(
      verdicts.map((verdict) => ('afterMs' in verdict ? verdict.afterMs / 1000 : verdict.state)),
    ).toEqual([30, 60, 120, 240, 480, 960, 1920, 'failed']);
  });

  it('gives way to another channel after the third', () => {
    const early = { ...about, isLastWay: false };
    expect(afterAttempt(failed, { ...early, attempts: 2 }).state).toBe('waiting');
    expect(afterAttempt(failed, { ...early, attempts: 3 })).toEqual({ state: 'failed' });
  });

  it('that is refused is not repeated', () => {
    expect(afterAttempt({ kind: 'refused', said: '' }, about)).toEqual({ state: 'failed' });
  });

  it('does not count where the other side is only busy, for two days', () => {
    const busy: AttemptOutcome = { kind: 'busy', said: '', afterMs: 5_000 };
    const verdict = { state: 'waiting', afterMs: 5_000, counts: false };
    expect(afterAttempt(busy, { ...about, attempts: 99 })).toEqual(verdict);
    expect(afterAttempt(busy, { ...about, waitedMs: 49 * HOUR_MS })).toEqual({ state: 'failed' });
    expect(afterAttempt({ ...busy, afterMs: 9 * HOUR_MS }, about)).toMatchObject({ afterMs: HOUR_MS });
  });

  it('comes to an end with any answers of the other side', () => {
    const outcomes = fc.constantFrom<AttemptOutcome['kind']>('failed', 'refused', 'busy');
    fc.assert(
      fc.property(fc.infiniteStream(outcomes), fc.boolean(), (stream, isLastWay) => {
        let [attempts, waitedMs] = [0, 0];
        for (let n = 0; n < 100_000; n += 1) {
          attempts += 1;
          const kind = stream.next().value as AttemptOutcome['kind'];
          const outcome = (
            kind === 'busy' ? { kind, said: '', afterMs: 60_000 } : { kind, said: '' }
          ) as AttemptOutcome;
          const verdict = afterAttempt(outcome, { attempts, waitedMs, isLastWay });
          if (verdict.state !== 'waiting') return;
          waitedMs += verdict.afterMs;
          if (!verdict.counts) attempts -= 1;
        }
        throw new Error('without end');
      }),
      { numRuns: 50 },
    );
  });
});

describe('what the other side said', () => {
  it('is one short line', () => {
    expect(answerSaid(' 550\r\n no\0 such\u0007 user\ud800 ')).toBe('550 no such user\ufffd');
    expect(Array.from(answerSaid('字'.repeat(1000)))).toHaveLength(301);
  });

  it('repeats no secret of ours', () => {
    const url = 'https://hook.example/send?access_token=abcdef123456';
    expect(answerSaid(`bad ${url}, token abcdef123456`, [url, 'abcdef123456', null])).toBe('bad …, token …');
  });
});
