// Parsing requests: zod's findings become the contract's faults, in both languages, at their paths.
import type { Request } from 'express';
import type { z } from 'zod';
import { refuseFaults, type Fault } from '../domain/failure.ts';
import { Refused, refused } from './errors.ts';
import { parsedBy } from '../domain/schema-faults.ts';

/** 400 MALFORMED with the places. */
export function parseEnvelope<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = parsedBy(schema, value);
  if (!parsed.ok) throw refused('MALFORMED', { errors: parsed.faults });
  return parsed.data;
}

/** 422 with the places. */
function parseContent<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = parsedBy(schema, value);
  if (!parsed.ok) throw new Refused(refuseFaults(parsed.faults));
  return parsed.data;
}

export const isMisshapen = ({ code }: Fault): boolean => code === 'WRONG_TYPE' || code === 'UNKNOWN_FIELD';

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
  const parsed = parsedBy(schema, value);
  if (parsed.ok) return () => parsed.data;
  if (parsed.faults.some(isMisshapen)) throw refused('MALFORMED', { errors: parsed.faults });
  return () => {
    throw new Refused(refuseFaults(parsed.faults));
  };
}

/** The query string; a parameter the schema does not know is refused. */
export function parseQuery<S extends z.ZodType>(schema: S, req: Request): z.output<S> {
  // PostgreSQL cannot even compare with NUL, so nothing can be meant by it. In the path it names nothing: 404.
  const [, query = ''] = req.url.split('?', 2);
  if (query.includes('%00')) throw refused('MALFORMED');
  return parseEnvelope(schema, req.query);
}

/** A path parameter by name; the router has matched it, so it is there. */
export function param(req: Request, name: string): string {
  const value = req.params[name];
  // No id has a NUL in it, and PostgreSQL would refuse the query.
  if (typeof value !== 'string' || value.includes('\0')) throw refused('NOT_FOUND');
  return value;
}
