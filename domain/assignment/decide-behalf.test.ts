// Promises about reports brought for others: the issuer's alone to bring, the unit's in all that follows, told and named.
import { describe, expect, it } from '@jest/globals';
import { decided, refusal } from '../../tests/support/decided.ts';
import {
  at,
  happening,
  HOLDER,
  inStage,
  ISSUER,
  LEADER,
  NOBODY,
} from '../../tests/support/sample-assignment.ts';
import type { Command } from './command.ts';
import { evolve } from './evolve.ts';

const BRING: Command = { verb: 'submit', values: { v: 1 }, onBehalf: true };
const issuer = { relation: ISSUER };

describe('a report brought by the issuer', () => {
  it('is in as the unit’s own, says that it was brought, and receives nothing in the unit’s name', () => {
    expect(decided(inStage('issued'), BRING, issuer)).toEqual([
      { type: 'submitted', data: { version: 1, digest: 'digest of content', onTime: true, onBehalf: true } },
    ]);
    const [event] = decided(inStage('issued'), BRING, { ...issuer, received: at('2026-11-24 14:01') });
    expect(event).toMatchObject({ data: { onTime: false } });
    const after = evolve(inStage('issued'), happening(event as NonNullable<typeof event>, 0, 'P1'));
    expect(after).toMatchObject({ phase: 'submitted', current: 1, acknowledgedAt: null });
  });

  it('passes with review auto, and can say zero', () => {
    const brought = decided(
      inStage('acknowledged'),
      { ...BRING, zeroReport: true },
      { ...issuer, review: 'auto' },
    );
    expect(brought).toMatchObject([
      { type: 'submitted', data: { zeroReport: true, onBehalf: true } },
      { type: 'approved', data: { auto: true } },
    ]);
  });

  it('may be brought by no other, not even the holder; and without the word nothing is the issuer’s', () => {
    expect(refusal(inStage('issued'), BRING, { relation: HOLDER }).code).toBe('FORBIDDEN');
    expect(
      refusal(inStage('issued'), BRING, { relation: { ...NOBODY, office: true, sees: true } }).code,
    ).toBe('FORBIDDEN');
    expect(refusal(inStage('issued'), BRING, { relation: NOBODY }).code).toBe('NOT_FOUND');
    for (const command of [{ ...BRING, onBehalf: false }, { verb: 'submit', values: { v: 1 } } as const])
      expect(refusal(inStage('issued'), command, issuer).code).toBe('FORBIDDEN');
  });

  it('is never brought where the unit has done it, nor for what is merged from below', () => {
    expect(refusal(inStage('submitted'), BRING, issuer).code).toBe('ALREADY_SUBMITTED');
    expect(refusal(inStage('approved'), { ...BRING, note: 'better' }, issuer).code).toBe('ALREADY_SETTLED');
    expect(refusal(inStage('presented'), BRING, issuer).code).toBe('SIGNATURE_PENDING');
    expect(refusal(inStage('acknowledged', { node: true }), BRING, issuer).code).toBe('NOT_ON_BEHALF');
    expect(refusal(inStage('suspended'), BRING, issuer).code).toBe('SUSPENDED');
  });

  it('is judged by the form as any other', () => {
    const faults = [{ path: 'values.v', code: 'REQUIRED' as const }];
    const findings = { faults, digest: '' };
    expect(refusal(inStage('issued'), BRING, { ...issuer, findings })).toMatchObject({ errors: faults });
  });

  it('waits for the leader’s signature where one is asked for, and still says who brought it', () => {
    const [presented, ...more] = decided(inStage('issued'), BRING, { ...issuer, signs: true });
    expect(presented).toEqual({
      type: 'presented',
      data: { version: 1, digest: 'digest of content', onBehalf: true },
    });
    expect(more).toEqual([]);
    const waiting = evolve(
      inStage('issued'),
      happening(presented as NonNullable<typeof presented>, at('2026-11-23 12:00'), 'P7'),
    );
    // Brought once more it takes its own place.
    expect(decided(waiting, BRING, { ...issuer, signs: true })).toMatchObject([{ data: { version: 2 } }]);
    expect(decided(waiting, { verb: 'sign' }, { relation: LEADER, signs: true })).toEqual([
      { type: 'signed', data: { version: 1 } },
      {
        type: 'submitted',
        data: { version: 1, digest: 'digest of content', onTime: true, onBehalf: true, by: 'P7' },
      },
    ]);
  });

  it('is the unit’s own to correct once it has passed', () => {
    const corrected = decided(
      inStage('approved'),
      { verb: 'submit', values: { v: 2 }, note: 'ours' },
      { relation: HOLDER },
    );
    expect(corrected).toMatchObject([{ type: 'corrected' }]);
    expect(corrected[0]?.data).not.toHaveProperty('onBehalf');
  });
});
