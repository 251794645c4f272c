// Promises of an offer that lapses: told of every end but their own answer.
import { describe, expect, it } from '@jest/globals';
import { EVERY_EVENT } from '../../tests/support/every-event.ts';
import { at, happening, inStage } from '../../tests/support/sample-assignment.ts';
import { evolve } from './evolve.ts';
import { lapsedOffer } from './offer.ts';

describe('an offer to take over', () => {
  it('lapses by a report, an end or a ruling, and by nothing that leaves it standing', () => {
    const asked = inStage('transferring');
    const ended = EVERY_EVENT.flatMap((event) => {
      const after = evolve(asked, happening(event, at('2026-11-23 16:00'), 'P1'));
      return lapsedOffer(asked, after, event)?.cause ?? [];
    });
    const causes = [...new Set(ended)].sort();
    expect(causes).toEqual(expect.arrayContaining(['cancelled', 'closed', 'submitted']));
    for (const other of ['transferDeclined', 'commented', 'progressed', 'suspended', 'rescheduled', 'urged'])
      expect(causes).not.toContain(other);
  });

  it('is not told as lapsed to a place that declined it or holds it now, and is after a ruling for another place', () => {
    const asked = inStage('transferring');
    const to = (place: 'unit/DD-2' | 'unit/DD-3') => {
      const event = {
        type: 'transferred' as const,
        data: { from: asked.holder, to: place, reason: 'so', ruled: true as const },
      };
      return lapsedOffer(asked, evolve(asked, happening(event, at('2026-11-23 16:00'), 'P1')), event);
    };
    expect(to('unit/DD-2')).toBeNull();
    expect(to('unit/DD-3')).toEqual({ to: 'unit/DD-2', cause: 'transferred' });
    expect(lapsedOffer(inStage('acknowledged'), inStage('cancelled'), { type: 'cancelled' })).toBeNull();
  });
});
