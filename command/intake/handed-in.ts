// The commands routes hand in at the door, and the outcomes that come back.
import type { JudgedCommand, Posted } from '../judge.ts';
import type { Named } from '../../reading/opening.ts';
import type { Actor } from '../../domain/access/relation.ts';
import type { Command } from '../../domain/assignment/command.ts';
import type { Millis } from '../../domain/instant.ts';

export type About = {
  actor: Actor;
  command: Command;
  identity: { key: string | null; index: number; request: string; requestId?: string };
  ifMatch: number | null;
  receivedMs: Millis;
  bytes: number;
};
export type Prepared = { posted: Posted; about: About };
/** The outcome of a command whose assignment was read rightly: `stale` never leaves `handIn`. */
export type HandedIn = Exclude<JudgedCommand, { is: 'stale' }>;

export type HandingIn = {
  /** 404 where there is no such assignment. */
  prepare(assignment: Named, about: About): Promise<Prepared>;
  handIn(prepared: Prepared): Promise<HandedIn>;
};
