// A record that was brought back goes on: epoch raised, Temporal brought in line with it, everything looked over.
import type { Client } from '@temporalio/client';
import { keepEpoch } from '../db/epoch.ts';
import type { Pool } from '../db/pool.ts';
import { prepareNamespace } from './namespace.ts';
import { readNamespaceMark } from './namespace-mark.ts';
import { rebuild, type Rebuilt } from './rebuild.ts';
import { verifyRecord, type Verified } from '../reading/verification.ts';

export type GoneOn = { epoch: number; temporal: Rebuilt; record: Verified };

/**
 * Idempotent but for the epoch, which rises each time. It rises above the epoch in the namespace's mark too: if a record
 * is brought back twice, readers may still hold positions of the first time.
 */
export async function goOn(
  deps: {
    pool: Pool;
    client: Client;
    taskQueue: string;
    log: { info(about: object, text: string): void; warn(about: object, text: string): void };
  },
  takesOver: boolean,
): Promise<GoneOn> {
  const { pool, client, log } = deps;
  await prepareNamespace(client.connection, client.options.namespace);
  const theirs = await readNamespaceMark(client);
  const { installation, epoch } = await keepEpoch(pool, (theirs?.epoch ?? 0) + 1);
  log.info({ epoch }, 'the epoch is raised');
  const temporal = await rebuild(
    { ...deps, mark: { installation, epoch } },
    (desks) => {
      log.info({ desks }, 'desks started');
    },
    takesOver,
  );
  log.info(temporal, 'Temporal knows what the record knows');
  const record = await verifyRecord(pool, (directives) => {
    if (directives % 100 === 0) log.info({ directives }, 'verified');
  });
  return { epoch, temporal, record };
}
