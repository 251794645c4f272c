// The activities that workflows call: each a set operation, idempotent on its desk or channel, in bounded transactions.
import type { Channel } from '../domain/delivery/channel.ts';

/** Types of failures. They stand in histories: add, never rename. */
export const DESK_FAILURES = {
  /** A node's row could not be treated, so a copy may be owed to the desk above. */
  NODE_NOT_SENT: 'NODE_NOT_SENT',
} as const;

/** A desk below, to be started. */
export type DeskBelow = {
  id: string;
  kind: 'directive' | 'taskForce' | 'unit';
  directive: string;
  node: string | null;
};

export type Turn = {
  /** The mark as it was before this turn's work; handed on to `plan`. */
  asked: number;
  /** The desk needs no clockwork any more. */
  ended: boolean;
  /** false: something of its plan has not gone out. Absent in histories older than this field. */
  issued?: boolean;
};

export type Next = {
  ended: boolean;
  /** Milliseconds to sleep, at least 100; null: until a nudge. */
  delayMs: number | null;
  /** The desk was asked again meanwhile: turn at once. */
  again: boolean;
  /** A clock's time has come already: wake, even if the desk is asked meanwhile. */
  due: boolean;
  plannedWake: string | null;
  counts: Record<string, number>;
};

export interface DeskActivities {
  /**
   * Issues the missing rows of the desk's plan, 500 assignments a transaction; answers the desks below. Idempotent: by
   * the rows that exist.
   */
  issue(desk: string): Promise<DeskBelow[]>;
  /**
   * Carries orders given above down to the desk's assignments, 500 a transaction. Idempotent: by the orders taken in.
   */
  cascade(desk: string): Promise<Turn>;
  /**
   * Merges what has been handed in and sends it up; closes the directive at the top. Idempotent: by the digest of the
   * copy before. NODE_NOT_SENT is final: all else is done, and the desk turns again within a minute.
   */
  rollUp(desk: string): Promise<void>;
  /**
   * Stores the earliest wake and the mark up to which the desk has looked. `retry`: something failed, wake within a
   * minute.
   */
  plan(turn: { desk: string; asked: number; retry: boolean }): Promise<Next>;
  /** Fires every clock that is due, 500 assignments a transaction. Idempotent: each rung is in the log once. */
  wake(desk: string): Promise<void>;
}

/** The result of one round of a channel. */
export type DeliveryRound = {
  sent: number;
  /** Put off, tried in vain, or given up. */
  others: number;
};

export interface DeliveryActivities {
  /**
   * Sends the channel's due deliveries, a hundred claimed at a time, for most of a minute at the longest. Idempotent by
   * each delivery's lease and state: one recorded as sent is never sent again, one sent but not recorded is sent once
   * more under the same id.
   */
  deliver(channel: Channel): Promise<DeliveryRound>;
  /**
   * Makes one delivery of all that waits for a digest whose time has come. Idempotent: what went into a digest waits no
   * more.
   */
  composeDigests(): Promise<{ people: number; digests: number }>;
}
