// A pattern as forms have always written it, in JavaScript's language with the flag `u`, put into RE2's.
import { RE2JS } from 're2js';
import { Uncompilable } from './rule-node.ts';

/** White space as JavaScript means it: the wide space of Chinese text too. RE2 knows only ASCII's. */
const SPACE =
  '\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const NO_SPACE =
  '\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{202e}' +
  '\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}';
/** Any character but the ends of a line. */
const DOT = '[^\\n\\r\\x{2028}\\x{2029}]';

/** One part of a pattern at a time: an escape, the opening of a group, any other character. */
const PART =
  /\\(?:u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|c[a-zA-Z]|k<[^>]*>|[\s\S])|\((?:\?:|\?)?|[\s\S]/gu;

/** Throws `Uncompilable` for an invalid pattern, a lookaround or a back reference. */
export function translated(pattern: string): string {
  try {
    new RegExp(pattern, 'u');
  } catch {
    throw new Uncompilable('matches needs a regular expression');
  }
  let inClass = false;
  return pattern.replace(PART, (part: string) => {
    if (part.startsWith('\\')) return escaped(part, inClass);
    if (inClass) {
      if (part === ']') inClass = false;
      return part === '[' ? '\\[' : part;
    }
    if (part === '(?') throw new Uncompilable('no (?…) but (?:…) in patterns');
    if (part === '[') inClass = true;
    return part === '.' ? DOT : part;
  });
}

function escaped(part: string, inClass: boolean): string {
  const kind = part.charAt(1);
  const inside = (ranges: string): string => (inClass ? ranges : `[${ranges}]`);
  if (kind === 's') return inside(SPACE);
  if (kind === 'S') return inside(NO_SPACE);
  if (/[1-9k]/.test(kind)) throw new Uncompilable('no references back in patterns');
  if (kind === 'u') return `\\x{${part.replace(/[^0-9a-fA-F]/g, '')}}`;
  if (kind === 'c') return `\\x{${(part.charCodeAt(2) % 32).toString(16)}}`;
  if (kind === '0') return '\\x{0}';
  if (kind === 'b' && inClass) return '\\x{8}';
  if (kind === 'p' || kind === 'P') return isKnown(part) ? part : inside(spelt(part));
  return part;
}

const known = new Map<string, boolean>();
/** Does the engine know this property by this name, and alone: `\p{Lu}`, not `\p{Script=Han}`? */
function isKnown(property: string): boolean {
  let is = known.get(property);
  if (is === undefined) {
    try {
      RE2JS.compile(property);
      is = true;
    } catch {
      is = false;
    }
    known.set(property, is);
  }
  return is;
}

const speltOut = new Map<string, string>();
/** Its characters one range after another, asked of JavaScript: 50 ms, once. There are some hundred such names in all. */
function spelt(property: string): string {
  const before = speltOut.get(property);
  if (before !== undefined) return before;
  const has = new RegExp(property, 'u');
  let ranges = '';
  let from = -1;
  for (let point = 0; point <= 0x110000; point += 1) {
    const isOf = point < 0x110000 && has.test(String.fromCodePoint(point));
    if (isOf && from < 0) from = point;
    if (isOf || from < 0) continue;
    ranges += `\\x{${from.toString(16)}}-\\x{${(point - 1).toString(16)}}`;
    from = -1;
  }
  speltOut.set(property, ranges);
  return ranges;
}
