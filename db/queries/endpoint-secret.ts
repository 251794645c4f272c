// The secrets of endpoints as they lie in their rows, to be sealed anew.
import type { Db, Transaction } from '../pool.ts';

export type StoredSecrets = { id: string; url: string; secret: string | null };

/** What a sealed secret is bound to. */
export const secretPlace = (id: string, field: 'url' | 'secret'): string => `endpoint/${id}/${field}`;

export async function hasSealedSecrets(db: Db): Promise<boolean> {
  const { rows } = await db.query<{ found: boolean }>({
    name: 'endpoint/any_sealed',
    text: `select exists (select from endpoint where url like 'sealed:%') as found`,
  });
  return rows[0]?.found === true;
}

/** Of all that are there, locked until the transaction ends. An administrator enters some tens of them. */
export async function lockStoredSecrets(tx: Transaction): Promise<StoredSecrets[]> {
  const { rows } = await tx.query<StoredSecrets>({
    name: 'endpoint/lock_secrets',
    text: 'select id, url, secret from endpoint where removed_at is null order by seq for update',
  });
  return rows;
}

export async function saveStoredSecrets(tx: Transaction, { id, url, secret }: StoredSecrets): Promise<void> {
  await tx.query({
    name: 'endpoint/save_secrets',
    text: 'update endpoint set url = $2, secret = $3 where id = $1',
    values: [id, url, secret],
  });
}
