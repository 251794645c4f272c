// Calls the API: the types of a call come from the contract, the cookie says who asks, and every act carries a key of its own.
import type { z } from 'zod';
import type { AnswerKind, ApiCall, PathNames } from '../../contract/call.ts';
import type { ProblemAnswer } from '../../contract/problem.ts';
import { address, API, type QueryValues } from './address.ts';
import { CallProblem, Unreached } from './problem.ts';

type JsonOf<K> = K extends z.ZodType ? z.output<K> : undefined;

/** What a call answers when it succeeds: JSON, or nothing. */
export type AnswerTo<C extends ApiCall> = {
  [S in keyof C['answers']]: C['answers'][S] extends AnswerKind ? JsonOf<C['answers'][S]> : never;
}[keyof C['answers']];

export type ParamsOf<C extends ApiCall> = Readonly<Record<PathNames<C['path']>, string>>;
export type QueryOf<C extends ApiCall> = C extends { query: infer Q extends z.ZodType }
  ? { [K in keyof z.input<Q>]?: string | number | boolean | undefined }
  : Readonly<Record<string, never>>;
export type BodyOf<C extends ApiCall> = C extends { body: infer B extends z.ZodType }
  ? z.input<B>
  : undefined;

/** Set once a person is known; every unsafe call carries it (page.md §8, A3). */
let csrfToken: string | null = null;
export const setCsrf = (token: string | null): void => {
  csrfToken = token;
};

let language = 'zh';
export const setCallLanguage = (asked: string): void => {
  language = asked;
};

/** Difference between the server's clock and this device's, from the last answer. */
let offsetMs = 0;
/** The server's time, as far as this device knows it. */
export const serverNow = (): number => Date.now() + offsetMs;

function noteTime(response: Response): void {
  const at = Date.parse(response.headers.get('date') ?? '');
  // Its seconds are cut off: half a second is the middle of what it can be.
  if (!Number.isNaN(at) && Math.abs(at + 500 - serverNow()) > 1500) offsetMs = at + 500 - Date.now();
}

export type Sending = {
  method: string;
  path: string;
  body?: unknown;
  form?: FormData | Blob;
  headers?: Readonly<Record<string, string>>;
  /** Keeps going when the page is left. */
  keepalive?: boolean;
  signal?: AbortSignal;
};

async function problemOf(response: Response): Promise<CallProblem> {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  const retryAfterMs = Number.isNaN(seconds) ? null : seconds * 1000;
  const said: unknown = await response.json().catch(() => null);
  const given = said as ProblemAnswer | null;
  // A proxy's own page, or an answer cut off.
  const problem: ProblemAnswer = given?.code
    ? given
    : {
        type: 'about:blank',
        title: response.statusText,
        status: response.status,
        detail: response.statusText,
        code: response.status >= 500 ? 'UNAVAILABLE' : 'INTERNAL',
        requestId: response.headers.get('x-request-id') ?? '',
      };
  return new CallProblem(problem, retryAfterMs);
}

/** Sends one request and gives the answer's response, or throws `Problem` or `Unreached`. */
export async function sendRequest({
  method,
  path,
  body,
  form,
  headers,
  keepalive,
  signal,
}: Sending): Promise<Response> {
  const isUnsafe = method !== 'GET';
  const response = await fetch(`${API}${path}`, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'accept-language': language,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(isUnsafe && csrfToken !== null ? { 'x-csrf': csrfToken } : {}),
      ...headers,
    },
    ...(form === undefined ? {} : { body: form }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(keepalive === undefined ? {} : { keepalive }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    throw error instanceof DOMException && error.name === 'AbortError' ? error : new Unreached(error);
  });
  noteTime(response);
  if (!response.ok) throw await problemOf(response);
  return response;
}

export async function sendJson<T>(sending: Sending): Promise<T> {
  const response = await sendRequest(sending);
  if (response.status === 204) return undefined as T;
  // Lost in the middle: the server has done it, and the same key asks again.
  return (await response.json().catch((error: unknown) => {
    throw new Unreached(error);
  })) as T;
}

/** A key for one act of a person; `crypto.randomUUID` is missing where the page is not served over TLS. */
export function actKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

/** `call<typeof SESSION_CALLS.signIn>('post', '/session', { body })`: method and path are checked against the contract. */
export function callApi<C extends ApiCall>(
  method: C['method'],
  path: C['path'],
  given: {
    params?: ParamsOf<C>;
    query?: QueryOf<C>;
    body?: BodyOf<C>;
    key?: string;
    ifMatch?: number;
    keepalive?: boolean;
  } = {},
): Promise<AnswerTo<C>> {
  const { params, query, key, ifMatch, keepalive } = given;
  const body: unknown = given.body;
  return sendJson({
    method: method.toUpperCase(),
    path: address(path, params ?? {}, query as QueryValues | undefined),
    ...(body === undefined ? {} : { body }),
    ...(keepalive === undefined ? {} : { keepalive }),
    headers: {
      ...(key === undefined ? {} : { 'idempotency-key': key }),
      ...(ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` }),
    },
  });
}
