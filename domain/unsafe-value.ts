// A value that must not be let in: text PostgreSQL cannot keep, and keys that take a value's conversion away.
import type { Fault } from './failure.ts';
import { pathText } from './schema-faults.ts';

const isUnsafe = (text: string): boolean => text.includes('\0') || !text.isWellFormed();

/** A place within a body, by the place it is in: copying whole paths on the way down would cost depth × depth. */
type Place = { value: unknown; key: PropertyKey; within: Place | null };

/** A longer path is cut: no reader follows it to its end. */
const SHOWN_DEPTH = 100;

function pathOf(place: Place): string {
  const path: PropertyKey[] = [];
  for (let at = place; at.within !== null; at = at.within) path.push(at.key);
  path.reverse();
  return pathText(path.slice(0, SHOWN_DEPTH)) + (path.length > SHOWN_DEPTH ? '…' : '');
}

/** A value with such a key of its own cannot be compared or written out: JavaScript calls it. No field has such a name. */
const SHADOWING: readonly string[] = ['toString', 'valueOf'];

/**
 * Finds the fault of a parsed JSON value: NUL or a lone surrogate, which PostgreSQL cannot keep, and keys that
 * take a value's conversion away, over which every check that compares or names it would throw. Null if nothing.
 */
export function faultOfValue(value: unknown): Fault | null {
  const open: Place[] = [{ value, key: '', within: null }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: found } = next;
    if (typeof found === 'string' && isUnsafe(found)) return { path: pathOf(next), code: 'INVALID' };
    if (typeof found !== 'object' || found === null) continue;
    const isList = Array.isArray(found);
    for (const [key, inner] of Object.entries(found as Record<string, unknown>)) {
      if (isUnsafe(key)) return { path: pathOf(next), code: 'INVALID' };
      const place = { value: inner, key: isList ? Number(key) : key, within: next };
      if (SHADOWING.includes(key)) return { path: pathOf(place), code: 'UNKNOWN_FIELD' };
      open.push(place);
    }
  }
  return null;
}

/** Such text is written into valid UTF-8 JSON by an escape only, such a key plainly or by one: most bodies need no look. */
export const mayBeUnsafe = (text: string): boolean =>
  text.includes('\\u') || SHADOWING.some((key) => text.includes(`"${key}"`));
