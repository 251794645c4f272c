// Makes summaries: small ones at once, large ones in threads of their own and few at a time, so that nobody else waits.
import { availableParallelism } from 'node:os';
import { weighBelow } from '../../db/queries/figure-weight.ts';
import type { Pool } from '../../db/pool.ts';
import type { Directory } from '../../domain/organisation/organisation.ts';
import { refused } from '../errors.ts';
import { createThreads, OutOfBounds } from '../../ooxml/threads/bounded-threads.ts';
import type { ThreadTask } from './summary-thread.ts';
import { doSummaryWork, readIn, type Names, type SummaryDone, type SummaryWork } from './summary-work.ts';

export type SummaryMaker = {
  /** `ThreadsBusy` where too many wait already, `TOO_LARGE` where it will not fit. */
  make(work: SummaryWork): Promise<SummaryDone>;
};

/** Made within some 50 ms: that many values, and so many bytes of reports as they are stored. */
/** A processor is left to the API and to PostgreSQL. */
const AT_ONCE = Math.max(1, Math.min(2, availableParallelism() - 1));

export type SmallSummary = { values: number; bytes: number };
const SMALL: SmallSummary = { values: 3_000, bytes: 64 * 1024 };

/** `small`: what is made at once; the tests make nothing at once as well. */
export function createSummaryMaker(pool: Pool, small = SMALL): SummaryMaker {
  const threads = createThreads<ThreadTask, SummaryDone>(
    new URL('./summary-thread.ts', import.meta.url),
    // The largest workbook takes some 350 MB while it is written, beside the figures it is written from.
    { heapMb: 640, timeMs: 60_000, atOnce: AT_ONCE, waiting: 8, keptMs: 30_000 },
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
      if (await isSmall(work)) return doSummaryWork(pool, work);
      const { connectionString: database } = pool.options;
      if (database === undefined) throw new Error('the pool has no address');
      try {
        return await threads.run(() => ({ database, work }));
      } catch (error) {
        throw error instanceof OutOfBounds ? refused('TOO_LARGE') : error;
      }
    },
  };
}

const known = new WeakMap<Directory, Names>();

/** The unit's where a code is both; made once of each organisation. */
export function namesIn(directory: Directory): Names {
  const names =
    known.get(directory) ??
    new Map(
      [...directory.taskForces, ...directory.units].map(([code, { name }]): [string, string] => [code, name]),
    );
  known.set(directory, names);
  return names;
}
