// Patterns a rule may match texts with: RE2's engine takes time in proportion to the text, for every pattern.
import { RE2JS } from 're2js';
import { translated } from './pattern-dialect.ts';
import { spend, Uncompilable, type Frame } from './rule-node.ts';

/** Parts after all counted repeats are written out. */
const MAX_SIZE = 5_000;
/** Moves of the engine in the time of one step: a character of the text in one part of the pattern is a move. */
export const MOVES_A_STEP = 8;

/** The test of a text, paid for in the frame's steps before it runs. Throws `Uncompilable` for an invalid pattern. */
export function patternTest(pattern: string): (frame: Frame, text: string) => boolean {
  const regex = compiled(translated(pattern));
  const size = regex.programSize();
  if (size > MAX_SIZE) throw new Uncompilable('the pattern is too large');
  return (frame, text) => {
    spend(frame, 1 + (size * (text.length + 1)) / MOVES_A_STEP);
    return regex.test(text);
  };
}

/** Parts of a pattern, its repeats written out; 0 of one that does not compile. */
export function patternSize(pattern: string): number {
  try {
    return compiled(translated(pattern)).programSize();
  } catch (error) {
    if (error instanceof Uncompilable) return 0;
    throw error;
  }
}

function compiled(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    // The pattern is well formed: the engine now refuses only repeats of more than it writes out.
    if (error instanceof Error && error.message.includes('repeat'))
      throw new Uncompilable('the pattern is too large');
    throw new Uncompilable('matches needs a regular expression');
  }
}
