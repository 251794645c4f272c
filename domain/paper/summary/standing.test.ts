// Promises about missing reports: the present obstacle is named as the reason, before the phase.
import { describe, expect, it } from '@jest/globals';
import { absenceOf, isLate, type Basis, type ReportStanding } from './standing.ts';
import { APPROVED, SILENT } from '../../../tests/support/sample-figures.ts';

const of = (more: Partial<ReportStanding>): ReportStanding => ({ ...SILENT, ...more });

describe('why a report is not in the figures', () => {
  it.each<[string, ReportStanding, ReturnType<typeof absenceOf>]>([
    ['is nothing where it has been approved', APPROVED, null],
    ['is nothing while a correction of it waits', { ...APPROVED, current: 2, phase: 'approved' }, null],
    ['is the review where it waits for it', of({ phase: 'submitted', current: 1 }), 'waiting'],
    ['is that the holder has not acknowledged', SILENT, 'notAcknowledged'],
    ['is that nothing has come since', of({ phase: 'acknowledged' }), 'notReported'],
    ['is the return', of({ phase: 'returned', current: 1 }), 'returned'],
    ['is the suspension, returned or not', of({ phase: 'returned', suspended: true }), 'suspended'],
    ['is an extension asked for', of({ phase: 'acknowledged', extensionAsked: true }), 'extensionAsked'],
    ['is that it is “not ours”', of({ phase: 'acknowledged', declining: true }), 'declining'],
    ['is a transfer', of({ phase: 'issued', transferAsked: true }), 'transferAsked'],
    ['is a signature', of({ phase: 'acknowledged', awaitsSignature: true }), 'awaitsSignature'],
    ['is the end of the directive', of({ phase: 'missing' }), 'missing'],
    ['is its cancelling', of({ phase: 'cancelled' }), 'cancelled'],
  ])('%s', (_, standing, why) => {
    expect(absenceOf(standing, 'approved')).toBe(why);
  });

  it('counts what waits for review where all counts that is in', () => {
    const waiting = of({ phase: 'submitted', current: 1 });
    expect((['approved', 'reported'] satisfies Basis[]).map((basis) => absenceOf(waiting, basis))).toEqual([
      'waiting',
      null,
    ]);
  });

  it('calls nothing late that is in or stands still', () => {
    const now = Date.parse(SILENT.dueAt) + 1;
    expect(isLate(SILENT, now)).toBe(true);
    expect(isLate(SILENT, now - 1)).toBe(false);
    expect(isLate(of({ suspended: true }), now)).toBe(false);
    expect(isLate(of({ phase: 'submitted' }), now)).toBe(false);
  });
});
