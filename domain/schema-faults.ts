// What a schema finds wrong with a value, as faults at their paths: said in the catalogue's words in both languages.
import type { z } from 'zod';
import { MOST_FAULTS, type Fault } from './failure.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** `items[0].dispatch[1].unit` */
export const pathText = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const part of path) {
    if (typeof found !== 'object' || found === null) return undefined;
    found = (found as Record<PropertyKey, unknown>)[part];
  }
  return found;
}

/** Keys of the outer object a branch does not know; infinite where it is no object's branch. */
const strangersTo = (issues: readonly Issue[]): number =>
  issues
    .filter((issue) => issue.path.length === 0)
    .reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : Infinity), 0);

const isOfThatType = (issues: readonly Issue[]): boolean =>
  !issues.some(({ code, path }) => code === 'invalid_type' && path.length === 0);

/** The branch of a union the writer meant: the only one for such a value, or the one that knows most of the keys written. */
function branchMeant(branches: readonly Issue[][]): Issue[] | undefined {
  const [only, ...others] = branches.filter(isOfThatType);
  if (only !== undefined && others.length === 0) return only;
  const fewest = Math.min(...branches.map(strangersTo));
  const fitting = branches.filter((issues) => strangersTo(issues) === fewest);
  return fewest < Infinity && fitting.length === 1 ? fitting[0] : undefined;
}

/** The unit a limit counts, where it is not the value itself. */
function countedOf(origin: string): { of?: string } {
  if (origin === 'string') return { of: 'characters' };
  return origin === 'array' || origin === 'set' || origin === 'object' ? { of: 'entries' } : {};
}

function faultsOfIssue(issue: Issue, value: unknown, above: Path): Fault[] {
  const path = [...above, ...issue.path];
  const at = pathText(path);
  switch (issue.code) {
    case 'invalid_type':
      if (valueAt(value, path) === undefined) return [{ path: at, code: 'REQUIRED' }];
      return [{ path: at, code: 'WRONG_TYPE', params: { expected: issue.expected } }];
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: pathText([...path, key]), code: 'UNKNOWN_FIELD' }));
    case 'invalid_value':
      if (valueAt(value, path) === undefined) return [{ path: at, code: 'REQUIRED' }];
      return [{ path: at, code: 'NOT_AN_OPTION', params: { options: issue.values.map(String).join(', ') } }];
    case 'too_big':
      if (issue.origin === 'string')
        return [{ path: at, code: 'TOO_LONG', params: { max: Number(issue.maximum) } }];
      if (issue.origin === 'array')
        return [{ path: at, code: 'TOO_MANY', params: { max: Number(issue.maximum) } }];
      return [{ path: at, code: 'OUT_OF_RANGE', params: { max: Number(issue.maximum) } }];
    case 'too_small':
      if ((issue.origin === 'string' || issue.origin === 'array') && Number(issue.minimum) === 1)
        return [{ path: at, code: 'REQUIRED' }];
      return [
        {
          path: at,
          code: 'OUT_OF_RANGE',
          params: { min: Number(issue.minimum), ...countedOf(issue.origin) },
        },
      ];
    case 'invalid_union': {
      if (valueAt(value, path) === undefined) return [{ path: at, code: 'REQUIRED' }];
      const meant = branchMeant(issue.errors);
      return meant?.flatMap((inner) => faultsOfIssue(inner, value, path)) ?? [{ path: at, code: 'INVALID' }];
    }
    case 'invalid_format':
      return [{ path: at, code: issue.format === 'datetime' ? 'NOT_AN_INSTANT' : 'INVALID' }];
    case 'custom': {
      // A schema that knows the fault says it in the catalogue's words (domain/calendar/calendar-data.ts).
      const named = issue.params?.['fault'] as Omit<Fault, 'path'> | undefined;
      return [{ path: at, ...(named ?? { code: 'INVALID' }) }];
    }
    default:
      return [{ path: at, code: 'INVALID' }];
  }
}

/** At most `MOST_FAULTS`: a body may have a million of them. */
export function faultsOf(error: z.ZodError, value: unknown): Fault[] {
  const faults: Fault[] = [];
  for (const issue of error.issues) {
    if (faults.length >= MOST_FAULTS) break;
    faults.push(...faultsOfIssue(issue, value, []).slice(0, MOST_FAULTS - faults.length));
  }
  return faults;
}

type Parsed<T> = { ok: true; data: T } | { ok: false; faults: Fault[] };

/** Parses what came from outside; the value itself is no reason to throw. */
export function parsedBy<S extends z.ZodType>(schema: S, value: unknown): Parsed<z.output<S>> {
  try {
    const parsed = schema.safeParse(value);
    return parsed.success
      ? { ok: true, data: parsed.data }
      : { ok: false, faults: faultsOf(parsed.error, value) };
  } catch (error) {
    // A recursive schema follows the content down; content deep enough to end the stack is no content.
    if (error instanceof RangeError) return { ok: false, faults: [{ path: '', code: 'INVALID' }] };
    throw error;
  }
}
