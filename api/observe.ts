// Times every request under its route's pattern.
import type { Request, RequestHandler } from 'express';
import type { Metrics } from '../command/metering/api-metrics.ts';

/** `/api/v1/assignments/:id`; all paths no route knows share the one label `none`. */
export function routeOf(req: Request): string {
  const route = req.route as { path?: unknown } | undefined;
  if (typeof route?.path !== 'string') return 'none';
  return req.originalUrl.startsWith('/api/v1/') ? `/api/v1${route.path}` : route.path;
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

export function observeRequests({ observeRequest }: Pick<Metrics, 'observeRequest'>): RequestHandler {
  return (req, res, next) => {
    const startedMs = performance.now();
    res.once('close', () => {
      const method = METHODS.has(req.method) ? req.method : 'OTHER';
      observeRequest({
        method,
        route: routeOf(req),
        status: res.statusCode,
        ms: performance.now() - startedMs,
        refusals: req.refusalCode === undefined ? (req.refusedOfList ?? {}) : { [req.refusalCode]: 1 },
      });
    });
    next();
  };
}
