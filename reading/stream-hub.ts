// One reader of the stream for all listeners of this process: it looks while there are listeners, and tells each the entries they may see.
import { setTimeout as pause } from 'node:timers/promises';
import { findHorizon, readStream, type StreamEntry } from '../db/queries/stream.ts';
import type { Directory } from '../domain/organisation/organisation.ts';
import { compareTransactions, type Position, type TransactionPosition } from '../domain/stream-position.ts';
import { audienceOf, type Audience } from './audience.ts';
import type { Pool } from 'pg';
import type { DirectorySource } from '../db/directory.ts';
import type { Millis } from '../domain/instant.ts';

/** Soon enough to feel at once, seldom enough to cost a hundredth of a core. */
const LOOK_EVERY_MS = 400;
/** Rows of one statement. */
const PAGE = 2000;
/** A listener who missed more entries than this reads everything anew instead of being told each. */
const MAX_REPLAYED = 1000;
/** Rows looked through for a listener who resumes, seen or not. */
const MAX_SCANNED = 20_000;

/** An open connection that listens. None of its functions may throw. */
export type Listener = {
  person: string;
  isOpen(): boolean;
  tell(entry: StreamEntry, directory: Directory): void;
  /** Too much was missed: everything is to be read again, and from here on all is told. */
  reset(at: Position): void;
  /** Everything before this has been told. */
  reached(at: Position): void;
  /** It has to come again. */
  close(): void;
};

export type StreamHub = {
  /** A place before all that happens from now on. */
  begin(): Promise<Position>;
  /** Tells the listener the entries since `from`, and from then on each new one. */
  join(listener: Listener, from: Position): void;
};

type HubDeps = {
  pool: Pool;
  directory: DirectorySource;
  now(): Millis;
  log: { warn(about: object, text: string): void };
};

/** Is all of `at` and before it below this transaction? */
const isPast = (below: TransactionPosition, at: Position): boolean =>
  compareTransactions(below, at) > (at.kind === 'below' ? -1 : 0);

/*
 * Where a listener is:
 *   resuming   is told the entries since it began, or left off
 *   ready      has been told everything below a transaction; joins at the next look, or resumes again if that passed it
 *   live       is told, with all others, the entries each look finds
 */
export function createStreamHub(deps: HubDeps): StreamHub {
  const { pool, log } = deps;
  /** The live ones, and below which transaction each had been told everything when it joined. */
  const live = new Map<Listener, TransactionPosition>();
  const ready: { listener: Listener; below: TransactionPosition }[] = [];
  const resuming: { listener: Listener; from: Position }[] = [];
  /** The position of the live listeners; null while there are no listeners. */
  let position: Position | null = null;
  let isLooking = false;
  let isReplaying = false;

  const begin = async (): Promise<Position> => ({ kind: 'below', ...(await findHorizon(pool)) });

  async function audience(
    entries: readonly StreamEntry[],
    listeners: readonly Listener[],
  ): Promise<{ directory: Directory; of: Audience<Listener> }> {
    const directory = await deps.directory.current(pool);
    return { directory, of: await audienceOf(entries, { db: pool, directory, now: deps.now(), listeners }) };
  }

  async function tellAll(entries: readonly StreamEntry[]): Promise<void> {
    const listeners = [...live.keys()];
    if (entries.length === 0 || listeners.length === 0) return;
    const { directory, of } = await audience(entries, listeners);
    for (const entry of entries) {
      for (const listener of of(entry)) {
        const told = live.get(listener);
        if (told && compareTransactions(entry.position, told) >= 0) listener.tell(entry, directory);
      }
    }
  }

  /** Takes in the listeners who are up to date with the live ones; the others resume once more. */
  function admit(at: Position): void {
    for (const { listener, below } of ready.splice(0)) {
      if (isPast(below, at)) live.set(listener, below);
      else resuming.push({ listener, from: { kind: 'below', ...below } });
    }
  }

  async function look(): Promise<void> {
    let at = (position ??= await begin());
    admit(at);
    const horizon = await findHorizon(pool);
    for (let isEnd = at.kind === 'below' && compareTransactions(at, horizon) === 0; !isEnd;) {
      const page = await readStream(pool, at, horizon, PAGE);
      await tellAll(page.entries);
      // At once with the telling: nothing waits in between, so nothing is told twice.
      position = at = page.next;
      isEnd = page.isEnd;
    }
    for (const listener of live.keys()) listener.reached(at);
  }

  async function keepLooking(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    while (live.size + ready.length + resuming.length > 0 || isReplaying) {
      try {
        await look();
      } catch (error) {
        // PostgreSQL is away: we stay where we are and go on from there.
        log.warn({ err: error }, 'the stream cannot be read');
      }
      void replay();
      await pause(LOOK_EVERY_MS);
      for (const listener of live.keys()) if (!listener.isOpen()) live.delete(listener);
    }
    position = null;
    isLooking = false;
  }

  async function replayOne(listener: Listener, from: Position): Promise<void> {
    let at = from;
    let replayed = 0;
    let scanned = 0;
    while (listener.isOpen()) {
      const page = await readStream(pool, at, await findHorizon(pool), PAGE);
      const { directory, of } = await audience(page.entries, [listener]);
      const missed = page.entries.filter((entry) => of(entry).length > 0);
      replayed += missed.length;
      scanned += page.entries.length;
      if (replayed > MAX_REPLAYED || (scanned >= MAX_SCANNED && !page.isEnd)) {
        // The listener reads anew after this, so it reads every entry before the place found now, and is told all later ones.
        at = await begin();
        listener.reset(at);
        ready.push({ listener, below: at });
        return;
      }
      for (const entry of missed) listener.tell(entry, directory);
      at = page.next;
      if (page.isEnd) {
        listener.reached(at);
        ready.push({ listener, below: at });
        return;
      }
    }
  }

  /** One at a time: a thousand listeners that come back at once must not keep the database from its work. */
  async function replay(): Promise<void> {
    if (isReplaying) return;
    isReplaying = true;
    for (let next = resuming.shift(); next !== undefined; next = resuming.shift()) {
      const { listener, from } = next;
      await replayOne(listener, from).catch((error: unknown) => {
        log.warn({ err: error }, 'the stream cannot be resumed');
        listener.close();
      });
    }
    isReplaying = false;
  }

  return {
    begin,
    join(listener, from) {
      resuming.push({ listener, from });
      void replay();
      void keepLooking();
    },
  };
}
