// A test of an endpoint: a delivery like any other, sent at once by the process that was asked, and once even if it is asked for again.
import { inTransaction, type Pool, type Transaction } from '../db/pool.ts';
import { insertTest } from '../db/queries/delivery.ts';
import { claimFresh, saveFailed, saveSent } from '../db/queries/delivery-work.ts';
import type { Endpoint } from '../domain/delivery/endpoint.ts';
import { TEST } from '../domain/delivery/message.ts';
import type { AttemptOutcome } from '../domain/delivery/delivery-attempt.ts';

/** Longer than an attempt lasts: only when this process is lost does the channel's workflow send it instead. */
const LEASE_MS = 60_000;

export const layTest = (tx: Transaction, { id, kind }: Endpoint): Promise<number> =>
  insertTest(tx, { channel: kind, endpoint: id, type: TEST, leaseMs: LEASE_MS });

/** Sends it unless another process has begun to. A test is tried once: its failure is the answer. */
export async function sendTest(
  {
    pool,
    sendTest: send,
  }: { pool: Pool; sendTest: (endpoint: Endpoint, uid: string) => Promise<AttemptOutcome> },
  endpoint: Endpoint,
  id: number,
): Promise<void> {
  const claimed = await claimFresh(pool, id, LEASE_MS);
  if (claimed === null) return;
  const { kind, said } = await send(endpoint, claimed.uid);
  if (kind === 'sent') await saveSent(pool, [id], said);
  else await inTransaction(pool, (tx) => saveFailed(tx, id, said));
}
