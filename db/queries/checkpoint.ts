// Rows of `checkpoint` and `checkpoint_head`: the ends of all chains as they were signed.
import type { Db, Transaction } from '../pool.ts';

/** A chain's end; `chain` is empty for the installation's own log. */
export type ChainEnd = { chain: string; seq: number; hash: string };

/** Where the newest checkpoint saw this chain end; null where none has. */
export type ChainAnchor = { seq: number; hash: string };

export async function findAnchor(db: Db, chain: string): Promise<ChainAnchor | null> {
  const { rows } = await db.query<ChainAnchor>({
    name: 'checkpoint_head/find',
    text: `
      select h.seq, h.hash from checkpoint_head h
       where h.chain = $1 and exists (select from checkpoint c where c.n = h.checkpoint)
       order by h.checkpoint desc limit 1`,
    values: [chain],
  });
  return rows[0] ?? null;
}

export type CheckpointRow = {
  n: number;
  at: Date;
  by: string | null;
  chains: number;
  events: number;
  digest: string;
  key: string;
  signature: string;
};

const COLUMNS = 'n, at, by, chains, events, digest, key, signature';

/** Newest first; `before` is the last number already shown. */
export async function listCheckpoints(
  db: Db,
  before: number | null,
  limit: number,
): Promise<CheckpointRow[]> {
  const { rows } = await db.query<CheckpointRow>({
    name: 'checkpoint/list',
    text: `select ${COLUMNS} from checkpoint where $1::int is null or n < $1 order by n desc limit $2`,
    values: [before, limit],
  });
  return rows;
}

export async function findCheckpoint(db: Db, n: number): Promise<CheckpointRow | null> {
  const { rows } = await db.query<CheckpointRow>({
    name: 'checkpoint/find',
    text: `select ${COLUMNS} from checkpoint where n = $1`,
    values: [n],
  });
  return rows[0] ?? null;
}

/** Seconds since the newest was made; null before the first. */
export async function findCheckpointAge(db: Db): Promise<number | null> {
  const { rows } = await db.query<{ seconds: number }>({
    name: 'checkpoint/age',
    text: `select extract(epoch from clock_timestamp() - at)::float8 as seconds from checkpoint order by n desc limit 1`,
  });
  return rows[0]?.seconds ?? null;
}

/** One checkpoint is made at a time; the lock ends with the transaction. */
export async function lockCheckpoints(tx: Transaction): Promise<void> {
  await tx.query({
    name: 'checkpoint/lock',
    text: `select pg_advisory_xact_lock(hashtextextended('checkpoint', 0))`,
  });
}

/**
 * Opens a reading of the ends of all chains, in the order of their names byte by byte, the installation's own first.
 * One sort for all pages; at the moment the transaction began.
 */
export async function openChainEnds(tx: Transaction): Promise<void> {
  await tx.query(`
    declare chain_ends no scroll cursor for
    select chain, seq, hash
      from (select '' as chain, seq, hash from security_head
             union all
            select id, seq, encode(hash, 'hex') from desk) as ends
     order by chain collate "C"`);
}

export async function readChainEnds(tx: Transaction, limit: number): Promise<ChainEnd[]> {
  const { rows } = await tx.query<ChainEnd>(`fetch ${limit} from chain_ends`);
  return rows;
}

/** Keeps those of these ends that differ from the checkpoint before; doing it again changes nothing. */
export async function saveChangedEnds(db: Db, n: number, ends: readonly ChainEnd[]): Promise<void> {
  await db.query({
    name: 'checkpoint_head/save',
    text: `
      insert into checkpoint_head (chain, checkpoint, seq, hash)
      select e.chain, $1, e.seq, e.hash
        from unnest($2::text[], $3::int[], $4::text[]) as e (chain, seq, hash)
        left join lateral (
          select h.hash from checkpoint_head h where h.chain = e.chain and h.checkpoint < $1
           order by h.checkpoint desc limit 1) before on true
       where before.hash is distinct from e.hash
      on conflict (chain, checkpoint) do update set seq = excluded.seq, hash = excluded.hash`,
    values: [n, ends.map(({ chain }) => chain), ends.map(({ seq }) => seq), ends.map(({ hash }) => hash)],
  });
}

export async function insertCheckpoint(
  tx: Transaction,
  checkpoint: Omit<CheckpointRow, 'at'> & { at: string },
): Promise<void> {
  const { n, at, by, chains, events, digest, key, signature } = checkpoint;
  await tx.query({
    name: 'checkpoint/insert',
    text: `insert into checkpoint (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [n, at, by, chains, events, digest, key, signature],
  });
}

/** The ends of all chains as checkpoint `n` has them, after chain `after`. */
export async function listEndsAt(
  db: Db,
  n: number,
  after: string | null,
  limit: number,
): Promise<ChainEnd[]> {
  const { rows } = await db.query<ChainEnd>({
    name: 'checkpoint_head/list',
    text: `
      select distinct on (chain) chain, seq, hash from checkpoint_head
       where checkpoint <= $1 and ($2::text is null or chain > $2)
       order by chain, checkpoint desc limit $3`,
    values: [n, after, limit],
  });
  return rows;
}

/** For each of these ends: does the record have an event there with that hash? In their order. */
export async function listWhetherKept(db: Db, ends: readonly ChainEnd[]): Promise<boolean[]> {
  const { rows } = await db.query<{ kept: boolean }>({
    name: 'checkpoint_head/kept',
    text: `
      select case when e.seq = 0 then true
                  when e.chain = ''
                  then exists (select from security_event s where s.seq = e.seq and s.hash = e.hash)
                       and (select h.seq from security_head h) >= e.seq
                  else exists (select from event v
                                where hashtextextended(v.desk, 0) = hashtextextended(e.chain, 0) and v.desk = e.chain
                                  and v.seq = e.seq and v.hash = decode(e.hash, 'hex'))
                       and exists (select from desk d where d.id = e.chain and d.seq >= e.seq) end as kept
        from unnest($1::text[], $2::int[], $3::text[]) with ordinality as e (chain, seq, hash, nth)
       order by e.nth`,
    values: [ends.map(({ chain }) => chain), ends.map(({ seq }) => seq), ends.map(({ hash }) => hash)],
  });
  return rows.map(({ kept }) => kept);
}
