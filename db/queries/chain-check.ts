// Rows of `chain_check` and `chain_fault`: how far the check of all chains has come, and which chains are broken.
import type { Db, Transaction } from '../pool.ts';

/**
 * The chain looked at last; empty is the installation's own log, which comes first.
 *
 * | seq, hash | row  | where it stands                                          |
 * | --------- | ---- | -------------------------------------------------------- |
 * | null      | null | it is done: the next one                                 |
 * | set       | null | within its chain, after that event                       |
 * | seq set   | set  | the chain is done; within the desk's rows, after that one |
 */
export type ChainPlace = { chain: string; seq: number | null; hash: string | null; row: string | null };

export type ChainPass = {
  /** null between two passes. */
  place: ChainPlace | null;
  sinceBeganMs: number;
};

/** null before the first pass. */
export async function findChainPass(db: Db): Promise<ChainPass | null> {
  const { rows } = await db.query<{
    desk: string | null;
    seq: number | null;
    hash: string | null;
    row: string | null;
    ms: number;
  }>({
    name: 'chain_check/find',
    text: `
      select desk, seq, hash, row, (extract(epoch from clock_timestamp() - began_at) * 1000)::float8 as ms
        from chain_check where is_only`,
  });
  const [row] = rows;
  if (row === undefined) return null;
  const { desk, seq, hash, ms } = row;
  return { place: desk === null ? null : { chain: desk, seq, hash, row: row.row }, sinceBeganMs: ms };
}

export async function beginChainPass(tx: Transaction): Promise<void> {
  await tx.query({
    name: 'chain_check/begin',
    text: `
      insert into chain_check (desk, seq, hash) values ('', 0, '')
      on conflict (is_only) do update set began_at = clock_timestamp(), desk = '', seq = 0, hash = '', row = null`,
  });
}

export async function saveChainPlace(tx: Transaction, { chain, seq, hash, row }: ChainPlace): Promise<void> {
  await tx.query({
    name: 'chain_check/save',
    text: 'update chain_check set desk = $1, seq = $2, hash = $3, row = $4 where is_only',
    values: [chain, seq, hash, row],
  });
}

/** A fault that this pass did not find again belongs to no existing desk. */
export async function endChainPass(tx: Transaction): Promise<void> {
  await tx.query({
    name: 'chain_check/drop_unseen',
    text: 'delete from chain_fault where seen_at < (select began_at from chain_check where is_only)',
  });
  await tx.query({
    name: 'chain_check/end',
    text: `
      update chain_check set finished_at = clock_timestamp(), desk = null, seq = null, hash = null, row = null
       where is_only`,
  });
}

export type ChainHead = { id: string; directive: string; seq: number; hash: string };

/** In the order of their ids, from `from` on, with or without `from` itself. */
export async function listChainHeads(
  db: Db,
  from: { desk: string; inclusive: boolean; directive: string | null },
  limit: number,
): Promise<ChainHead[]> {
  const { rows } = await db.query<ChainHead>({
    name: 'chain_check/list_heads',
    text: `
      select id, directive, seq, encode(hash, 'hex') as hash
        from desk where id >= $1 and (id <> $1 or $2) and ($4::text is null or directive = $4) order by id limit $3`,
    values: [from.desk, from.inclusive, limit, from.directive],
  });
  return rows;
}

/** The chain itself, a report that is not the one it tells of, or a row that is not what it makes it. */
export type BrokenPart = 'chain' | 'submission' | 'row';
/** `desk` and `directive` are empty for the installation's own log. */
export type ChainFault = {
  desk: string;
  directive: string;
  seq: number;
  what: BrokenPart;
  assignment: string | null;
};

export async function saveChainFaults(tx: Transaction, faults: readonly ChainFault[]): Promise<void> {
  await tx.query({
    name: 'chain_fault/save',
    text: `
      insert into chain_fault (desk, directive, seq, what, assignment)
      select * from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[])
      on conflict (desk) do update
        set directive = excluded.directive, seq = excluded.seq, what = excluded.what,
            assignment = excluded.assignment, seen_at = clock_timestamp()`,
    values: [
      faults.map(({ desk }) => desk),
      faults.map(({ directive }) => directive),
      faults.map(({ seq }) => seq),
      faults.map(({ what }) => what),
      faults.map(({ assignment }) => assignment),
    ],
  });
}

/** Removes the faults of desks that were checked again and hold. */
export async function dropChainFaults(tx: Transaction, desks: readonly string[]): Promise<void> {
  await tx.query({
    name: 'chain_fault/drop',
    text: 'delete from chain_fault where desk = any ($1::text[])',
    values: [desks],
  });
}

/** `ageSeconds`: since the last pass over all chains ended; null before the first has begun. */
export type ChainState = { broken: number; ageSeconds: number | null };

export async function findChainState(db: Db): Promise<ChainState> {
  const { rows } = await db.query<ChainState>({
    name: 'chain_check/state',
    text: `
      select (select count(*) from chain_fault) as broken,
             (select extract(epoch from clock_timestamp() - coalesce(finished_at, since))::float8
                from chain_check where is_only) as "ageSeconds"`,
  });
  if (rows[0] === undefined) throw new Error('a count returned no row');
  return rows[0];
}
