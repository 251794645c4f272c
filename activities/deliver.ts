// One round of a channel: claims a hundred due deliveries at a time and sends ten at once, so that a slow one does not
// delay the others.
import { cancellationSignal, heartbeat } from '@temporalio/activity';
import { claimDue, saveLater } from '../db/queries/delivery-work.ts';
import type { Channel } from '../domain/delivery/channel.ts';
import type { AttemptOutcome } from '../domain/delivery/delivery-attempt.ts';
import { GATHER_MS } from '../domain/delivery/routing.ts';
import type { DeliveryRound } from './contracts.ts';
import { record, send, type DispatchDeps } from './dispatch.ts';
import { packParcels, type Parcel, type ParcelDeps } from './parcel.ts';
import { createSlots } from './slots.ts';

export type DeliverDeps = ParcelDeps &
  DispatchDeps & {
    /** The process is about to end: attempts under way finish, and no more begin. */
    isStopping?(): boolean;
    /** Called with the result of an attempt, and for how many deliveries. */
    onOutcome?(channel: Channel, outcome: AttemptOutcome['kind'], deliveries: number): void;
  };

const CLAIMED_AT_ONCE = 100;
/** Attempts under way at the same time in one channel, and the mailer's connections. */
export const SENT_AT_ONCE = 10;
/** Time-out of one attempt to any receiver; a single slow one of ten costs the others nothing. */
export const ATTEMPT_MS = 10_000;
/** The lease of a claim. After it another worker may claim the delivery. */
export const LEASE_MS = 60_000;
const CLAIM = { limit: CLAIMED_AT_ONCE, leaseMs: LEASE_MS, gatherMs: GATHER_MS };
/**
 * No attempt begins later in a round: with its time-out, and the time to record it, it ends within the lease of
 * everything claimed since the round began.
 */
const ROUND_MS = 40_000;
const HEARTBEAT_MS = 3_000;

export async function deliverDue(deps: DeliverDeps, channel: Channel): Promise<DeliveryRound> {
  const endMs = performance.now() + ROUND_MS;
  const isOver = (): boolean =>
    performance.now() >= endMs || cancellationSignal().aborted || deps.isStopping?.() === true;
  const slots = createSlots(SENT_AT_ONCE);
  const round: DeliveryRound = { sent: 0, others: 0 };
  const unsent: number[] = [];
  const lanes = new Map<string, Parcel[]>();
  const beat = setInterval(() => {
    heartbeat(round);
  }, HEARTBEAT_MS);

  /** One receiver's parcels, one after the other; a receiver that does not answer is not tried again in this lane. */
  async function sendLane(receiver: string, lane: Parcel[]): Promise<void> {
    let silence: AttemptOutcome | null = null;
    try {
      for (let parcel = lane.shift(); parcel !== undefined; parcel = lane.shift()) {
        const ids = parcel.deliveries.map(({ id }) => id);
        if (silence === null && isOver()) {
          unsent.push(...ids);
          continue;
        }
        const outcome: AttemptOutcome = silence ?? (await send(deps, parcel));
        await record(deps, parcel, outcome);
        deps.onOutcome?.(channel, outcome.kind, ids.length);
        if (outcome.kind === 'failed' || outcome.kind === 'busy') silence = outcome;
        round[outcome.kind === 'sent' ? 'sent' : 'others'] += ids.length;
      }
    } finally {
      // In the same turn in which the lane was found empty, so that nothing is added to a lane that has ended.
      lanes.delete(receiver);
    }
  }

  /** A slow receiver takes up one slot, however many parcels it has. */
  async function queue(parcel: Parcel): Promise<void> {
    const receiver = receiverOf(parcel);
    const waiting = lanes.get(receiver);
    if (waiting) {
      waiting.push(parcel);
      return;
    }
    await slots.free();
    const lane = [parcel];
    lanes.set(receiver, lane);
    slots.start(() => sendLane(receiver, lane));
  }

  try {
    while (!isOver()) {
      const claimed = await claimDue(deps.pool, channel, CLAIM);
      if (claimed.length === 0) break;
      for (const parcel of await packParcels(deps, claimed)) await queue(parcel);
    }
    await slots.idle();
    // Given back unchanged: the next round claims them at once.
    if (unsent.length > 0) await saveLater(deps.pool, unsent, { afterMs: 0, counts: false, said: null });
    return round;
  } finally {
    clearInterval(beat);
  }
}

/** A webhook's receiver is a machine, and takes several at once. */
const LANES_OF_A_WEBHOOK = 4;

function receiverOf(parcel: Parcel): string {
  const id = parcel.deliveries[0]?.id ?? 0;
  switch (parcel.kind) {
    case 'mail':
      return parcel.to;
    case 'robot':
      return parcel.endpoint.id;
    case 'webhook':
      return `${parcel.endpoint.id} ${id % LANES_OF_A_WEBHOOK}`;
    case 'undeliverable':
    case 'locked':
      return String(id);
  }
}
