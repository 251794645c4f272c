// Runs in a thread of its own: reports are read, merged, planned and written here, on a connection of its own.
import { createPool } from '../../db/pool.ts';
import { ownBytes, serveTasks } from '../../ooxml/threads/serve-tasks.ts';
import { summaryPress } from './summary-press.ts';
import { doSummaryWork, type SummaryDone, type SummaryWork } from '../../reading/summary-work.ts';

export type ThreadTask = { database: string; work: SummaryWork };

serveTasks(
  async ({ database, work }: ThreadTask): Promise<SummaryDone> => {
    // For this task only: an idle connection would hinder a shutdown of the database.
    const pool = createPool(database, { max: 1, name: 'summary', onError: () => undefined });
    try {
      const done = await doSummaryWork(pool, work, summaryPress);
      return 'bytes' in done ? { bytes: ownBytes(done.bytes) } : done;
    } finally {
      await pool.end();
    }
  },
  (done) => ('bytes' in done ? [done.bytes.buffer as ArrayBuffer] : []),
);
