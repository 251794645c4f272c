// The processors and the memory that all threads of this process may take together, and whose turn it is.
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';

/** One kind of work. Each pool of threads has one claim of its own and takes places by it. */
export type Claim = {
  /** Of one thread. */
  memoryMb: number;
  /** It may take a minute: some room is always kept for short work. */
  isLong: boolean;
  /** When this many wait, further tasks are turned away: each waiting task holds its data in memory. */
  mostWaiting: number;
};

/** A thread that has done its task and may do the next; it keeps its memory until another kind of work needs it. */
export type Resting = { wake(): Worker; end(): void };

/** No more tasks of this kind may wait; another try in some seconds may succeed. */
export class ThreadsFull extends Error {}

export type ThreadBudget = {
  /** The most memory a thread for such work can get. */
  largestMb(isLong: boolean): number;
  /**
   * Waits for its turn; throws `ThreadsFull` where too many wait. Answers a resting thread of the claim, if there is
   * one.
   */
  take(claim: Claim): Promise<Resting | null>;
  /** The task is done. `resting`: its thread is kept. */
  giveBack(claim: Claim, resting: Resting | null): void;
  /** A resting thread has ended by itself. */
  forget(resting: Resting): void;
};

/** `turn`: when a task of this kind began last. */
type Queue = { tasks: ((resting: Resting | null) => void)[]; turn: number };

/** The largest short kind of work: it finds room beside any long one. */
const KEPT_FOR_SHORT_MB = 448;

/** One processor is left to the API and PostgreSQL, but a long task never blocks all short ones. */
const placesHere = (): number => Math.max(2, availableParallelism() - 1);

/**
 * Kinds of work take turns, however many tasks of one kind wait. Long work is passed over while its share is in use. A
 * task that does not fit into free memory is waited for and not passed over, or it might never fit.
 */
export function createThreadBudget({
  memoryMb,
  places = placesHere(),
}: {
  memoryMb: number;
  places?: number;
}): ThreadBudget {
  const longMb = memoryMb - KEPT_FOR_SHORT_MB;
  const longPlaces = Math.max(1, places - 1);
  const running = { places: 0, memoryMb: 0, longPlaces: 0, longMb: 0 };
  const queues = new Map<Claim, Queue>();
  let turns = 0;
  /** In order of their rest: the first has rested longest. */
  const resting = new Map<Resting, Claim>();

  const restingMb = (): number => [...resting.values()].reduce((sum, claim) => sum + claim.memoryMb, 0);

  const isInShare = ({ isLong, memoryMb: needed }: Claim): boolean =>
    !isLong || (running.longPlaces < longPlaces && running.longMb + needed <= longMb);

  function enter({ memoryMb: needed, isLong }: Claim, sign: 1 | -1): void {
    running.places += sign;
    running.memoryMb += sign * needed;
    if (!isLong) return;
    running.longPlaces += sign;
    running.longMb += sign * needed;
  }

  /** Resting threads make room, the longest at rest first. */
  function makeRoom(needed: number): boolean {
    if (running.memoryMb + needed > memoryMb) return false;
    for (const each of resting.keys()) {
      if (running.memoryMb + restingMb() + needed <= memoryMb) break;
      resting.delete(each);
      each.end();
    }
    return true;
  }

  function begin(claim: Claim): Resting | null | 'no room' {
    const own = [...resting].find(([, of]) => of === claim)?.[0] ?? null;
    if (own !== null) resting.delete(own);
    if (!makeRoom(claim.memoryMb)) {
      if (own !== null) resting.set(own, claim);
      return 'no room';
    }
    enter(claim, 1);
    return own;
  }

  function nextTurns(): void {
    while (running.places < places) {
      const [next] = [...queues]
        .filter(([claim, { tasks }]) => tasks.length > 0 && isInShare(claim))
        .sort(([, a], [, b]) => a.turn - b.turn);
      if (!next) return;
      const [claim, queue] = next;
      const begun = begin(claim);
      if (begun === 'no room') return;
      queue.turn = turns += 1;
      queue.tasks.shift()?.(begun);
    }
  }

  return {
    largestMb: (isLong) => (isLong ? longMb : memoryMb),
    take(claim) {
      const queue = queues.get(claim) ?? { tasks: [], turn: 0 };
      queues.set(claim, queue);
      const { tasks } = queue;
      const { promise, resolve } = Promise.withResolvers<Resting | null>();
      tasks.push(resolve);
      nextTurns();
      // It has not begun, so it is the last of those that wait.
      if (tasks.length > claim.mostWaiting && tasks.at(-1) === resolve) {
        tasks.pop();
        throw new ThreadsFull();
      }
      return promise;
    },
    giveBack(claim, kept) {
      enter(claim, -1);
      if (kept !== null) resting.set(kept, claim);
      nextTurns();
    },
    forget(each) {
      if (resting.delete(each)) nextTurns();
    },
  };
}
