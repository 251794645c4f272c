// Rows of `download`: one-time addresses, by their hash.
import type { Db } from '../pool.ts';

/** The session or token an address was made with, by its hash. */
export type KeptSignIn = { kind: 'session' | 'token'; hash: string };
export type WantedDownload = { signIn: KeptSignIn; path: string };

/** Answers its end; null where `most` made with the same sign-in still wait. Those that have ended are deleted. */
export async function insertDownload(
  db: Db,
  hash: string,
  { signIn, path }: WantedDownload,
  { lastsMs, most }: { lastsMs: number; most: number },
): Promise<Date | null> {
  await db.query({ name: 'download/sweep', text: `delete from download where expires_at <= now()` });
  const { rows } = await db.query<{ expiresAt: Date }>({
    name: 'download/insert',
    text: `
      insert into download (hash, kind, sign_in, path, expires_at)
      select $1, $2, $3, $4, now() + $5 * interval '1 millisecond'
       where (select count(*) from download where sign_in = $3) < $6
      returning expires_at as "expiresAt"`,
    values: [hash, signIn.kind, signIn.hash, path, lastsMs, most],
  });
  return rows[0]?.expiresAt ?? null;
}

type DownloadRow = { kind: KeptSignIn['kind']; signIn: string; path: string };
const wanted = (row: DownloadRow | undefined): WantedDownload | null =>
  row === undefined ? null : { signIn: { kind: row.kind, hash: row.signIn }, path: row.path };

/** Of several at once one finds it: it is gone then. */
export async function takeDownload(db: Db, hash: string): Promise<WantedDownload | null> {
  const { rows } = await db.query<DownloadRow>({
    name: 'download/take',
    text: `delete from download where hash = $1 and expires_at > now() returning kind, sign_in as "signIn", path`,
    values: [hash],
  });
  return wanted(rows[0]);
}

export async function findDownload(db: Db, hash: string): Promise<WantedDownload | null> {
  const { rows } = await db.query<DownloadRow>({
    name: 'download/find',
    text: `select kind, sign_in as "signIn", path from download where hash = $1 and expires_at > now()`,
    values: [hash],
  });
  return wanted(rows[0]);
}
