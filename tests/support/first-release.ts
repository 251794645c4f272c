// Logs as the first release wrote them, and the rows it made of them: every later program must still read them.
import type { NewEvent } from '../../domain/assignment/happening.ts';

/** A report that came late, was given back, passed, and is being corrected. */
export const LEAF_LOG: readonly NewEvent[] = [
  { type: 'receiptOverdue', data: { acknowledgeBy: '2026-11-23T03:05:00.000Z' } },
  {
    type: 'escalated',
    data: {
      clock: 'acknowledge',
      rung: 0,
      after: 'PT0S',
      of: '2026-11-23T03:05:00.000Z',
      notify: ['unit.liaisonA'],
      notified: ['P1'],
    },
  },
  { type: 'acknowledged', data: {} },
  { type: 'reminded', data: { clock: 'due', before: 'PT2H', skipped: 1, notified: ['P1'] } },
  { type: 'overdue', data: { dueAt: '2026-11-24T06:00:00.000Z' } },
  {
    type: 'escalated',
    data: {
      clock: 'due',
      rung: 1,
      after: 'PT30M',
      of: '2026-11-24T06:30:00.000Z',
      notify: ['unit.leader'],
      notified: ['P2'],
      slip: 'red',
      missed: [0],
    },
  },
  { type: 'submitted', data: { version: 1, digest: 'one', onTime: false } },
  { type: 'reminded', data: { clock: 'review', of: '2026-11-24T08:30:00.000Z', notified: ['P3'] } },
  {
    type: 'returned',
    data: { version: 1, reason: 'again', fields: ['v'], dueAt: '2026-11-25T06:00:00.000Z' },
  },
  { type: 'submitted', data: { version: 2, digest: 'two', onTime: true } },
  { type: 'approved', data: { version: 2, note: 'good' } },
  { type: 'corrected', data: { version: 3, digest: 'three', note: 'one more' } },
];

/** A node whose collecting was ended and whose copy changed after it had gone up. */
export const NODE_LOG: readonly NewEvent[] = [
  { type: 'closed', data: { outcome: 'collecting-ended', note: 'enough' } },
  {
    type: 'rolledUp',
    data: {
      n: 1,
      digest: 'one',
      final: true,
      coverage: { expected: 2, reported: 2, approved: 2 },
      values: { v: 1 },
      onTime: true,
    },
  },
  { type: 'approved', data: { version: 1, auto: true } },
  {
    type: 'restated',
    data: {
      n: 2,
      digest: 'two',
      final: true,
      coverage: { expected: 2, reported: 2, approved: 2 },
      values: { v: 2 },
      onTime: true,
      old: { v: 1 },
    },
  },
];

const ROW = {
  id: 'd.sites.TF.DD.DD-1',
  directive: 'd',
  item: 'sites',
  parent: 'd.sites.TF.DD',
  taskForce: 'TF',
  unit: 'DD-1',
  holder: 'unit/DD-1',
  phase: 'approved',
  issuedAt: 1795401300000,
  acknowledgeBy: 1795403100000,
  returned: null,
  overdue: false,
  reminded: 0,
  closing: null,
  carried: {},
};

/** As the first release stored it: without any later field. */
export const LEAF_ROW = {
  ...ROW,
  node: false,
  dueAt: 1795586400000,
  acknowledgedAt: 1795401480000,
  submittedAt: 1795402020000,
  settledAt: 1795401960000,
  onTime: false,
  current: 3,
  approved: 2,
  correcting: true,
  escalation: 2,
  taken: { acknowledge: { rungs: 1, at: 1795403100000 } },
  copy: null,
  orders: [],
  version: 7,
};

export const NODE_ROW = {
  ...ROW,
  node: true,
  dueAt: 1795500000000,
  acknowledgedAt: 1795401420000,
  submittedAt: 1795401420000,
  settledAt: 1795401480000,
  onTime: true,
  current: 2,
  approved: 2,
  correcting: false,
  escalation: 0,
  taken: {},
  copy: { digest: 'two', final: true },
  orders: [{ n: 1, kind: 'close', by: 'P1', at: '2026-11-23T02:36:00.000Z', reason: 'enough' }],
  version: 4,
};
