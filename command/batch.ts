// The one door for commands: what has arrived goes in micro-batches, in order of receipt, one desk in one batch at a time.
import { isAway, sqlState } from '../db/pool.ts';
import { isEventOfCommand } from '../db/queries/event.ts';
import { bringsPart } from '../domain/assignment/decide-report.ts';
import { refuse } from '../domain/failure.ts';
import { refusedWith, type Outcome, type Posted } from './judge.ts';
import { runBatch, runAlone, type BatchDeps, type BatchResult } from './transaction.ts';

/** One transaction carries this many commands, and this much text (design.md §2). */
const MAX_COMMANDS = 200;
const MAX_BYTES = 4 * 1024 * 1024;
/** Two transactions under way keep PostgreSQL busy while one of them waits for its commit. */
const SLOTS = 2;
/** A desk passed over this often gets a transaction of its own that waits for it. */
const MAX_PASSES = 3;
/** Commands waiting in one process; beyond it the caller is told to come back. */
const MAX_WAITING = 20_000;

export type CommandDoor = {
  /** Resolves with what came of it; never rejects. */
  submit(posted: Posted): Promise<Outcome>;
  /** Takes no more, and resolves when what was taken is answered. */
  drain(): Promise<void>;
};

export type DoorDeps = BatchDeps & {
  /** Told after the commit which desks' clockwork must look. */
  nudge(desks: readonly string[]): void;
  onFault(posted: Posted, error: unknown): void;
  onBatch?(batch: { commands: number; seconds: number }): void;
};

type Waiting = { posted: Posted; resolve: (outcome: Outcome) => void; passes: number };

/** What merges, or makes, what is below a node takes the locks of the desks there as well; what opens again, of all above. */
const isAlone = ({ command, isNode }: Posted): boolean => {
  if (command.verb === 'decompose' || command.verb === 'reopen') return true;
  return isNode && (command.verb === 'sign' || (command.verb === 'submit' && !bringsPart(command)));
};

export function createDoor(deps: DoorDeps): CommandDoor {
  let waiting: Waiting[] = [];
  const busy = new Set<string>();
  let slots = SLOTS;
  let hasWaiter = false;
  let isDraining = false;
  let isScheduled = false;
  let underWay = 0;
  let drained: (() => void) | null = null;

  /** Takes what may go together, in order; everything behind a command of its desk that cannot go yet stays. */
  function take(): Waiting[] {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    const blocked = new Set<string>();
    let bytes = 0;
    for (const each of waiting) {
      const { desk } = each.posted;
      const fits =
        batch.length < MAX_COMMANDS && (batch.length === 0 || bytes + each.posted.bytes <= MAX_BYTES);
      const isLone = isAlone(each.posted) || each.passes >= MAX_PASSES;
      if (busy.has(desk) || blocked.has(desk) || !fits || isLone) {
        blocked.add(desk);
        rest.push(each);
      } else {
        batch.push(each);
        bytes += each.posted.bytes;
      }
    }
    waiting = rest;
    return batch;
  }

  /** The first that must have a transaction of its own and whose desk is free, with no earlier one of its desk waiting. */
  function takeAlone(): Waiting | null {
    const seen = new Set<string>();
    for (const [index, each] of waiting.entries()) {
      const { desk } = each.posted;
      const isFirst = !seen.has(desk);
      seen.add(desk);
      if (!isFirst || busy.has(desk)) continue;
      if (!isAlone(each.posted) && each.passes < MAX_PASSES) continue;
      waiting.splice(index, 1);
      return each;
    }
    return null;
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    // After what has arrived on the sockets of this turn: no linger when idle.
    setImmediate(() => {
      isScheduled = false;
      pump();
    });
  }

  function pump(): void {
    while (slots > 0 && waiting.length > 0) {
      const batch = take();
      if (batch.length === 0) break;
      slots -= 1;
      start(
        batch,
        (each) => runBatch(deps, each, false),
        () => (slots += 1),
      );
    }
    const alone = hasWaiter ? null : takeAlone();
    if (alone) {
      hasWaiter = true;
      const run = isAlone(alone.posted)
        ? (): Promise<BatchResult> => runAlone(deps, alone.posted)
        : (each: readonly Posted[]): Promise<BatchResult> => runBatch(deps, each, true);
      start([alone], run, () => (hasWaiter = false));
    }
    if (isDraining && underWay === 0 && waiting.length === 0) drained?.();
  }

  function start(
    batch: Waiting[],
    run: (batch: readonly Posted[]) => Promise<BatchResult>,
    release: () => void,
  ): void {
    const desks = new Set(batch.map(({ posted }) => posted.desk));
    for (const desk of desks) busy.add(desk);
    underWay += 1;
    void carryOut(batch, run).finally(() => {
      for (const desk of desks) busy.delete(desk);
      underWay -= 1;
      release();
      schedule();
    });
  }

  async function carryOut(
    batch: Waiting[],
    run: (batch: readonly Posted[]) => Promise<BatchResult>,
  ): Promise<void> {
    const startedMs = performance.now();
    try {
      const { outcomes, nudges } = await run(batch.map(({ posted }) => posted));
      const passedOver: Waiting[] = [];
      batch.forEach((each, index) => {
        const outcome = outcomes[index] ?? null;
        if (outcome) each.resolve(outcome);
        else passedOver.push({ ...each, passes: each.passes + 1 });
      });
      // They go first next time, in their order.
      waiting = [...passedOver, ...waiting];
      if (nudges.length > 0) deps.nudge(nudges);
      deps.onBatch?.({
        commands: batch.length - passedOver.length,
        seconds: (performance.now() - startedMs) / 1000,
      });
    } catch (error) {
      if (isAway(error)) for (const each of batch) each.resolve(refusedWith(refuse('UNAVAILABLE')));
      else for (const each of batch) await repeat(each, error, batch.length > 1);
    }
  }

  /** Failure of one is not failure of all: each again in a transaction of its own; what fails alone is its own 500. */
  async function repeat(each: Waiting, first: unknown, isFresh: boolean): Promise<void> {
    let error = first;
    for (let attempt = isFresh ? 0 : 1; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (attempt > 0 && !mayPass(error)) break;
      try {
        const { outcomes, nudges } = isAlone(each.posted)
          ? await runAlone(deps, each.posted)
          : await runBatch(deps, [each.posted], true);
        if (nudges.length > 0) deps.nudge(nudges);
        each.resolve(outcomes[0] ?? refusedWith(refuse('UNAVAILABLE')));
        return;
      } catch (failure) {
        error = failure;
      }
    }
    each.resolve(await lastWord(each.posted, error));
  }

  async function lastWord(posted: Posted, error: unknown): Promise<Outcome> {
    if (isAway(error) || mayPass(error)) return refusedWith(refuse('UNAVAILABLE'));
    // Accepted long ago, its verdict no longer kept: answered with the present state (design.md §2).
    if (
      sqlState(error) === UNIQUE_VIOLATION &&
      (await isEventOfCommand(deps.pool, posted.id).catch(() => false))
    ) {
      return { refusal: null, row: null, ledger: null, repeated: true, stale: false };
    }
    deps.onFault(posted, error);
    return refusedWith(refuse('INTERNAL'));
  }

  return {
    submit: (posted) =>
      new Promise((resolve) => {
        if (isDraining || waiting.length >= MAX_WAITING) {
          resolve(refusedWith(refuse('UNAVAILABLE')));
          return;
        }
        waiting.push({ posted, resolve, passes: 0 });
        schedule();
      }),
    drain: () => {
      isDraining = true;
      return new Promise((resolve) => {
        drained = resolve;
        schedule();
      });
    },
  };
}

const UNIQUE_VIOLATION = '23505';
/** Alone, waiting for its desk: a deadlock, a lock held too long or the same key elsewhere may be gone the next time. */
const MAX_ATTEMPTS = 3;
const mayPass = (error: unknown): boolean =>
  ['40P01', '55P03', '40001'].includes(sqlState(error) ?? '') || isVerdictTaken(error);
/** The same key was judged on another desk at this moment: the next try finds its verdict. */
const isVerdictTaken = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'verdict_pkey';
