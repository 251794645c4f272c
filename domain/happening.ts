// What can happen to an assignment: each event by its name, with what it records; append only, read for ever.
import type { Place } from './organisation.ts';
import type { Clock } from './policy.ts';

/** Which order of whom an event carries out. */
export type Carried = { of: string; n: number };

/** What a roll-up says of the figures it froze. */
export type Coverage = { expected: number; reported: number; approved: number };

export type EventData = {
  issued: {
    item: string;
    parent: string | null;
    taskForce: string;
    unit: string | null;
    holder: Place;
    node: boolean;
    dueAt: string;
    acknowledgeBy: string | null;
    carried?: Record<string, number>;
  };
  acknowledged: { implied?: true };
  submitted: { version: number; digest: string; onTime: boolean; zeroReport?: true };
  corrected: { version: number; digest: string; note: string };
  approved: { version: number; note?: string; auto?: true; carried?: Carried };
  returned: { version: number; reason: string; fields: string[]; dueAt?: string; correction?: true };
  cancelled: { reason: string | null; carried?: Carried };
  closed: { outcome: 'collecting-ended' | 'missing' | 'closing'; note?: string; carried?: Carried };
  receiptOverdue: { acknowledgeBy: string };
  overdue: { dueAt: string };
  reminded: {
    clock: Clock;
    before?: string;
    of?: string;
    skipped?: number;
    notified: string[];
    passedTo?: Place;
  };
  escalated: {
    clock: Clock;
    rung: number;
    after: string;
    of: string;
    notify: string[];
    notified: string[];
    slip?: 'blue' | 'yellow' | 'red';
    missed?: number[];
    repeated?: true;
    passedTo?: Place;
  };
  rolledUp: RolledUp;
  restated: RolledUp & { old: Record<string, unknown> };
};
export type RolledUp = {
  n: number;
  digest: string;
  final: boolean;
  coverage: Coverage;
  values: Record<string, unknown>;
  onTime: boolean;
  by?: 'holder';
};

export type EventType = keyof EventData;
/** What happened, before it has a place in a desk's log. */
export type NewEvent = { [T in EventType]: { type: T; data: EventData[T] } }[EventType];
/** `at` is an ISO instant, `actor` a person or null for the clockwork. */
export type Happening = NewEvent & { at: string; actor: string | null };
