// A POST to an outside address: no redirects, a time-out, a bounded answer, and faults in words without secrets.
import type { AttemptOutcome } from '../domain/delivery/delivery-attempt.ts';

/** What is used of `fetch`; channels/guarded-fetch.ts is the one that real addresses are given to. */
type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body: string;
    redirect: 'manual';
    signal: AbortSignal;
  },
) => Promise<{ status: number; headers: { get(name: string): string | null }; body: object | null }>;

export type HttpDeps = {
  fetch: Fetch;
  /** For the whole request, to the last byte of the answer that is read. */
  timeoutMs: number;
};

/** The `code` of the error of an address that may not be reached. */
export const EGRESS_REFUSED = 'EGRESS_REFUSED';

/** An answer needs no more room than this to say what is wrong. */
const MAX_ANSWER_BYTES = 4_096;

/** After a 429 without a time to come back. */
const BUSY_MS = 60_000;

export type HttpAnswer = { status: number; retryAfterMs: number; text: string };

/** The answer, or the error that prevented one; `forbidden`: the address is none that may be reached. */
export async function post(
  deps: HttpDeps,
  url: string,
  request: { headers: Record<string, string>; body: string },
): Promise<HttpAnswer | { fault: string; forbidden: boolean }> {
  try {
    const response = await deps.fetch(url, {
      method: 'POST',
      body: request.body,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'zhuanban',
        ...request.headers,
      },
      // A redirect could lead anywhere: into this network, or with the secret to a stranger.
      redirect: 'manual',
      signal: AbortSignal.timeout(deps.timeoutMs),
    });
    return {
      status: response.status,
      retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
      text: await readStart(response),
    };
  } catch (error) {
    return { fault: faultOf(error, deps.timeoutMs), forbidden: codeOf(error) === EGRESS_REFUSED };
  }
}

/** The result that the status alone gives; null where the answer must be read. */
export function outcomeOfStatus({ status, retryAfterMs, text }: HttpAnswer): AttemptOutcome | null {
  const said = `${status} ${text}`.trim();
  if (status >= 200 && status < 300) return null;
  if (status === 429) return { kind: 'busy', said, afterMs: retryAfterMs };
  if (status === 408 || status >= 500) return { kind: 'failed', said };
  // 3xx too: an administrator must correct the address of a receiver that has moved.
  return { kind: 'refused', said };
}

async function readStart(response: { body: object | null }): Promise<string> {
  if (response.body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  // If reading stops early, the stream is cancelled and the connection closed.
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= MAX_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MAX_ANSWER_BYTES).toString('utf8');
}

/** A number is seconds; a date, or nothing, counts as a minute. */
function retryAfterMs(header: string | null): number {
  const seconds = header !== null && /^\d{1,6}$/.test(header.trim()) ? Number(header) : 0;
  return seconds > 0 ? seconds * 1000 : BUSY_MS;
}

/** Never the error's message: it may name the address, and the address may be the secret. */
function faultOf(error: unknown, timeoutMs: number): string {
  // Recognised by its shape, not its class: under jest Node's own errors come from another realm.
  const isTimeout =
    typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';
  if (isTimeout) return `no answer within ${timeoutMs / 1000} s`;
  const code = codeOf(error);
  if (code === EGRESS_REFUSED)
    return 'the address is not a public one: an operator can allow it with EGRESS_ALLOW';
  return code === null ? 'no connection' : `no connection: ${code}`;
}

function codeOf(error: unknown): string | null {
  const cause: unknown =
    typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
  const code: unknown =
    typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : null;
}

/** The result that the lack of an answer gives: another try cannot change what may be reached. */
export const outcomeOfFault = ({
  fault,
  forbidden,
}: {
  fault: string;
  forbidden: boolean;
}): AttemptOutcome => ({
  kind: forbidden ? 'refused' : 'failed',
  said: fault,
});
