// Changes that many events make alike: clocks that begin anew, requests that are void, orders given and taken in.
import type { Assignment } from './assignment.ts';
import type { Carried, Happening } from './happening.ts';
import { toMillis, type Millis } from '../instant.ts';
import type { Order } from './order.ts';
import type { Clock } from '../policy/policy.ts';

/** Once it is settled or reported, its requests need no answer and its clocks need not stand still. */
export const VOID = {
  extension: null,
  transfer: null,
  declining: null,
  presented: null,
  reportedBy: null,
  gathered: null,
  withdrawn: null,
} as const;
export const ENDED = { ...VOID, suspended: null } as const;

export const carriedWith = (a: Assignment, carried: Carried | undefined): Record<string, number> =>
  carried === undefined ? a.carried : { ...a.carried, [carried.of]: carried.n };

const without = <T>(record: Partial<Record<Clock, T>>, clock: Clock): Partial<Record<Clock, T>> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== clock));

/** A clock begins anew: no rung of it has been taken, it has stood still for no time. */
export const restarted = (a: Assignment, clock: Clock): Assignment => ({
  ...a,
  taken: without(a.taken, clock),
  lifted: without(a.lifted, clock),
  pausedMs: without(a.pausedMs, clock),
});

/** It counts as received as it is now, amendment included, without a receipt. */
export const received = (a: Assignment, at: Millis): Pick<Assignment, 'acknowledgedAt' | 'amended'> => ({
  acknowledgedAt: a.acknowledgedAt ?? at,
  amended: a.amended && { ...a.amended, acknowledgedAt: a.amended.acknowledgedAt ?? at },
});

/** The holder has been heard of: liaison A is not silent. */
export const answered = (a: Assignment): Assignment => (a.unanswered === 0 ? a : { ...a, unanswered: 0 });

/** A request has come or been answered: the clock begins anew if another than before is now the first to wait. */
export function asked(a: Assignment, changes: Partial<Assignment>): Assignment {
  const after = { ...a, ...changes, version: a.version + 1 };
  return firstAsked(a) === firstAsked(after) ? after : restarted(after, 'decide');
}
const firstAsked = ({ extension, transfer, declining }: Assignment): Millis =>
  Math.min(...[extension, transfer, declining].map((request) => request?.at ?? Infinity));

export const ordered = (
  a: Assignment,
  event: Pick<Happening, 'at' | 'actor'>,
  // What a kind carries beside its text is its caller's to give; the rest is counted and signed here.
  order: {
    kind: Order['kind'];
    reason: string | null;
    at?: string;
    until?: string;
    ms?: number;
    from?: string;
    to?: string;
    due?: string;
  },
): Order[] => [
  ...a.orders,
  { n: a.orders.length + 1, by: event.actor ?? '', at: event.at, ...order } as Order,
];

/** A new due time starts its ladder anew; the old one has had its rungs (each fires once). */
export const retimed = (
  a: Assignment,
  dueAt: Millis,
  at: Millis,
): Pick<Assignment, 'dueAt' | 'overdue' | 'reminded' | 'retimedAt' | 'taken' | 'lifted'> => ({
  dueAt,
  overdue: false,
  reminded: 0,
  retimedAt: at,
  taken: without(a.taken, 'due'),
  lifted: without(a.lifted, 'due'),
});

/** Another due time given by hand; as it was where none is given. */
export const retimedByHand = (a: Assignment, dueAt: string | undefined, at: Millis): Partial<Assignment> =>
  dueAt === undefined ? {} : { ...retimed(a, toMillis(dueAt), at), basis: { by: 'instant' } };

/** A receipt asked anew by that time begins its clock anew; as it was where none is asked. */
export const receiptAsked = (a: Assignment, acknowledgeBy: string | undefined): Assignment =>
  acknowledgeBy === undefined
    ? a
    : { ...restarted(a, 'acknowledge'), acknowledgeBy: toMillis(acknowledgeBy) };
