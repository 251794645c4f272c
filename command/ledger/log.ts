// The end of a desk's log: the actor of an event, and its number, time and link in the chain.
import { toIso, type Millis } from '../../domain/instant.ts';
import type { DeskRow } from '../../db/queries/ledger.ts';
import type { Writing } from '../../db/queries/writing.ts';
import { linkHash } from '../../reading/chain.ts';

/** The actor, the time of receipt, and the command. */
export type By = { actor: string | null; token: string | null; receivedMs: Millis; command: string | null };

/** The clockwork writes in no person's name, and for no command. */
export const clockwork = (receivedMs: Millis): By => ({
  actor: null,
  token: null,
  receivedMs,
  command: null,
});

/** Puts an event at the end of the desk's log. The log's time never goes back: see law 4. */
export function logOnto(
  desk: DeskRow,
  event: { assignment: string | null; type: string; data: unknown },
  by: By,
): Omit<Writing['events'][number], 'command_id'> {
  const atMs = Math.max(by.receivedMs, desk.lastAtMs);
  const link = {
    directive: desk.directive,
    desk: desk.id,
    seq: desk.seq + 1,
    ...event,
    actor: by.actor,
    token: by.token,
    received: toIso(by.receivedMs),
    at: toIso(atMs),
  };
  desk.seq = link.seq;
  desk.hash = linkHash(desk.hash, link);
  desk.lastAtMs = atMs;
  return { ...link, hash: desk.hash };
}
