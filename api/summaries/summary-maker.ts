// Makes summaries: small ones at once, large ones in threads and few at a time, so that no other request waits for them.
import { weighBelow } from '../../db/queries/figure-weight.ts';
import type { Pool } from '../../db/pool.ts';
import { ofTheDisk } from '../../files/store-away.ts';
import { refused } from '../errors.ts';
import { createThreads, OutOfBounds } from '../../ooxml/threads/bounded-threads.ts';
import { WORK } from '../../ooxml/threads/kinds-of-work.ts';
import type { ThreadBudget } from '../../ooxml/threads/thread-budget.ts';
import type { ThreadTask } from './summary-thread.ts';
import { summaryPress } from './summary-press.ts';
import { doSummaryWork, readIn, type SummaryDone, type SummaryWork } from '../../reading/summary-work.ts';

export type SummaryMaker = {
  /** `ThreadsFull` where too many wait already, `TOO_LARGE` where it will not fit, `StoreAway` where the disk cannot take it. */
  make(work: SummaryWork): Promise<SummaryDone>;
};

/** Made within some 50 ms: that many values, and so many bytes of reports as they are stored. */
export type SmallSummary = { values: number; bytes: number };
const SMALL: SmallSummary = { values: 3_000, bytes: 64 * 1024 };

/** `small`: summaries up to this size are made at once; tests also try it with none made at once. */
export function createSummaryMaker(budget: ThreadBudget, pool: Pool, small = SMALL): SummaryMaker {
  const threads = createThreads<ThreadTask, SummaryDone>(
    budget,
    new URL('./summary-thread.ts', import.meta.url),
    WORK['make summary'],
  );

  async function isSmall(work: SummaryWork): Promise<boolean> {
    let values = 0;
    let bytes = 0;
    for (const place of readIn(work)) {
      const weight = await weighBelow(pool, place, work.basis === 'reported');
      values += weight.assignments * place.fields;
      bytes += weight.bytes;
      if (values > small.values || bytes > small.bytes) return false;
    }
    return true;
  }

  return {
    async make(work) {
      const { connectionString: database } = pool.options;
      if (database === undefined) throw new Error('the pool has no address');
      try {
        if (await isSmall(work)) return await doSummaryWork(pool, work, summaryPress);
        return await threads.run(() => ({ database, work }));
      } catch (error) {
        throw error instanceof OutOfBounds ? refused('TOO_LARGE') : ofTheDisk(error);
      }
    },
  };
}
