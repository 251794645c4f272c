// Commands that wait for their transaction, in order of receipt: some may go together, some must wait for their desk.
import { bringsPart } from '../domain/assignment/decide-report.ts';
import { VERB_TABLE } from '../domain/assignment/verb-table.ts';
import type { JudgedCommand, Posted } from './judge.ts';

/** One transaction carries this many commands, and this much text (design.md §2). */
const MAX_COMMANDS = 200;
const MAX_BYTES = 4 * 1024 * 1024;
/** Desks remembered as contended; more are on no machine that still answers. */
const MAX_CONTENDED = 1_000;

/** `passes`: how often its desk was waited for in vain. */
export type WaitingCommand = { posted: Posted; resolve: (outcome: JudgedCommand) => void; passes: number };

/**
 * A command goes in a transaction of its own if it merges or makes parts below a node, for it locks the desks there too,
 * or if it opens a report again, for it locks all desks above.
 */
export const isAlone = ({ command, isNode }: Posted): boolean => {
  const { needs } = VERB_TABLE[command.verb];
  if (needs !== 'figures') return needs !== undefined;
  return isNode && !(command.verb === 'submit' && bringsPart(command));
};

/*
 * A desk is
 *   free        its commands go with the next batch, which takes it only if no other transaction holds it
 *   busy        a transaction of this process has it; its commands wait
 *   contended   another transaction had it when a batch wanted it: one transaction waits for it, and then takes all
 *               commands that have come for it meanwhile; free again when it is had without waiting
 */
export class WaitingCommands {
  private list: WaitingCommand[] = [];
  private readonly busy = new Set<string>();
  private readonly contended = new Set<string>();

  get size(): number {
    return this.list.length;
  }

  add(waiting: WaitingCommand): void {
    this.list.push(waiting);
  }

  /** Puts commands back at the front, in their order: their desk was taken. */
  putBack(passedOver: readonly WaitingCommand[]): void {
    this.list = [...passedOver, ...this.list];
    for (const { posted } of passedOver) {
      if (this.contended.size >= MAX_CONTENDED) this.contended.clear();
      this.contended.add(posted.desk);
    }
  }

  /** No other transaction held it this time. */
  isFreeAgain(desk: string): void {
    this.contended.delete(desk);
  }

  hold(desks: Iterable<string>): void {
    for (const desk of desks) this.busy.add(desk);
  }

  letGo(desks: Iterable<string>): void {
    for (const desk of desks) this.busy.delete(desk);
  }

  /** Commands of all free desks that may go together; those behind a command of their desk that cannot go yet stay. */
  takeFree(): WaitingCommand[] {
    return this.takeWhere((desk) => !this.busy.has(desk) && !this.contended.has(desk));
  }

  /** Commands of one desk that may go together: for the transaction that holds its lock. */
  takeOf(desk: string): WaitingCommand[] {
    return this.takeWhere((other) => other === desk);
  }

  /** All commands of a desk, of every kind: its lock could not be had. */
  takeAll(desk: string): WaitingCommand[] {
    const taken = this.list.filter(({ posted }) => posted.desk === desk);
    this.list = this.list.filter(({ posted }) => posted.desk !== desk);
    return taken;
  }

  private takeWhere(isOpen: (desk: string) => boolean): WaitingCommand[] {
    const batch: WaitingCommand[] = [];
    const rest: WaitingCommand[] = [];
    const blocked = new Set<string>();
    let bytes = 0;
    for (const each of this.list) {
      const { desk } = each.posted;
      const fits =
        batch.length < MAX_COMMANDS && (batch.length === 0 || bytes + each.posted.bytes <= MAX_BYTES);
      if (!isOpen(desk) || blocked.has(desk) || !fits || isAlone(each.posted)) {
        blocked.add(desk);
        rest.push(each);
      } else {
        batch.push(each);
        bytes += each.posted.bytes;
      }
    }
    this.list = rest;
    return batch;
  }

  /**
   * The oldest that needs a transaction that waits: a command that goes alone and is the first of its desk (taken), or a
   * contended desk (nothing is taken before its lock is had).
   */
  nextToWait(): { alone: WaitingCommand } | { desk: string } | null {
    const seen = new Set<string>();
    for (const [index, each] of this.list.entries()) {
      const { desk } = each.posted;
      if (seen.has(desk) || this.busy.has(desk)) continue;
      seen.add(desk);
      if (isAlone(each.posted)) {
        this.list.splice(index, 1);
        return { alone: each };
      }
      if (this.contended.has(desk)) return { desk };
    }
    return null;
  }
}
