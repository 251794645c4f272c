// METRICS_PORT: a port that only the scraper reaches, with `GET /metrics`, and in a worker `GET /healthz`.
import { createServer, type RequestListener } from 'node:http';

export type Exposition = {
  contentType: string;
  text(): Promise<string>;
};

/** `isHealthy` is given by a process that listens nowhere else. */
export function metricsListener(metrics: Exposition, isHealthy?: () => boolean): RequestListener {
  return (req, res) => {
    if (isHealthy !== undefined && req.method === 'GET' && req.url === '/healthz') {
      const status = isHealthy() ? 'up' : 'down';
      res
        .writeHead(status === 'up' ? 200 : 503, { 'content-type': 'application/json' })
        .end(JSON.stringify({ status }));
      return;
    }
    if (req.method !== 'GET' || req.url !== '/metrics') {
      res.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => res.writeHead(200, { 'content-type': metrics.contentType }).end(text),
      () => res.writeHead(500).end(),
    );
  };
}

/** The process that has the port, perhaps the one before this, may give it up. */
const AGAIN_AFTER_MS = 5_000;

/** Does nothing where `port` is null. A port that is taken does not end the process: it warns once and tries again. */
export function serveMetrics(
  metrics: Exposition,
  { port, host }: { port: number | null; host: string },
  log: { warn(about: object, text: string): void },
  isHealthy?: () => boolean,
): { close(): void } {
  if (port === null) return { close: () => undefined };
  let timer: NodeJS.Timeout | undefined;
  let isTold = false;
  const server = createServer(metricsListener(metrics, isHealthy));
  const listen = (): void => {
    server.listen(port, host);
  };
  server.on('error', (error) => {
    if (!isTold) log.warn({ err: error, port }, 'METRICS_PORT cannot be listened on; trying on');
    isTold = true;
    timer = setTimeout(listen, AGAIN_AFTER_MS);
    timer.unref();
  });
  listen();
  return {
    close() {
      clearTimeout(timer);
      server.close();
      server.closeAllConnections();
    },
  };
}
