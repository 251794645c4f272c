// The days on which tokens were used, written for all that wait at once: at the start of a day everybody comes together.
import type { Pool } from '../../db/pool.ts';
import { noteTokenUses } from '../../db/queries/token.ts';

/** Resolves when the use has been written down; one statement at a time, for all tokens that have come meanwhile. */
export type NoteTokenUse = (token: string) => Promise<void>;

export function createTokenUses(pool: Pool): NoteTokenUse {
  let waiting: { tokens: Set<string>; done: Promise<void> } | null = null;
  let last: Promise<void> = Promise.resolve();
  return (token) => {
    if (waiting === null) {
      const tokens = new Set<string>();
      const write = async (): Promise<void> => {
        waiting = null;
        await noteTokenUses(pool, [...tokens]);
      };
      // After the one under way, also where that failed.
      const done = last.then(write, write);
      last = done;
      waiting = { tokens, done };
    }
    waiting.tokens.add(token);
    return waiting.done;
  };
}
