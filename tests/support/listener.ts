// An outside web server on this machine: keeps every request, and answers as robots do, wrongly, slowly or never.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Received = { path: string; query: URLSearchParams; headers: IncomingHttpHeaders; body: string };
export type Reply =
  { status?: number; body?: string; headers?: Record<string, string>; afterMs?: number } | 'never';

export type Listener = {
  url: string;
  received: Received[];
  /** The requests received under a path. */
  at: (path: string) => Received[];
  close: () => Promise<void>;
};

export async function startListener(reply: (request: Received) => Reply): Promise<Listener> {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    void (async () => {
      const { pathname, searchParams } = new URL(req.url ?? '/', 'http://listener');
      const request = { path: pathname, query: searchParams, headers: req.headers, body: await text(req) };
      received.push(request);
      const answer = reply(request);
      if (answer === 'never') return;
      setTimeout(() => {
        res.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
        res.end(answer.body ?? '');
      }, answer.afterMs ?? 0);
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    at: (path) => received.filter((request) => request.path === path),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
