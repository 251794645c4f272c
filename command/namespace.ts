// A Temporal namespace made ready for desks: it is there, and knows the names workflows are found by.
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionLike } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';
import { isNoAttribute, isNoNamespace } from './temporal-fault.ts';

// temporal.api.enums.v1.IndexedValueType
const KEYWORD = 2;
/** Histories are not the record; a week is enough to look into what went wrong. */
const RETENTION = '7 days';
/** A server's frontends learn of a namespace and its attributes within 10 s; three times that on a busy machine. */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 250;

type Services = Pick<ConnectionLike, 'operatorService' | 'workflowService'>;

/**
 * Makes the namespace if there is none, and registers the search attributes it does not know. Idempotent, and safe from
 * several processes at once. Rejects where this client may not: then an operator does it by hand (docs/operators.md).
 */
export async function prepareNamespace(connection: Services, namespace: string): Promise<void> {
  if (!(await isThere(connection, namespace))) {
    await connection.workflowService
      .registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(RETENTION) })
      .catch((error: unknown) => {
        // Another process was first.
        if (!/already.exists/i.test(String(error))) throw error;
      });
  }
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await registerSearchAttributes(connection, namespace);
      await lookWithAttributes(connection, namespace);
      return;
    } catch (error) {
      if (!(isNoNamespace(error) || isNoAttribute(error)) || Date.now() > end) throw error;
      await pause(LOOK_EVERY_MS);
    }
  }
}

async function isThere({ workflowService }: Services, namespace: string): Promise<boolean> {
  try {
    await workflowService.describeNamespace({ namespace });
    return true;
  } catch (error) {
    if (isNoNamespace(error)) return false;
    throw error;
  }
}

/** Keyword attributes, all of them; SQL visibility holds at most ten a namespace. */
async function registerSearchAttributes(
  { operatorService }: Pick<Services, 'operatorService'>,
  namespace: string,
): Promise<void> {
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
  const missing = SEARCH_ATTRIBUTES.filter((name) => !(name in customAttributes));
  if (missing.length === 0) return;
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
  });
}

/** The list above is the database's; whether a workflow may be started with them is what this frontend knows. */
async function lookWithAttributes(
  { workflowService }: Pick<Services, 'workflowService'>,
  namespace: string,
): Promise<void> {
  const query = SEARCH_ATTRIBUTES.map((name) => `${name} = 'none'`).join(' and ');
  await workflowService.countWorkflowExecutions({ namespace, query });
}
