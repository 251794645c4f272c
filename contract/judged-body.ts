// What the thread finds of a large body: its value by the call's schema, or what is wrong with it.
import type { z } from 'zod';
import { MOST_FAULTS, type Fault } from '../domain/failure.ts';
import { faultsOf, parsedBy } from '../domain/schema-faults.ts';
import { faultOfValue, mayBeUnsafe } from '../domain/unsafe-value.ts';

export type JudgedBody =
  | { is: 'good'; data: unknown }
  | { is: 'no JSON' }
  | { is: 'no object' }
  | { is: 'unsafe'; fault: Fault }
  | { is: 'faulty'; faults: Fault[] };

/** To find every fault of so many values takes half a second at most, and 100 MB. */
const SEARCHED_VALUES = 50_000;

/** Counts the values in it, as far as `most`. */
function countValues(value: unknown, most: number): number {
  const open: unknown[] = [value];
  let count = 0;
  while (open.length > 0 && count <= most) {
    const next = open.pop();
    count += 1;
    if (typeof next !== 'object' || next === null) continue;
    for (const inner of Object.values(next)) open.push(inner);
  }
  return count;
}

/** Far deeper than any body is: what is deeper still cannot be handed from thread to thread. */
const DEEPEST = 500;

function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((each): unknown[] =>
      typeof each === 'object' && each !== null ? Object.values(each) : [],
    );
  }
  return false;
}

/**
 * A body with faults is searched for all of them where it is not too large; of a larger one the first of each list is
 * named. A million faults would take a minute and more memory than there is.
 */
function faultsIn(schema: z.ZodType, value: unknown): Fault[] {
  if (countValues(value, SEARCHED_VALUES) <= SEARCHED_VALUES) {
    const whole = parsedBy(schema, value);
    return whole.ok ? [] : whole.faults;
  }
  const short = shortOf(schema, value);
  return short.ok ? [] : short.faults.slice(0, MOST_FAULTS);
}

/** Ends at the first fault of each list. */
function shortOf(schema: z.ZodType, value: unknown): ReturnType<typeof parsedBy> {
  try {
    const parsed = schema.safeParse(value, { abortEarly: true } as object);
    return parsed.success
      ? { ok: true, data: parsed.data }
      : { ok: false, faults: faultsOf(parsed.error, value) };
  } catch (error) {
    // Too deep, or more faults in one list than the stack takes.
    if (error instanceof RangeError) return { ok: false, faults: [{ path: '', code: 'INVALID' }] };
    throw error;
  }
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function judgeText(schema: z.ZodType, text: string): JudgedBody {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { is: 'no JSON' };
  }
  if (isTooDeep(value)) return { is: 'unsafe', fault: { path: '', code: 'INVALID' } };
  const unsafe = mayBeUnsafe(text) ? faultOfValue(value) : null;
  if (unsafe !== null) return { is: 'unsafe', fault: unsafe };
  if (!isObject(value)) return { is: 'no object' };
  const short = shortOf(schema, value);
  return short.ok ? { is: 'good', data: short.data } : { is: 'faulty', faults: faultsIn(schema, value) };
}
