// The size of the production tier: small for CI, or multiplied by `npm run production:long`, which prints the
// measurements.
import { appendFileSync } from 'node:fs';

const { PRODUCTION_SIZE, PRODUCTION_REPORT } = process.env;
/** Multiplies units, concurrent callers and commands, and the time limits of the tests that play them. */
export const SIZE = Number(PRODUCTION_SIZE ?? 1);

/** A measurement of a test, for the table; nothing of it is asserted. */
export function measuredAtSize(what: string, values: Record<string, number>): void {
  if (PRODUCTION_REPORT !== undefined)
    appendFileSync(PRODUCTION_REPORT, `${JSON.stringify({ what, values })}\n`);
}
