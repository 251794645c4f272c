// A POST to somebody else's address: no redirects, a time-out, a bounded answer, and faults in words without secrets.
import type { Outcome } from '../domain/delivery/delivery-attempt.ts';

export type HttpDeps = {
  fetch: typeof fetch;
  /** For the whole of it, to the last byte of the answer that is read. */
  timeoutMs: number;
};

/** An answer needs no more room than this to say what is wrong. */
const MAX_ANSWER_BYTES = 4_096;

/** Of a 429 without a word on when to come back. */
const BUSY_MS = 60_000;

export type HttpAnswer = { status: number; retryAfterMs: number; text: string };

/** The answer, or what went wrong on the way to it. */
export async function post(
  deps: HttpDeps,
  url: string,
  request: { headers: Record<string, string>; body: string },
): Promise<HttpAnswer | { fault: string }> {
  try {
    const response = await deps.fetch(url, {
      method: 'POST',
      body: request.body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'zhuanban',
        ...request.headers,
      },
      // Followed, it could lead anywhere: into this network, or with the secret to somebody else.
      redirect: 'manual',
      signal: AbortSignal.timeout(deps.timeoutMs),
    });
    return {
      status: response.status,
      retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
      text: await readStart(response),
    };
  } catch (error) {
    return { fault: faultOf(error, deps.timeoutMs) };
  }
}

/** What a status alone says; null where it says that the other side has answered. */
export function outcomeOfStatus({ status, retryAfterMs, text }: HttpAnswer): Outcome | null {
  const said = `${status} ${text}`.trim();
  if (status >= 200 && status < 300) return null;
  if (status === 429) return { kind: 'busy', said, afterMs: retryAfterMs };
  if (status === 408 || status >= 500) return { kind: 'failed', said };
  // 3xx too: whoever has moved must be told so by an administrator.
  return { kind: 'refused', said };
}

async function readStart(response: Response): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Left early, the stream is cancelled and the connection closed.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
}

/** Seconds as a number; a date, or nothing, is a minute. */
function retryAfterMs(header: string | null): number {
  const seconds = header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) : 0;
  return seconds > 0 ? seconds * 1000 : BUSY_MS;
}

/** Never the message itself: it may name the address, and the address may be the secret. */
function faultOf(error: unknown, timeoutMs: number): string {
  // By what it is, not by its class: under jest Node's own errors come from another realm.
  const isTimeout =
    typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';
  if (isTimeout) return `no answer within ${timeoutMs / 1000} s`;
  const cause: unknown =
    typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
  const code: unknown =
    typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? `no connection: ${code}` : 'no connection';
}
