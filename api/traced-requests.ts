// Requests under tracing: each is a span, the first of its trace unless the caller has begun one.
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { RequestHandler } from 'express';
import { tracer } from '../command/tracing/span.ts';
import { routeOf } from './observe.ts';
import { PROBES } from './request.ts';

/** A list brings up to 500 commands, each with a span of its own that names it. */
const NAMED_COMMANDS = 20;

export const traceRequests: RequestHandler = (req, res, next) => {
  if (PROBES.has(req.path)) {
    next();
    return;
  }
  const span = tracer.startSpan(
    req.method,
    {
      kind: SpanKind.SERVER,
      attributes: { 'http.request.method': req.method, 'zhuanban.request_id': req.requestId },
    },
    propagation.extract(ROOT_CONTEXT, req.headers),
  );
  res.once('close', () => {
    const route = routeOf(req);
    span.updateName(`${req.method} ${route}`);
    span.setAttributes({
      'http.route': route,
      'http.response.status_code': res.statusCode,
      ...(req.refusalCode === undefined ? {} : { 'zhuanban.refused': req.refusalCode }),
      ...(req.commandIds === undefined
        ? {}
        : { 'zhuanban.commands': req.commandIds.slice(0, NAMED_COMMANDS) }),
    });
    if (res.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  });
  context.with(trace.setSpan(ROOT_CONTEXT, span), next);
};
