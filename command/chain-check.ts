// The rolling check of the record: a slice in each round of the sentinel, from where the last one stopped (laws 7 and 8).
import { inTransaction, type Pool } from '../db/pool.ts';
import {
  beginChainPass,
  dropChainFaults,
  endChainPass,
  findChainPass,
  saveChainFaults,
  saveChainPlace,
  type ChainFault,
} from '../db/queries/chain-check.ts';
import { AUDIT_BEGINNING, readAuditSlice, type AuditBudget } from '../reading/audit/audit-slice.ts';

/**
 * A slice reads at most so many events, or content and rows as costly, and looks at so many desks: some 100 ms of a core
 * every 5 s. A million events with their reports and rows take some three hours.
 */
const SLICE: AuditBudget = { events: 2_000, desks: 200 };
/** Time from the beginning of one pass to that of the next: a small record is not hashed over and over. */
const PASS_EVERY_MS = 3_600_000;

export type ChainCheckOptions = { slice?: AuditBudget; passEveryMs?: number };
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
    place = AUDIT_BEGINNING;
  }
  const read = await readAuditSlice(pool, place, options.slice ?? SLICE);
  const faults = read.chains.flatMap(({ chain: desk, directive, fault }) =>
    fault === null ? [] : [{ desk, directive, ...fault }],
  );
  const whole = read.chains.flatMap(({ chain, fault, isDone }) => (isDone && fault === null ? [chain] : []));
  await inTransaction(pool, async (tx) => {
    if (whole.length > 0) await dropChainFaults(tx, whole);
    if (faults.length > 0) await saveChainFaults(tx, faults);
    if (read.place === null) await endChainPass(tx);
    else await saveChainPlace(tx, read.place);
  });
  return { faults, isLast: read.place === null };
}
