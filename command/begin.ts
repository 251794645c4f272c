// How a process begins on its database: it waits while PostgreSQL is away, and ends with a sentence where waiting is no help.
import { checkFitness, UnfitServer } from '../db/fitness.ts';
import { isAway, type Pool } from '../db/pool.ts';
import { awaited, type AwaitedLog } from './awaited.ts';

/** Asks PostgreSQL during a start, and waits while it is away: it may go away again at any moment. */
export const whenPostgresIsThere = <T>(log: AwaitedLog, ask: () => Promise<T>): Promise<T> =>
  awaited('PostgreSQL', ask, { log, mayPass: isAway });

export async function beginOn(
  pool: Pool,
  log: AwaitedLog & { fatal(about: object, text: string): void },
): Promise<void> {
  try {
    await whenPostgresIsThere(log, () => checkFitness(pool));
  } catch (error) {
    if (error instanceof UnfitServer) log.fatal({}, error.message);
    else log.fatal({ err: error }, 'PostgreSQL is there and refuses us: look at DATABASE_URL');
    // Not the code of a wrong environment: a supervisor's next try may find the schema brought up to date.
    process.exit(1);
  }
}
