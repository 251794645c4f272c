// The rolling check of all chains: a slice in each round of the sentinel, from the desk where the last one stopped (law 8).
import { inTransaction, type Pool, type Transaction } from '../db/pool.ts';
import {
  beginChainPass,
  dropChainFaults,
  endChainPass,
  findChainPass,
  listChainHeads,
  saveChainFaults,
  saveChainPlace,
  type ChainFault,
  type ChainHead,
  type ChainPlace,
} from '../db/queries/chain-check.ts';
import { listChain } from '../db/queries/event.ts';
import { ChainWalk, loggedLink } from '../reading/chain.ts';

/**
 * A slice hashes at most so many events and looks at so many desks: some 100 ms of a core every 5 s. A million events
 * take a good hour.
 */
const SLICE = { events: 2_000, desks: 200 };
/** Events read in one go: a megabyte or two. */
const EVENTS_A_PAGE = 500;
/** Time from the beginning of one pass to that of the next: a small record is not hashed over and over. */
const PASS_EVERY_MS = 3_600_000;

export type ChainCheckOptions = { slice?: { events: number; desks: number }; passEveryMs?: number };
export type ChainSlice = {
  /** Broken chains met in this slice, known before or not. */
  faults: ChainFault[];
  /** Does this slice end the pass over all chains? */
  isLast: boolean;
};

/** null between two passes. By one worker at a time; one that dies in it begins this slice again. */
export async function checkChains(pool: Pool, options: ChainCheckOptions = {}): Promise<ChainSlice | null> {
  const pass = await findChainPass(pool);
  let place = pass?.place ?? null;
  if (place === null) {
    if (pass !== null && pass.sinceBeganMs < (options.passEveryMs ?? PASS_EVERY_MS)) return null;
    await inTransaction(pool, beginChainPass);
    place = { desk: '', seq: null, hash: null };
  }
  const read = await readSlice(pool, place, options.slice ?? SLICE);
  await inTransaction(pool, async (tx) => {
    if (read.whole.length > 0) await dropChainFaults(tx, read.whole);
    if (read.faults.length > 0) await saveChainFaults(tx, read.faults);
    if (read.place === null) await endChainPass(tx);
    else await saveChainPlace(tx, read.place);
  });
  return { faults: read.faults, isLast: read.place === null };
}

type SliceRead = {
  /** Where the next slice begins; null at the end of the pass. */
  place: ChainPlace | null;
  faults: ChainFault[];
  /** Desks that hold to their end. */
  whole: string[];
};

/** Read at one moment, so that a desk's head fits the events read; no other waits for a transaction that only reads. */
async function readSlice(pool: Pool, from: ChainPlace, slice: typeof SLICE): Promise<SliceRead> {
  return inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const heads = await listChainHeads(tx, { desk: from.desk, inclusive: from.seq !== null }, slice.desks);
    const read: SliceRead = { place: from, faults: [], whole: [] };
    let left = slice.events;
    for (const head of heads) {
      const start = head.id === from.desk ? from : null;
      const walked = await walkFrom(tx, head, start, left);
      left -= walked.events;
      if ('stopped' in walked) {
        read.place = { desk: head.id, ...walked.stopped };
        return read;
      }
      if (walked.brokenAt === null) read.whole.push(head.id);
      else read.faults.push({ desk: head.id, directive: head.directive, seq: walked.brokenAt });
      read.place = { desk: head.id, seq: null, hash: null };
    }
    if (heads.length < slice.desks) read.place = null;
    return read;
  });
}

type Walked = { events: number } & ({ brokenAt: number | null } | { stopped: { seq: number; hash: string } });

/** Reads to the desk's end or its first broken link, or until so many events are read. */
async function walkFrom(
  tx: Transaction,
  head: ChainHead,
  start: ChainPlace | null,
  most: number,
): Promise<Walked> {
  const chain = new ChainWalk({ seq: start?.seq ?? 0, hash: start?.hash ?? '' });
  let events = 0;
  for (;;) {
    const limit = Math.min(EVENTS_A_PAGE, most - events);
    if (limit <= 0) return { events, stopped: chain.place() };
    const page = await listChain(tx, head.directive, head.id, chain.place().seq, limit);
    for (const event of page) chain.take(loggedLink(head.directive, event));
    events += page.length;
    if (chain.isBroken() || page.length < limit) return { events, brokenAt: chain.brokenAt(head.hash) };
  }
}
