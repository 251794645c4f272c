// Mounts a call of the contract: its path, its parsing, the order of its refusals, and its answer (api.md §2).
import type { Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import { pathNamesOf, recordedAs, type AnswerKind, type ApiCall, type PathNames } from '../contract/call.ts';
import { scopeOfCall } from '../contract/call-scopes.ts';
import { originOf } from './access/origin.ts';
import { demandScope } from './access/scope.ts';
import { bodyInParts } from './bodies/body-in-parts.ts';
import { readBody } from './bodies/body.ts';
import { rightOfPerson } from './access/right.ts';
import { judgedLater, parseEnvelope, parseQuery, param } from './parse.ts';
import { RawReply, Reply, WrittenReply } from './reply.ts';

/** The body, or for a call whose content is judged later a function that judges it: 422 comes after 404 and 403. */
type BodyOf<C extends ApiCall> = C extends { bodyType: string }
  ? undefined
  : C extends { body: infer B extends z.ZodType }
    ? C extends { bodyFaults: 'each' }
      ? unknown
      : C extends { bodyFaults: 'document' | 'content' }
        ? () => z.output<B>
        : z.output<B>
    : undefined;

/** The parts of a request a handler is given. */
export type Incoming<C extends ApiCall> = {
  params: C extends { params: infer P extends z.ZodObject }
    ? z.output<P>
    : Readonly<Record<PathNames<C['path']>, string>>;
  query: C extends { query: infer Q extends z.ZodObject } ? z.output<Q> : undefined;
  body: BodyOf<C>;
  req: Request;
};

type AnswerWith<A> = A extends z.ZodType
  ? z.output<A> | Reply<z.output<A>> | WrittenReply<z.output<A>>
  : A extends { kind: 'nothing' }
    ? // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a handler that says nothing has answered
      void | Reply<unknown>
    : RawReply;

/** The answer a handler of a call must give, by its `answers`. */
export type AnswerOf<C extends ApiCall> = {
  [S in keyof C['answers']]: C['answers'][S] extends AnswerKind ? AnswerWith<C['answers'][S]> : never;
}[keyof C['answers']];

export type CallHandler<C extends ApiCall> = (incoming: Incoming<C>) => Promise<AnswerOf<C>> | AnswerOf<C>;

/** As Express writes a path: `{id}` is `:id`. */
export const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1');

function bodyReader(call: ApiCall): RequestHandler[] {
  if (call.body === undefined || call.bodyType !== undefined) return [];
  return [readBody(call)];
}

function bodyOf({ body, bodyFaults, bodyType }: ApiCall, req: Request): unknown {
  if (body === undefined || bodyType !== undefined) return undefined;
  if (req.judged !== undefined) return bodyInParts(req.judged, bodyFaults);
  switch (bodyFaults) {
    case undefined:
      return parseEnvelope(body, req.body);
    case 'document':
    case 'content':
      return judgedLater(body, req.body, bodyFaults);
    case 'each':
      return req.body;
  }
}

function paramsOf({ params }: ApiCall, names: readonly string[], req: Request): Record<string, unknown> {
  const given = Object.fromEntries(names.map((name) => [name, param(req, name)]));
  return params === undefined ? given : parseEnvelope(params, given);
}

const firstStatus = ({ answers }: ApiCall): number => Number(Object.keys(answers)[0]);

async function send(res: Response, call: ApiCall, answer: unknown): Promise<void> {
  if (answer instanceof RawReply) {
    await answer.write(res);
    return;
  }
  if (answer instanceof WrittenReply) {
    res.type('json').send(answer.bytes);
    return;
  }
  const { status, body, headers } =
    answer instanceof Reply ? (answer as Reply<unknown>) : new Reply(firstStatus(call), answer);
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  res.status(status);
  if (call.answers[status] !== undefined && 'kind' in call.answers[status]) res.end();
  else res.json(body);
}

/** Before anything goes out: what does not stand in the log was not given. */
async function record(
  req: Request,
  type: 'downloaded' | 'exported',
  { method, path }: ApiCall,
  params: Record<string, unknown>,
): Promise<void> {
  const of = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]));
  const call = `${method.toUpperCase()} ${path}`;
  await req.security.record({ ...originOf(req), type, data: { call, of } });
}

/**
 * The order of refusals: a token's scope, kind and size of the body, query, body's envelope, path, what the person may not
 * do at all; then the handler's own. Of a large body the person is asked before it is read (bodies/large-bodies.ts).
 */
export function serve<C extends ApiCall>(router: Router, call: C, handler: CallHandler<C>): void {
  const names = pathNamesOf(call.path);
  const recorded = recordedAs(call);
  const askRight = rightOfPerson(call);
  const scope = scopeOfCall(call.method, call.path);
  const withinScope: RequestHandler = (req, _res, next) => {
    demandScope(req, scope);
    if (call.costly) req.pace?.demand(req);
    next();
  };
  router[call.method](expressPath(call.path), withinScope, ...bodyReader(call), async (req, res) => {
    const query = call.query === undefined ? undefined : parseQuery(call.query, req);
    const body = bodyOf(call, req);
    const params = paramsOf(call, names, req);
    await askRight?.(req);
    const work = async (): Promise<void> => {
      const answer = await handler({ params, query, body, req } as Incoming<C>);
      if (recorded !== null) await record(req, recorded, call, params);
      await send(res, call, answer);
    };
    // What is made and given out waits in queues that all share; what is handed in has bounds of its own.
    await (call.costly && call.method === 'get' && req.pace ? req.pace.inTurn(req, work) : work());
  });
}
