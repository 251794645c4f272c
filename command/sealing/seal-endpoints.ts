// Seals what endpoints still keep in the clear or under an older key; done by each API process at its start.
import type { Logger } from 'pino';
import { inTransaction, type Pool } from '../../db/pool.ts';
import { lockStoredSecrets, saveStoredSecrets, secretPlace } from '../../db/queries/endpoint-secret.ts';
import type { SecretBox } from '../../db/secret-box.ts';
import type { KeySource } from './key-file.ts';

/** `locked`: endpoints whose key is not here. */
export type Sealing = { sealed: number; locked: string[] };

/** Idempotent: the rows are locked, and one that is sealed with the first key is left alone. */
export function sealEndpoints(pool: Pool, box: SecretBox): Promise<Sealing> {
  return inTransaction(pool, async (tx) => {
    const done: Sealing = { sealed: 0, locked: [] };
    for (const row of await lockStoredSecrets(tx)) {
      const { id } = row;
      const [url, secret] = (['url', 'secret'] as const).map((field) => {
        const stored = row[field];
        return stored === null ? null : box.open(stored, secretPlace(id, field));
      });
      if (url === null || (row.secret !== null && secret === null)) {
        done.locked.push(id);
        continue;
      }
      const isOutdated = box.isOutdated(row.url) || (row.secret !== null && box.isOutdated(row.secret));
      if (!isOutdated) continue;
      await saveStoredSecrets(tx, {
        id,
        url: box.seal(url ?? '', secretPlace(id, 'url')),
        secret: secret === null || secret === undefined ? null : box.seal(secret, secretPlace(id, 'secret')),
      });
      done.sealed += 1;
    }
    return done;
  });
}

/**
 * Makes the key if nothing was sealed yet: with sealed rows a new key would open none of them, and hide that the old one
 * is missing. The installation works on without it, its endpoints do not.
 */
export async function keepSecretsSealed(
  { pool, box, log }: { pool: Pool; box: SecretBox; log: Pick<Logger, 'info' | 'error'> },
  source: KeySource,
  hasSealed: (pool: Pool) => Promise<boolean>,
): Promise<void> {
  if (source.keys().length === 0 && !(await hasSealed(pool))) source.make();
  const { sealed, locked } = await sealEndpoints(pool, box);
  if (sealed > 0) log.info({ sealed }, 'secrets of endpoints were sealed with the first key');
  if (locked.length > 0)
    log.error(
      { endpoints: locked },
      'these endpoints were sealed with a key that is not here: bring secrets.key back into DATA_DIR or set SECRETS_KEY to the keys of before, or enter their addresses and secrets anew; all else works',
    );
}
