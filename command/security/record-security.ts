// Writes to the installation's own log what was done to it, in the transaction that does it.
import type { Transaction } from '../../db/pool.ts';
import {
  insertSecurityEvents,
  lockSecurityLog,
  type NewSecurityEvent,
} from '../../db/queries/security-event.ts';
import type { SecurityEvent, SecurityOrigin } from '../../domain/audit/security-event.ts';
import { toIso } from '../../domain/instant.ts';
import { linkHash } from '../../reading/chain.ts';
import { securityLink } from '../../reading/security-link.ts';

/** `receivedMs`: when it happened, where that was before it is written. */
export type SecurityEntry = SecurityOrigin & SecurityEvent & { receivedMs?: number };

/**
 * The last statement of a transaction: the log has one end, and all who write to it wait until this transaction is over.
 * What changes nothing (a sign-in, a download) goes by a `SecurityLog` (security-log.ts) instead.
 */
export async function recordSecurity(tx: Transaction, ...entries: readonly SecurityEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const { seq, hash, nowMs } = await lockSecurityLog(tx);
  const at = toIso(nowMs);
  let previous = hash;
  const events = entries.map((entry, n): NewSecurityEvent => {
    const { type, actor, token, address, data, receivedMs } = entry;
    const received = receivedMs === undefined ? at : toIso(receivedMs);
    const event = { seq: seq + n + 1, type, actor, token, address, received, at, data };
    previous = linkHash(previous, securityLink(event));
    return { ...event, hash: previous };
  });
  await insertSecurityEvents(tx, events);
}
