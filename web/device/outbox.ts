// Commands on their way: kept before they are sent, sent in order per assignment, and gone only when they were answered.
import type { QueryClient } from '@tanstack/react-query';
import type { Verb } from '../../domain/assignment/command.ts';
import { sendOrder, takeAnswer, type ActOrder } from '../call/command.ts';
import { isWorthRetrying, CallProblem, Unreached } from '../call/problem.ts';
import { dropFromDevice, keepOnDevice, listOnDevice, type WaitingAct } from './store.ts';

/** Acts that may wait for the network; all others need to see the present state. */
export const MAY_WAIT: ReadonlySet<Verb> = new Set<Verb>([
  'acknowledge',
  'submit',
  'progress',
  'comment',
  'approve',
  'return',
  'urge',
]);

export type ActSent = { is: 'answered' } | { is: 'waiting' };

let waiting: readonly WaitingAct[] = [];
const listeners = new Set<() => void>();
export const currentWaiting = (): readonly WaitingAct[] => waiting;
export const onWaiting = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

async function reread(): Promise<void> {
  const found = await listOnDevice('outbox');
  waiting = found.sort((a, b) => a.at - b.at);
  for (const listener of listeners) listener();
}

const orderOf = ({ assignment, verb, body, version, key }: WaitingAct): ActOrder => ({
  assignment,
  verb: verb as Verb,
  body,
  key,
  ...(version === null ? {} : { version }),
});

/**
 * Sends a command. Answered: done, or its refusal is thrown. Not reached, and of a kind that may wait: kept and sent
 * later under the same key, so that it is done once, whatever became of the first try.
 */
export async function sendOrKeep(
  queries: QueryClient,
  order: ActOrder & { key: string },
  about: { person: string; title: string },
): Promise<ActSent> {
  const item: WaitingAct = {
    ...about,
    key: order.key,
    assignment: order.assignment,
    verb: order.verb,
    body: order.body ?? {},
    version: order.version ?? null,
    at: Date.now(),
    refusal: null,
  };
  const mayWait = MAY_WAIT.has(order.verb);
  if (mayWait) await keepOnDevice('outbox', item);
  try {
    takeAnswer(queries, await sendOrder(order));
    await dropFromDevice('outbox', item.key);
    return { is: 'answered' };
  } catch (error) {
    if (mayWait && error instanceof Unreached) return { is: 'waiting' };
    await dropFromDevice('outbox', item.key);
    throw error;
  } finally {
    await reread();
  }
}

export async function dropWaiting(key: string): Promise<void> {
  await dropFromDevice('outbox', key);
  await reread();
}

/** A refusal is judged anew at the next try. */
export async function retryWaiting(key: string): Promise<void> {
  const item = (await listOnDevice('outbox')).find((each) => each.key === key);
  if (item !== undefined) await keepOnDevice('outbox', { ...item, refusal: null });
  await reread();
}

let isFlushing = false;

/** Sends what waits, of this person, oldest first; of an assignment whose first one waits on, the rest waits too. */
export async function flush(queries: QueryClient, person: string): Promise<void> {
  if (isFlushing) return;
  isFlushing = true;
  try {
    const held = new Set<string>();
    for (const item of (await listOnDevice('outbox')).sort((a, b) => a.at - b.at)) {
      if (item.person !== person || item.refusal !== null || held.has(item.assignment)) continue;
      try {
        takeAnswer(queries, await sendOrder(orderOf(item)));
        await dropFromDevice('outbox', item.key);
      } catch (error) {
        held.add(item.assignment);
        if (error instanceof CallProblem && !isWorthRetrying(error))
          await keepOnDevice('outbox', { ...item, refusal: error.problem.detail });
        if (error instanceof Unreached) break;
      }
    }
  } finally {
    isFlushing = false;
    await reread();
  }
}

/** Flushes at the start, when the network is back, and when the page is looked at again. */
export function startOutbox(queries: QueryClient, person: string): () => void {
  const run = (): void => void flush(queries, person);
  const onShow = (): void => {
    if (!document.hidden) run();
  };
  addEventListener('online', run);
  document.addEventListener('visibilitychange', onShow);
  const timer = setInterval(() => {
    if (waiting.length > 0 && navigator.onLine) run();
  }, 4000);
  run();
  return () => {
    removeEventListener('online', run);
    document.removeEventListener('visibilitychange', onShow);
    clearInterval(timer);
  };
}
