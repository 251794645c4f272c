// Escalation when a tenth of all leaves are late at one instant: how long until each is escalated, and until readers
// see it.
import { strictEqual } from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Caller, Connection } from './connection.ts';
import { flood, quantile } from './flood.ts';
import { countNotices, type Notices } from './notices.ts';
import { prove, type Directive, type Event } from './proof.ts';
import { directiveOf, type Shape } from './shape.ts';
import { untilPhase } from './until.ts';

export type Lag = { p50Ms: number; p99Ms: number; maxMs: number };
export type Lateness = {
  late: number;
  /** By the event's time. The clockwork judges by a clock one second back, so that second is included. */
  written: Lag;
  /** By the time a reader of the event list first sees it, over the same HTTP. */
  seen: Lag;
  /** Null where the bench cannot reach the database. */
  notices: Notices | null;
};

/** Messages a second that the bench is certain to reach for the punctual nine tenths. */
const CERTAIN_RATE = 800;
const ASK_EVERY_MS = 20;
/** Beyond this an escalation is lost, not late. */
const PATIENCE_MS = 30_000;
const EVERY_TENTH = 10;

export async function measureLateness(
  url: URL,
  shape: Shape,
  about: {
    tokens: ReadonlyMap<string, string>;
    office: Caller;
    connections: readonly Connection[];
    seed: number;
    databaseUrl: string | null;
  },
): Promise<Lateness> {
  const { office, connections, tokens, seed, databaseUrl } = about;
  const id = `late-${Date.now().toString(36)}`;
  const dueMs = Date.now() + 6_000 + (shape.leaves.length * 2_000) / CERTAIN_RATE;
  await office<Directive>('POST', '/directives', directiveOf(shape, id, new Date(dueMs).toISOString()));
  await untilPhase(office, id, 'open');
  const punctual = shape.leaves.filter((_, index) => index % EVERY_TENTH !== 0);
  const late = shape.leaves.filter((_, index) => index % EVERY_TENTH === 0);
  await flood(connections, { url, directive: id, leaves: punctual, tokens, seed });
  if (Date.now() > dueMs - 1_000)
    throw new Error('too slow: the due time came before the punctual had reported');
  await sleep(dueMs - Date.now());
  const escalations = await watchEscalations(office, id, late.length);
  const names = new Set(escalations.map(({ assignment }) => assignment));
  strictEqual(names.size, late.length, 'escalated leaves');
  const notices = databaseUrl === null ? null : await countNotices(databaseUrl, id, dueMs);
  for (const { path } of late) strictEqual(names.has(`${id}.${path}`), true, `${path} was never escalated`);
  await flood(connections, { url, directive: id, leaves: late, tokens, seed });
  await untilPhase(office, id, 'closed');
  await prove(office, id, shape, new Set(late.map(({ path }) => path)));
  return {
    late: late.length,
    written: lagOf(escalations.map(({ at }) => Date.parse(at) - dueMs)),
    seen: lagOf(escalations.map(({ seenMs }) => seenMs - dueMs)),
    notices,
  };
}

const lagOf = (lags: readonly number[]): Lag => ({
  p50Ms: quantile(lags, 0.5),
  p99Ms: quantile(lags, 0.99),
  maxMs: quantile(lags, 1),
});

/** Follows the event list until all are there. */
async function watchEscalations(
  call: Caller,
  id: string,
  count: number,
): Promise<(Event & { seenMs: number })[]> {
  const found = new Map<string, Event & { seenMs: number }>();
  const deadline = Date.now() + PATIENCE_MS;
  let cursor = '';
  while (found.size < count) {
    const page = await call<{ items: Event[]; nextCursor: string | null }>(
      'GET',
      `/directives/${id}/events?types=escalated&limit=500${cursor}`,
    );
    const seenMs = Date.now();
    for (const event of page.items) if (!found.has(event.id)) found.set(event.id, { ...event, seenMs });
    if (page.nextCursor !== null) cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
    else if (Date.now() > deadline) throw new Error(`only ${found.size} of ${count} escalations within 30 s`);
    else await sleep(ASK_EVERY_MS);
  }
  return [...found.values()];
}
