// The installation's own log: people made administrators, and how; chained, so that a row changed later shows.
import type { Transaction } from '../db/pool.ts';
import {
  insertInstallationEvent,
  lockInstallationLog,
  type InstallationEventRow,
} from '../db/queries/installation-log.ts';
import { toIso } from '../domain/instant.ts';
import { linkHash, type Link } from '../reading/chain.ts';

/**
 * `administratorsChanged`: over the API, by an administrator.
 * `administratorRestored`: by `npm run admin`, on the machine itself.
 */
export type InstallationEventType = 'administratorsChanged' | 'administratorRestored';

/** The event as a link of a chain; it has no directive, and the log's own name stands for a desk. */
export const installationLink = (
  event: Omit<InstallationEventRow, 'hash' | 'at'> & { at: string },
): Link => ({
  directive: '',
  desk: 'installation',
  seq: event.seq,
  assignment: null,
  type: event.type,
  actor: event.actor,
  token: null,
  received: event.at,
  at: event.at,
  data: event.data,
});

/** Runs in the transaction that makes the change; holds the installation's row until that ends. */
export async function logInstallation(
  tx: Transaction,
  event: { type: InstallationEventType; actor: string | null; data: unknown },
): Promise<void> {
  const end = await lockInstallationLog(tx);
  const written = { ...event, seq: end.seq + 1, at: toIso(end.nowMs) };
  await insertInstallationEvent(tx, { ...written, hash: linkHash(end.hash, installationLink(written)) });
}
