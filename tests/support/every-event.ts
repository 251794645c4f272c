// One of every shape of event, for promises about all events.
import type { NewEvent } from '../../domain/assignment/happening.ts';
import { toIso } from '../../domain/instant.ts';
import { at } from './sample-assignment.ts';

const NOON = toIso(at('2026-11-23 12:00'));
const DUE = toIso(at('2026-11-24 14:00'));
const LATER = toIso(at('2026-11-24 15:00'));

export const ROLLED = {
  n: 1,
  digest: 'figures',
  final: true,
  coverage: { expected: 1, reported: 1, approved: 1 },
  values: {},
  onTime: true,
};

const carried = { of: 'd', n: 1 };
const escalated = { clock: 'due' as const, rung: 0, after: 'PT0S', of: NOON, notify: [], notified: [] };

export const EVERY_EVENT: readonly NewEvent[] = [
  { type: 'acknowledged', data: {} },
  { type: 'acknowledged', data: { implied: true } },
  { type: 'acknowledged', data: { amendment: 1, slips: 1 } },
  { type: 'progressed', data: { note: 'half' } },
  { type: 'progressed', data: { note: 'most', percent: 80 } },
  { type: 'submitted', data: { version: 1, digest: 'x', onTime: true } },
  { type: 'corrected', data: { version: 2, digest: 'y', note: 'more' } },
  { type: 'presented', data: { version: 3, digest: 'z', zeroReport: true } },
  { type: 'submitted', data: { version: 1, digest: 'x', onTime: true, onBehalf: true } },
  { type: 'submitted', data: { version: 3, digest: 'z', onTime: true, onBehalf: true, by: 'P9' } },
  { type: 'presented', data: { version: 3, digest: 'z', onBehalf: true } },
  { type: 'presented', data: {} },
  { type: 'signed', data: { version: 3 } },
  { type: 'signed', data: {} },
  { type: 'gathered', data: { digest: 'figures', asks: 'signature' } },
  { type: 'gathered', data: { digest: 'figures', asks: 'sending' } },
  { type: 'withdrawn', data: { version: 1, reason: 'wrong column' } },
  { type: 'withdrawn', data: { version: 2, correction: true } },
  { type: 'withdrawn', data: { version: 3, unsigned: true } },
  { type: 'reopened', data: { was: 'approved', reason: 'wrong', carried: {} } },
  {
    type: 'reopened',
    data: { was: 'approved', reason: 'w', version: 1, carried: {}, lost: { approved: 2, reported: 1 } },
  },
  {
    type: 'reopened',
    data: { was: 'missing', reason: 'still needed', dueAt: LATER, acknowledgeBy: NOON, carried: { d: 1 } },
  },
  { type: 'partAdded', data: { version: 1, digest: 'p' } },
  { type: 'approved', data: { version: 1 } },
  { type: 'approved', data: { version: 1, auto: true } },
  { type: 'approved', data: { version: 1, carried } },
  { type: 'approved', data: { version: 1, sameHands: true } },
  { type: 'returned', data: { version: 1, reason: 'again', fields: [] } },
  { type: 'returned', data: { version: 1, reason: 'again', fields: [], sameHands: true } },
  { type: 'returned', data: { version: 1, reason: 'again', fields: [], dueAt: NOON } },
  { type: 'returned', data: { version: 2, reason: 'again', fields: [], correction: true } },
  { type: 'extensionRequested', data: { dueAt: LATER, reason: 'flood' } },
  { type: 'extensionDecided', data: { granted: true, dueAt: LATER, was: DUE, shiftMs: 3_600_000 } },
  { type: 'extensionDecided', data: { granted: false, reason: 'no' } },
  { type: 'decomposed', data: { units: ['DD-1-A'], assignments: 1 } },
  { type: 'transferRequested', data: { to: 'unit/DD-2', reason: 'their field' } },
  {
    type: 'transferred',
    data: { from: 'unit/DD-1', to: 'unit/DD-2', reason: 'their field' },
  },
  { type: 'transferDeclined', data: { to: 'unit/DD-2', reason: 'not ours either' } },
  { type: 'declined', data: { basis: 'not our street' } },
  { type: 'declineDecided', data: { accepted: false, reason: 'it is' } },
  { type: 'declineDecided', data: { accepted: true, reason: 'so it is', to: 'unit/DD-2' } },
  { type: 'suspended', data: { since: NOON, until: DUE, reason: 'flood' } },
  { type: 'suspended', data: { since: NOON, until: DUE, reason: 'flood', carried } },
  {
    type: 'resumed',
    data: { of: 'd.sites.TF.DD.DD-1', resumedAt: LATER, pausedMs: 60_000, dueAt: LATER, was: DUE },
  },
  { type: 'resumed', data: { of: 'd', resumedAt: NOON, pausedMs: 0, carried } },
  { type: 'rescheduled', data: { dueAt: LATER, was: DUE, cause: 'extension', carried } },
  { type: 'rescheduled', data: { dueAt: DUE, was: DUE, cause: 'calendar', acknowledgeBy: NOON } },
  {
    type: 'rescheduled',
    data: { dueAt: LATER, was: DUE, cause: 'reschedule', reason: 'flood', shiftMs: 3_600_000 },
  },
  { type: 'rescheduled', data: { dueAt: NOON, was: DUE, cause: 'reschedule', reason: 'sooner' } },
  { type: 'rescheduled', data: { dueAt: NOON, was: DUE, cause: 'reschedule', carried } },
  { type: 'extensionDecided', data: { granted: true, dueAt: DUE, was: DUE, shiftMs: 0 } },
  { type: 'amended', data: { amendment: 1, note: 'two more fields', carried } },
  {
    type: 'amended',
    data: { amendment: 2, note: 'sooner', dueAt: NOON, was: DUE, acknowledgeBy: NOON, carried },
  },
  { type: 'urged', data: { notified: [] } },
  { type: 'urged', data: { note: 'today', notified: ['P1'], below: 'd.sites.TF' } },
  { type: 'commented', data: { text: 'seen' } },
  { type: 'shared', data: { to: 'unit/DD-2' } },
  { type: 'cancelled', data: { reason: null } },
  { type: 'cancelled', data: { reason: 'over', carried } },
  { type: 'closed', data: { outcome: 'collecting-ended' } },
  { type: 'closed', data: { outcome: 'missing', carried } },
  { type: 'closed', data: { outcome: 'closing', carried } },
  { type: 'receiptOverdue', data: { acknowledgeBy: NOON } },
  { type: 'overdue', data: { dueAt: NOON } },
  { type: 'overdue', data: { dueAt: NOON, waiting: true } },
  { type: 'reminded', data: { clock: 'due', before: 'PT2H', skipped: 1, notified: [], unanswered: 1 } },
  { type: 'reminded', data: { clock: 'review', of: NOON, notified: [] } },
  { type: 'escalated', data: { ...escalated } },
  {
    type: 'escalated',
    data: { ...escalated, clock: 'review', others: true },
  },
  { type: 'escalated', data: { ...escalated, clock: 'sign', sends: true } },
  {
    type: 'escalated',
    data: { ...escalated, slip: 'red', manual: true, rung: 1 },
  },
  { type: 'rolledUp', data: ROLLED },
  { type: 'restated', data: { ...ROLLED, n: 2, old: {} } },
];
