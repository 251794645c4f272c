// Promises of the versions of figures: each event leaves them where they were or higher, and higher where other reports count.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EVERY_EVENT } from '../../tests/support/every-event.ts';
import { assignmentAfter, at, happening } from '../../tests/support/sample-assignment.ts';
import { evolve } from './evolve.ts';
import { figureVersions, sayingLoss, versionsInFigures } from './figure-version.ts';
import type { NewEvent } from './happening.ts';
import { toIso } from '../instant.ts';

const NOON = at('2026-11-23 12:00');
const BY = { at: toIso(NOON), actor: 'P9' };
const submitted = (version: number): NewEvent => ({
  type: 'submitted',
  data: { version, digest: 'd', onTime: true },
});
const APPROVED: readonly NewEvent[] = [submitted(1), { type: 'approved', data: { version: 1 } }];
const REOPENED: NewEvent = { type: 'reopened', data: { was: 'approved', reason: 'wrong', carried: {} } };
const RETURNED: NewEvent = { type: 'returned', data: { version: 1, reason: 'again', fields: [] } };
const CANCELLED: NewEvent = { type: 'cancelled', data: { reason: 'not needed' } };

describe('versions of figures', () => {
  it('never fall, and rise wherever another report counts, for any events in any order', () => {
    const events = fc.array(fc.constantFrom(...EVERY_EVENT), { maxLength: 30 });
    fc.assert(
      fc.property(events, fc.boolean(), (all, node) => {
        let a = assignmentAfter([], { node });
        for (const event of all) {
          // As a decision makes it: without what it loses.
          const { lost: _, ...data } = event.data;
          const said = sayingLoss(a, { ...event, data } as NewEvent, BY).event;
          const after = evolve(a, happening(said, NOON, 'P9'));
          for (const basis of ['approved', 'reported'] as const) {
            const changes = versionsInFigures(a)[basis] !== versionsInFigures(after)[basis];
            const risen = figureVersions(after)[basis] - figureVersions(a)[basis];
            expect(risen).toBeGreaterThanOrEqual(changes ? 1 : 0);
          }
          a = after;
        }
      }),
    );
  });

  it('are those of the reports themselves where nothing is taken back', () => {
    const a = assignmentAfter(APPROVED);
    expect(figureVersions(a)).toEqual({ approved: 1, reported: 1 });
    expect(
      sayingLoss(a, { type: 'corrected', data: { version: 2, digest: 'e', note: 'n' } }, BY).event.data,
    ).toEqual({ version: 2, digest: 'e', note: 'n' });
  });

  it('say with each event what they lose by it', () => {
    const lost = (before: readonly NewEvent[], event: NewEvent): unknown =>
      sayingLoss(assignmentAfter(before), event, BY).event.data.lost;
    expect(lost(APPROVED, REOPENED)).toEqual({ approved: 2, reported: 0 });
    expect(lost(APPROVED, CANCELLED)).toEqual({ approved: 2, reported: 2 });
    expect(lost([submitted(1)], RETURNED)).toEqual({ approved: 0, reported: 1 });
    expect(lost([], CANCELLED)).toBeUndefined();
  });
});
