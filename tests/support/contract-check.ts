// Checks an API's answers against its contract: every 2xx against its call's schema, every refusal against the
// problem's.
import { z } from 'zod';
import { ANY_TYPE, isJson } from '../../contract/call.ts';
import { callAt } from '../../contract/call-at.ts';
import { STREAM_CALLS } from '../../contract/stream.ts';
import { ProblemAnswer } from '../../contract/problem.ts';

const SHOWN_CHARACTERS = 2_000;

function demandFits(schema: z.ZodType, body: unknown, where: string): void {
  const parsed = schema.safeParse(body);
  if (parsed.success) return;
  const shown = JSON.stringify(body).slice(0, SHOWN_CHARACTERS);
  throw new Error(`${where} does not answer by its contract:\n${z.prettifyError(parsed.error)}\n${shown}`);
}

/**
 * `path` from the root of the site; `body` as parsed, or undefined where it is no JSON. Throws where it does not fit.
 */
export function demandContract(
  method: string,
  path: string,
  answer: { status: number; headers: Headers; body: unknown },
): void {
  const { status, headers, body } = answer;
  const where = `${method} ${path} (${status})`;
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json')) demandFits(ProblemAnswer, body, where);
  if (status < 200 || status > 299) return;
  const call = callAt(method, path);
  if (call === null) throw new Error(`${where}: the contract knows no such call`);
  const kind = call.answers[status];
  if (kind === undefined) throw new Error(`${where}: the contract knows no such status of it`);
  if (isJson(kind)) demandFits(kind, body, where);
  else if (kind.kind === 'file' && !type.startsWith(kind.mediaType) && kind.mediaType !== ANY_TYPE)
    throw new Error(`${where} is ${type}, and should be ${kind.mediaType}`);
}

const listening = STREAM_CALLS.listen.answers[200].events;

/** An event of the stream, by its name; throws where its data does not fit. */
export function demandStreamContract(event: string, data: unknown): void {
  if (!Object.hasOwn(listening, event)) throw new Error(`the contract knows no event ${event} of the stream`);
  const schema = listening[event];
  if (schema !== undefined) demandFits(schema, data, `the stream's ${event}`);
}
