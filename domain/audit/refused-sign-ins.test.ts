// A stranger who tries passwords cannot fill the log.
import { describe, expect, it } from '@jest/globals';
import { RefusedSignIns, type RefusedSignIn } from './refused-sign-ins.ts';

const tried = (person: string | null, address: string): RefusedSignIn => ({
  person,
  address,
  reason: 'wrong',
});

describe('refused sign-ins', () => {
  it('tells the first at once, and those of the minute after it as one number', () => {
    const refusals = new RefusedSignIns();
    expect(refusals.take(tried('P', '10.0.0.1'), 0)).toMatchObject({ person: 'P', times: 1 });
    for (let n = 0; n < 500; n++) expect(refusals.take(tried('P', '10.0.0.1'), n)).toBeNull();
    expect(refusals.due(59_999)).toEqual([]);
    expect(refusals.due(60_000)).toEqual([
      { person: 'P', address: '10.0.0.1', reason: 'wrong', times: 500, receivedMs: 0 },
    ]);
    expect(refusals.take(tried('P', '10.0.0.1'), 60_001)).toMatchObject({ times: 1 });
    // Nothing followed it: the minute's end says nothing.
    expect(refusals.due(200_000)).toEqual([]);
  });

  it('keeps persons and addresses apart, and bounds how many', () => {
    const refusals = new RefusedSignIns();
    const atOnce = Array.from({ length: 5_000 }, (_, n) => refusals.take(tried(null, `a${n}`), n % 1000));
    expect(atOnce.filter((told) => told !== null)).toHaveLength(101);
    const ended = refusals.due(0, true);
    expect(ended).toEqual([{ person: null, address: null, reason: 'wrong', times: 4_899, receivedMs: 100 }]);
    expect(refusals.size).toBe(0);
  });
});
