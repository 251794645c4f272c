// What a workflow can be found by in Temporal's own UI; every namespace has to know these names first.
import type { ConnectionLike } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';

/** Keyword attributes, all of them; SQL visibility holds at most ten a namespace. */
export { SEARCH_ATTRIBUTES };

// temporal.api.enums.v1.IndexedValueType
const KEYWORD = 2;

/** Registers what is missing; for a namespace the embedded server has not made itself. */
export async function registerSearchAttributes(
  connection: Pick<ConnectionLike, 'operatorService'>,
  namespace: string,
): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = SEARCH_ATTRIBUTES.filter((name) => !(name in customAttributes));
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
  });
}
