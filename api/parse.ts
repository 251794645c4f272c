// Parsing requests: zod's findings become the contract's faults, in both languages, at their paths.
import type { Request } from 'express';
import type { z } from 'zod';
import { refuseFaults, type Fault } from '../domain/failure.ts';
import { Refused, refused } from './errors.ts';

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

export const faultsOf = (error: z.ZodError, value: unknown): Fault[] =>
  error.issues.flatMap((issue) => faultsOfIssue(issue, value, []));

type Parsed<T> = { ok: true; data: T } | { ok: false; faults: Fault[] };

function parse<S extends z.ZodType>(schema: S, value: unknown): Parsed<z.output<S>> {
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

/** 400 MALFORMED with the places. */
export function parseEnvelope<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = parse(schema, value);
  if (!parsed.ok) throw refused('MALFORMED', { errors: parsed.faults });
  return parsed.data;
}

/** 422 with the places. */
function parseContent<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = parse(schema, value);
  if (!parsed.ok) throw new Refused(refuseFaults(parsed.faults));
  return parsed.data;
}

const isMisshapen = ({ code }: Fault): boolean => code === 'WRONG_TYPE' || code === 'UNKNOWN_FIELD';

/**
 * A body whose content is judged when the route asks for it: 404, 403 and the route's other demands come before 422
 * (api.md §2). A misshapen body is refused at once; `content` only when it is no object at all.
 */
export function judgedLater<S extends z.ZodType>(
  schema: S,
  value: unknown,
  kind: 'document' | 'content',
): () => z.output<S> {
  if (kind === 'content') {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refused('MALFORMED');
    return () => parseContent(schema, value);
  }
  const parsed = parse(schema, value);
  if (parsed.ok) return () => parsed.data;
  if (parsed.faults.some(isMisshapen)) throw refused('MALFORMED', { errors: parsed.faults });
  return () => {
    throw new Refused(refuseFaults(parsed.faults));
  };
}

/** The query string; a parameter the schema does not know is refused. */
export function parseQuery<S extends z.ZodType>(schema: S, req: Request): z.output<S> {
  // PostgreSQL cannot even compare with NUL, so nothing can be meant by it.
  if (req.url.includes('%00')) throw refused('MALFORMED');
  return parseEnvelope(schema, req.query);
}

/** A path parameter by name; the router has matched it, so it is there. */
export function param(req: Request, name: string): string {
  const value = req.params[name];
  // No id has a NUL in it, and PostgreSQL would refuse the query.
  if (typeof value !== 'string' || value.includes('\0')) throw refused('NOT_FOUND');
  return value;
}
