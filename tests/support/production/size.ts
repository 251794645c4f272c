// How large the production tier plays: as fits CI, or so many times larger by `npm run production:long`, which is told what came of it.
import { appendFileSync } from 'node:fs';

const { PRODUCTION_SIZE, PRODUCTION_REPORT } = process.env;
/** Units, callers under way and commands, times this; and the patience of the tests that play them. */
export const SIZE = Number(PRODUCTION_SIZE ?? 1);

/** What a test has seen, for the table; nothing of it is asserted. */
export function measuredAtSize(what: string, values: Record<string, number>): void {
  if (PRODUCTION_REPORT !== undefined)
    appendFileSync(PRODUCTION_REPORT, `${JSON.stringify({ what, values })}\n`);
}
