// Patterns a rule may match texts with: the part of RE2's language of which the time can be told beforehand.
import type { Frame } from './rule-node.ts';
import { spend, Uncompilable } from './rule-node.ts';

/** In how many ways a part can match a text of so many characters; `one` when it never has a choice. */
type Ways = { of: (length: number) => number; one: boolean; size: number };

/** Repeats and parts after all counted repeats are written out; RE2 stops at 1,000 repeats. */
const MAX_SIZE = 5_000;
/** Moves of a regular expression in the time of one step. */
const MOVES_A_STEP = 8;

const ONE: Ways = { of: () => 1, one: true, size: 1 };

/**
 * The test of a text, paid for in the frame's steps before it runs: JavaScript tries every way, so a pattern costs at most
 * ways × its size, once for each place it may begin. Throws `Uncompilable` for what is no pattern, and for choices inside
 * an endless repeat, which could take for ever.
 */
export function patternTest(pattern: string): (frame: Frame, text: string) => boolean {
  let regex: RegExp;
  try {
    regex = new RegExp(pattern, 'u');
  } catch {
    throw new Uncompilable('matches needs a regular expression');
  }
  const ways = new PatternReader(pattern).read();
  const isAnchored = pattern.startsWith('^') && !pattern.includes('|');
  return (frame, text) => {
    const beginnings = isAnchored ? 1 : text.length + 1;
    spend(frame, 1 + (ways.of(text.length) * ways.size * beginnings) / MOVES_A_STEP);
    return regex.test(text);
  };
}

/** Reads a pattern that `RegExp` has found well formed. */
class PatternReader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  read(): Ways {
    const ways = this.#alternatives();
    if (ways.size > MAX_SIZE) throw new Uncompilable('the pattern is too large');
    return ways;
  }

  #take(expected: string): boolean {
    if (!this.#pattern.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  #alternatives(): Ways {
    const branches = [this.#sequence()];
    while (this.#take('|')) branches.push(this.#sequence());
    if (branches.length === 1) return branches[0] ?? ONE;
    return {
      of: (length) => branches.reduce((sum, branch) => sum + branch.of(length), 0),
      one: false,
      size: branches.reduce((sum, branch) => sum + branch.size, 0),
    };
  }

  #sequence(): Ways {
    const parts: Ways[] = [];
    while (this.#at < this.#pattern.length && !'|)'.includes(this.#pattern.charAt(this.#at))) {
      parts.push(this.#repeated(this.#atom()));
    }
    return {
      of: (length) => parts.reduce((product, part) => product * part.of(length), 1),
      one: parts.every((part) => part.one),
      size: parts.reduce((sum, part) => sum + part.size, 1),
    };
  }

  #atom(): Ways {
    if (this.#take('(')) {
      if (!this.#take('?:') && this.#take('?')) throw new Uncompilable('no (?…) but (?:…) in patterns');
      const inner = this.#alternatives();
      this.#at += 1;
      return inner;
    }
    if (!this.#take('[')) this.#character();
    else while (this.#at < this.#pattern.length && !this.#take(']')) this.#character();
    return ONE;
  }

  #character(): void {
    if (this.#take('\\')) this.#escape();
    else this.#at += 1;
  }

  #escape(): void {
    const kind = this.#pattern.charAt(this.#at);
    if (/[1-9k]/.test(kind)) throw new Uncompilable('no references back in patterns');
    this.#at += 1;
    if (/[pPu]/.test(kind) && this.#take('{')) this.#at = this.#pattern.indexOf('}', this.#at) + 1;
  }

  #repeated(part: Ways): Ways {
    const [min, max] = this.#bounds();
    if (min === 1 && max === 1) return part;
    if (!part.one && max === Infinity)
      throw new Uncompilable('choices inside an endless repeat could take for ever');
    this.#take('?');
    return {
      of(length) {
        const choices = Math.min(max, Math.max(length, min)) - min + 1;
        return part.one ? choices : choices * part.of(length) ** max;
      },
      one: part.one && min === max,
      size: part.size * (max === Infinity ? min + 1 : Math.max(1, max)),
    };
  }

  #bounds(): [min: number, max: number] {
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (this.#take('?')) return [0, 1];
    if (!this.#take('{')) return [1, 1];
    const end = this.#pattern.indexOf('}', this.#at);
    const [min = '0', max = min] = this.#pattern.slice(this.#at, end).split(',');
    this.#at = end + 1;
    return [Number(min), max === '' ? Infinity : Number(max)];
  }
}
