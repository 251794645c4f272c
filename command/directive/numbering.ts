// The number of a directive that was taken back at once: free for the one that should have gone out.
import type { DirectiveTerms } from '../../db/queries/directive.ts';
import { hasApproved, listNumbersLike } from '../../db/queries/directive-writing.ts';
import type { Transaction } from '../../db/pool.ts';
import { givenUp } from '../../domain/directive/given-up.ts';
import { DAY_MS, type Millis } from '../../domain/instant.ts';

/** Within a day a mistake is noticed; later others have quoted the number. */
const TAKEN_BACK_WITHIN_MS = DAY_MS;

/** The number of a cancelled directive from now on; null where it keeps its number. A draft's is always free. */
export async function numberGivenUp(
  tx: Transaction,
  { id, number, issuedAtMs }: DirectiveTerms,
  now: Millis,
): Promise<string | null> {
  if (issuedAtMs !== null && now - issuedAtMs > TAKEN_BACK_WITHIN_MS) return null;
  if (issuedAtMs !== null && (await hasApproved(tx, id))) return null;
  return givenUp(number, new Set(await listNumbersLike(tx, number)));
}
