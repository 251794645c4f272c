// A call of the API: written once, mounted by `serve`, published as OpenAPI, and the tests check every answer against it.
import type { z } from 'zod';
import type { CALL_TABLE } from '../domain/access/call-table.ts';
import type { VerbKey } from '../domain/assignment/verb-access.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Bytes to be kept or shown: a workbook, a document, an attachment, a page. */
export type FileKind = { kind: 'file'; mediaType: string };
/** Server-sent events, and by the name of each what it carries as its data. */
export type EventsKind = { kind: 'events'; events: Readonly<Record<string, z.ZodType>> };
/** Nothing but the status. */
export type NothingKind = { kind: 'nothing' };

/** A schema is JSON. */
export type AnswerKind = z.ZodType | FileKind | EventsKind | NothingKind;

/** An attachment is of the kind it was uploaded as. */
export const ANY_TYPE = '*/*';
export const fileAnswer = (mediaType: string): FileKind => ({ kind: 'file', mediaType });
export const eventsAnswer = (events: EventsKind['events']): EventsKind => ({ kind: 'events', events });
export const NOTHING: NothingKind = { kind: 'nothing' };

/** Does the installation's own log tell of this call, and as what? */
export function recordedAs({ recorded, answers, open, at }: ApiCall): 'downloaded' | 'exported' | null {
  if (recorded !== undefined) return recorded;
  const isFile = Object.values(answers).some((kind) => !isJson(kind) && kind.kind === 'file');
  return isFile && open !== true && at !== 'root' ? 'exported' : null;
}

export const isJson = (kind: AnswerKind): kind is z.ZodType => !('kind' in kind);

/**
 * How faults of a body are answered. Left out: 400, before anything else is asked.
 * `document`: its shape is 400, its content 422, and 422 comes after 404 and 403: the route asks for the body then.
 * `content`: all in it is 422, and comes after 404 and 403 as well; only what is no object is 400.
 * `each`: the body is a list whose elements are judged one by one; the route reads it itself.
 */
export type BodyFaults = 'document' | 'content' | 'each';

export type ApiCall = {
  method: Method;
  /** Below /api/v1, with `{id}` for what varies; `at: 'root'` for the rest. */
  path: string;
  at?: 'root';
  tag: string;
  summary: string;
  /** Checks of path parameters beyond being a text; a failure is 400. */
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  bodyFaults?: BodyFaults;
  /** More than 1 MB: 8 MB of an office's directive, 32 MB of an administrator's import. */
  largeBody?: 'directive' | 'import';
  /** Of a body that is not JSON: the route reads it itself. */
  bodyType?: string;
  /** It takes much of a processor, of memory or of a queue: a person has a pace for such calls (429). */
  costly?: true;
  /** By status; a route that names no status answers the first. */
  answers: Readonly<Record<number, AnswerKind>>;
  /** Statuses of refusals beside those of every such call (refusals.ts). */
  refusals?: readonly number[];
  /** How the installation's log tells of it; left out, a call that answers a file to people who are signed in is exported. */
  recorded?: 'downloaded' | 'exported';
  /** Without a bearer token. */
  open?: true;
  /** Takes an Idempotency-Key; so do all POSTs unless `false`. */
  once?: boolean;
};

/** Calls by the name of their row of access: `GET /directives/{id}`. */
export type CallKey = keyof typeof CALL_TABLE | VerbKey;

/** The compiler names this where a call has no row: who may make it must be said before there is such a call. */
type WithRowOfAccess<C extends ApiCall> = `${Uppercase<C['method']>} ${C['path']}` extends CallKey
  ? unknown
  : { rowIn: 'domain/access/call-table.ts' };

/** Keeps the exact types of the parts, from which `serve` infers what a handler is given and must answer. */
export const defineCall = <const C extends ApiCall>(call: C & WithRowOfAccess<C>): C => call;

/** `id` and `n` of `/directives/{id}/hand-ups/{n}`. */
export type PathNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathNames<Rest>
  : never;

/** The same at run time, in the order of the path. */
export const pathNamesOf = (path: string): string[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

/** Where a call is found on the server. */
export const fullPath = ({ at, path }: Pick<ApiCall, 'at' | 'path'>): string =>
  at === 'root' ? path : `/api/v1${path}`;
