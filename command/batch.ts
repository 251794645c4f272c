// The one door for commands: they go in micro-batches, in order of receipt, one desk in one batch at a time.
import { isAway, isDiskFull, sqlState } from '../db/pool.ts';
import { isEventOfCommand } from '../db/queries/event.ts';
import { refuse } from '../domain/failure.ts';
import { refusedWith, type JudgedCommand, type Posted } from './judge.ts';
import type { BatchMeasure } from './metering/door-metrics.ts';
import { runAlone, runBatch, runWaiting, type BatchDeps, type BatchResult } from './transaction.ts';
import { isAlone, WaitingCommands, type WaitingCommand } from './waiting-commands.ts';

/** Transactions on free desks under way: two keep PostgreSQL busy while one of them waits for its commit. */
const BATCHES = 2;
/**
 * Where several processes share the commands, one each: they keep PostgreSQL busy together, and the more transactions
 * are under way, the fewer commands are left for each (bench/README.md).
 */
export const SHARED_BATCHES = 1;
/** Transactions that wait for a desk that another process or the clockwork holds. */
const WAITERS = 2;
/** Commands waiting in one process; beyond it the caller is told to come back. */
const MAX_WAITING = 20_000;
/** Waiting for a desk, or alone: a deadlock, a lock held too long or the same key elsewhere may be gone the next time. */
const MAX_ATTEMPTS = 3;

/** Connections the door needs at the most. */
export const DOOR_CONNECTIONS = BATCHES + WAITERS;

export type CommandDoor = {
  /** Resolves with its outcome; never rejects. */
  submit(posted: Posted): Promise<JudgedCommand>;
  /** Takes no more, and resolves when every command taken is answered. */
  drain(): Promise<void>;
  /** Commands in it at this moment. */
  load(): { waiting: number; underWay: number };
};

export type DoorDeps = BatchDeps & {
  /** Told after the commit which desks' clockwork must look. */
  nudge(desks: readonly string[]): void;
  /** Transactions on free desks under way at once; 2 by default. */
  batches?: number;
  onFault(posted: Posted, error: unknown): void;
  /** Told of each transaction after it, with the commands it carried. */
  onBatch?(batch: BatchMeasure & { answered: readonly Posted[]; nudges: readonly string[] }): void;
  /** Told of every command that is answered. */
  onOutcome?(outcome: JudgedCommand): void;
};

export const createDoor = (deps: DoorDeps): CommandDoor => new Door(deps);

class Door implements CommandDoor {
  private readonly deps: DoorDeps;
  private readonly waiting = new WaitingCommands();
  private readonly free: { batches: number; waiters: number };
  private isScheduled = false;
  /** Taken in and not answered. */
  private open = 0;
  /** Resolves once all is answered; null while commands are taken. */
  private drained: (() => void) | null = null;

  constructor(deps: DoorDeps) {
    this.deps = deps;
    this.free = { batches: deps.batches ?? BATCHES, waiters: WAITERS };
  }

  submit(posted: Posted): Promise<JudgedCommand> {
    return new Promise((resolve) => {
      if (this.drained !== null || this.waiting.size >= MAX_WAITING) {
        const outcome = refusedWith(refuse(this.drained === null ? 'DOOR_FULL' : 'STOPPING'));
        this.deps.onOutcome?.(outcome);
        resolve(outcome);
        return;
      }
      this.open += 1;
      const answer = (outcome: JudgedCommand): void => {
        this.open -= 1;
        this.deps.onOutcome?.(outcome);
        resolve(outcome);
      };
      this.waiting.add({ posted, resolve: answer, passes: 0 });
      this.schedule();
    });
  }

  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.drained = resolve;
      this.schedule();
    });
  }

  load(): { waiting: number; underWay: number } {
    const waiting = this.waiting.size;
    return { waiting, underWay: this.open - waiting };
  }

  /** Runs after the commands that have arrived on the sockets of this turn: no linger when idle. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.pump();
    });
  }

  private pump(): void {
    while (this.free.batches > 0) {
      const batch = this.waiting.takeFree();
      if (batch.length === 0) break;
      const desks = new Set(batch.map(({ posted }) => posted.desk));
      this.start('batches', desks, () => this.carryOut(batch));
    }
    while (this.free.waiters > 0) {
      const next = this.waiting.nextToWait();
      if (next === null) break;
      if ('alone' in next) {
        const { alone } = next;
        this.start('waiters', [alone.posted.desk], () => this.carryOutAlone(alone));
      } else this.start('waiters', [next.desk], () => this.waitFor(next.desk));
    }
    const isIdle = this.free.batches === (this.deps.batches ?? BATCHES) && this.free.waiters === WAITERS;
    if (isIdle && this.waiting.size === 0) this.drained?.();
  }

  private start(kind: 'batches' | 'waiters', desks: Iterable<string>, work: () => Promise<void>): void {
    this.waiting.hold(desks);
    this.free[kind] -= 1;
    void work().finally(() => {
      this.waiting.letGo(desks);
      this.free[kind] += 1;
      this.schedule();
    });
  }

  private async carryOut(batch: readonly WaitingCommand[]): Promise<void> {
    const startedMs = performance.now();
    try {
      const { outcomes, nudges } = await runBatch(
        this.deps,
        batch.map(({ posted }) => posted),
      );
      this.answer(batch, outcomes, nudges, { startedMs, lockMs: null });
    } catch (error) {
      await this.failed(batch, error);
    }
  }

  private async carryOutAlone(alone: WaitingCommand): Promise<void> {
    const startedMs = performance.now();
    try {
      const { outcomes, nudges } = await runAlone(this.deps, alone.posted);
      this.answer([alone], outcomes, nudges, { startedMs, lockMs: null });
    } catch (error) {
      await this.failed([alone], error);
    }
  }

  /** Waits for a contended desk, and takes the commands that have come for it by then, as many as fit. */
  private async waitFor(desk: string): Promise<void> {
    const startedMs = performance.now();
    let batch: WaitingCommand[] = [];
    try {
      const { outcomes, nudges, lockMs } = await runWaiting(this.deps, desk, () => {
        batch = this.waiting.takeOf(desk);
        return batch.map(({ posted }) => posted);
      });
      if (lockMs === null) this.waiting.isFreeAgain(desk);
      this.answer(batch, outcomes, nudges, { startedMs, lockMs });
    } catch (error) {
      if (batch.length > 0) await this.failed(batch, error);
      else this.waitedInVain(desk, error);
    }
  }

  /** The lock could not be had: the commands wait again, and after `MAX_ATTEMPTS` passes a command is refused. */
  private waitedInVain(desk: string, error: unknown): void {
    const all = this.waiting.takeAll(desk).map((each) => ({ ...each, passes: each.passes + 1 }));
    const isOver = ({ passes }: WaitingCommand): boolean => isAway(error) || passes >= MAX_ATTEMPTS;
    const refusal = refuse(isAway(error) ? 'UNAVAILABLE' : 'CONTENDED');
    for (const each of all.filter(isOver)) each.resolve(refusedWith(refusal));
    this.waiting.putBack(all.filter((each) => !isOver(each)));
  }

  private answer(
    batch: readonly WaitingCommand[],
    outcomes: BatchResult['outcomes'],
    nudges: readonly string[],
    { startedMs, lockMs }: { startedMs: number; lockMs: number | null },
  ): void {
    const passedOver: WaitingCommand[] = [];
    const answered: Posted[] = [];
    batch.forEach((each, index) => {
      const outcome = outcomes[index] ?? null;
      if (outcome) {
        answered.push(each.posted);
        each.resolve(outcome);
      } else passedOver.push(each);
    });
    this.waiting.putBack(passedOver);
    if (nudges.length > 0) this.deps.nudge(nudges);
    this.deps.onBatch?.({
      commands: answered.length,
      passedOver: passedOver.length,
      seconds: (performance.now() - startedMs) / 1000,
      waited: lockMs !== null,
      lockSeconds: (lockMs ?? 0) / 1000,
      answered,
      nudges,
    });
  }

  /** One failure must not fail all: each command again in a transaction of its own; one that fails alone gets a 500. */
  private async failed(batch: readonly WaitingCommand[], error: unknown): Promise<void> {
    if (isAway(error) || isDiskFull(error))
      for (const each of batch) each.resolve(await this.lastWord(each.posted, error));
    else for (const each of batch) each.resolve(await this.repeat(each.posted, error, batch.length > 1));
  }

  private async repeat(posted: Posted, first: unknown, isFresh: boolean): Promise<JudgedCommand> {
    let error = first;
    for (let attempt = isFresh ? 0 : 1; attempt < MAX_ATTEMPTS; attempt += 1) {
      if (attempt > 0 && !mayPass(error)) break;
      try {
        const { outcomes, nudges } = isAlone(posted)
          ? await runAlone(this.deps, posted)
          : await runWaiting(this.deps, posted.desk, () => [posted]);
        if (nudges.length > 0) this.deps.nudge(nudges);
        return outcomes[0] ?? refusedWith(refuse('CONTENDED'));
      } catch (failure) {
        error = failure;
      }
    }
    return this.lastWord(posted, error);
  }

  private async lastWord(posted: Posted, error: unknown): Promise<JudgedCommand> {
    if (isDiskFull(error)) return refusedWith(refuse('DISK_FULL'));
    if (isAway(error)) return refusedWith(refuse('UNAVAILABLE'));
    if (mayPass(error)) return refusedWith(refuse('CONTENDED'));
    // The command was accepted long ago and its verdict is no longer kept: we answer the present state (design.md §2).
    if (
      sqlState(error) === UNIQUE_VIOLATION &&
      (await isEventOfCommand(this.deps.pool, posted.id).catch(() => false))
    )
      return { is: 'forgotten' };
    this.deps.onFault(posted, error);
    return refusedWith(refuse('INTERNAL'));
  }
}

const UNIQUE_VIOLATION = '23505';
const mayPass = (error: unknown): boolean =>
  ['40P01', '55P03', '40001'].includes(sqlState(error) ?? '') || isVerdictTaken(error);
/** The same key was judged on another desk at this moment: the next try finds its verdict. */
const isVerdictTaken = (error: unknown): boolean =>
  error instanceof Error && 'constraint' in error && error.constraint === 'verdict_pkey';
