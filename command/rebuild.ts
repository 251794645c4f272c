// `npm run rebuild`: brings Temporal in line with the record. Temporal may know nothing, too much, or an older state.
import type { Client } from '@temporalio/client';
import { findOpenDesks, findUnknownDesks } from '../db/queries/desk-watch.ts';
import type { Pool } from '../db/pool.ts';
import { prepareNamespace } from './namespace.ts';
import { claimNamespace, type NamespaceMark } from './namespace-mark.ts';
import { endRun, forEachDesk, listRuns, nudgeDesk } from './nudge.ts';

/** Desks and runs looked at in one go. */
const PAGE = 200;

export type RebuildDeps = {
  pool: Pool;
  client: Client;
  taskQueue: string;
  mark: NamespaceMark;
  log: { info(about: object, text: string): void; warn(about: object, text: string): void };
};

export type Rebuilt = {
  /** Desks with a workflow that was started, or told to look. */
  started: number;
  /** Desks that could not be started; the sentinel tries on. */
  failed: number;
  /** Runs of desks the record does not know, or that are over: ended. */
  ended: number;
};

/** The namespace is another installation's; nothing was changed. */
export class NamespaceTaken extends Error {
  readonly theirs: NamespaceMark;
  constructor(theirs: NamespaceMark) {
    super('the namespace belongs to another installation');
    this.theirs = theirs;
  }
}

/**
 * Makes namespace and search attributes, marks the namespace, ends the runs that the record does not know, and starts
 * or nudges every desk not ended. Idempotent. Throws `NamespaceTaken` unless told to take over.
 */
export async function rebuild(
  deps: RebuildDeps,
  onProgress: (done: number) => void,
  takesOver = false,
): Promise<Rebuilt> {
  const { client, taskQueue, mark } = deps;
  await prepareNamespace(client.connection, client.options.namespace);
  const theirs = await claimNamespace({ client, taskQueue, mark }, takesOver);
  if (theirs !== null) throw new NamespaceTaken(theirs);
  const ended = await endUnknown(deps);
  return { ...(await startAll(deps, onProgress)), ended };
}

async function endUnknown({ pool, client, log }: RebuildDeps): Promise<number> {
  let ended = 0;
  const endThem = async (runs: readonly string[]): Promise<void> => {
    const unknown = await findUnknownDesks(pool, runs);
    await forEachDesk(unknown, (desk) => endRun(client, desk, 'the record does not know this desk'));
    if (unknown.length > 0) log.info({ runs: unknown.slice(0, 20), count: unknown.length }, 'runs ended');
    ended += unknown.length;
  };
  let page: string[] = [];
  for await (const { workflowId } of listRuns(client)) {
    page.push(workflowId);
    if (page.length < PAGE) continue;
    await endThem(page);
    page = [];
  }
  await endThem(page);
  return ended;
}

async function startAll(
  { pool, client, taskQueue, log }: RebuildDeps,
  onProgress: (done: number) => void,
): Promise<Pick<Rebuilt, 'started' | 'failed'>> {
  let after = '';
  const result = { started: 0, failed: 0 };
  for (;;) {
    const page = await findOpenDesks(pool, after, PAGE);
    await forEachDesk(page, async (desk) => {
      try {
        await nudgeDesk(client, taskQueue, desk);
        result.started += 1;
      } catch (error) {
        result.failed += 1;
        log.warn({ err: error, desk: desk.id }, 'a desk could not be started');
      }
    });
    onProgress(result.started + result.failed);
    const last = page.at(-1);
    if (last === undefined) return result;
    after = last.id;
  }
}
