// The hash chain of a desk's log: SHA-256 over canonical JSON, each event over the one before (law 8).
import { hash } from 'node:crypto';
import type { LoggedEvent } from '../db/queries/event.ts';

/** The parts of an event that the chain covers; times are ISO instants with milliseconds. */
export type Link = {
  directive: string;
  desk: string;
  seq: number;
  assignment: string | null;
  type: string;
  actor: string | null;
  token: string | null;
  received: string;
  at: string;
  data: unknown;
};

/** JSON with keys in code-unit order and nothing left to choice, so that a row read back hashes as it was written. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((entry) => canonical(entry ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

/** Hash of an event, hex, over the hash before it (empty at the beginning). */
export function linkHash(previous: string, link: Link): string {
  const { directive, desk, seq, assignment, type, actor, token, received, at, data } = link;
  const covered = canonical({ directive, desk, seq, assignment, type, actor, token, received, at, data });
  return hash('sha256', `${previous}\n${covered}`, 'hex');
}

/** An event of a directive's log, read back, as the link it was hashed as. */
export const loggedLink = (directive: string, event: LoggedEvent): Link & { hash: string } => ({
  ...event,
  directive,
  received: event.received.toISOString(),
  at: event.at.toISOString(),
});

/** SHA-256 over the canonical JSON of any content, hex: it tells submissions and roll-ups apart. */
export const digestOf = (content: unknown): string => hash('sha256', canonical(content), 'hex');

/** A chain's end: its last event's number and hash. */
type ChainEnd = { seq: number; hash: string };

/** Finds the break in a log link by link, so that a long log need not be held whole. */
export class ChainWalk {
  private previous: string;
  private expected: number;
  private broken: number | null = null;
  private readonly anchor: ChainEnd | null;

  /**
   * Starts at the beginning, or after an event that has been looked at. `anchor`: an end that was signed once; a log
   * written anew, or cut off and its head with it, does not come by there.
   */
  constructor(after: ChainEnd = { seq: 0, hash: '' }, anchor: ChainEnd | null = null) {
    this.previous = after.hash;
    this.expected = after.seq + 1;
    this.anchor = anchor;
  }

  /** Takes links in the order of their numbers. */
  take(link: Link & { hash: string }): void {
    const holds = link.seq === this.expected && linkHash(this.previous, link) === link.hash;
    const isMissed = link.seq === this.anchor?.seq && link.hash !== this.anchor.hash;
    if (!holds || isMissed) this.broken ??= link.seq;
    this.previous = link.hash;
    this.expected += 1;
  }

  /** One whose content is kept elsewhere: its hash is believed, and what follows is hashed over it. */
  takeSealed({ seq, hash: sealed }: ChainEnd): void {
    if (seq !== this.expected) this.broken ??= seq;
    this.previous = sealed;
    this.expected += 1;
  }

  /** The last event taken and its hash, for as long as nothing is broken: from here another walk may go on. */
  place(): { seq: number; hash: string } {
    return { seq: this.expected - 1, hash: this.previous };
  }

  brokenSoFar(): number | null {
    return this.broken;
  }

  /** The first sequence number at which it breaks, or null where it holds and ends at `head`. */
  brokenAt(head: string): number | null {
    const isCut = this.expected <= (this.anchor?.seq ?? 0);
    return this.broken ?? (this.previous === head && !isCut ? null : this.expected);
  }
}

export function brokenAt(links: readonly (Link & { hash: string })[], head: string): number | null {
  const walk = new ChainWalk();
  for (const link of links) walk.take(link);
  return walk.brokenAt(head);
}
