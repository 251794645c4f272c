// One keep-alive HTTP/1.1 connection with one request under way: just enough for a load generator.
import { connect, type Socket } from 'node:net';

export type Reply = { status: number; body: Buffer };
export type Connection = {
  /** Sends a whole request, as `requestText` makes it, and resolves with its answer; one at a time. */
  send(request: Buffer): Promise<Reply>;
  close(): void;
};

const HEAD_END = Buffer.from('\r\n\r\n');
const LENGTH = /\r\ncontent-length: (\d+)/i;

/** node:http spends ten times the CPU of this on a message, on the same two cores as the server under test. */
export async function openConnection(url: URL): Promise<Connection> {
  const socket = await connected(url);
  let waiting: PromiseWithResolvers<Reply> | null = null;
  let received: Buffer = Buffer.alloc(0);

  const fail = (error: Error): void => {
    waiting?.reject(error);
    waiting = null;
  };
  socket.on('error', fail);
  socket.on('close', () => {
    fail(new Error('the server closed the connection'));
  });
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const headEnd = received.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = received.toString('latin1', 0, headEnd);
    const length = LENGTH.exec(head)?.[1];
    if (length === undefined && !head.startsWith('HTTP/1.1 204')) {
      fail(new Error(`an answer without a length: ${head}`));
      return;
    }
    const end = headEnd + HEAD_END.length + Number(length ?? 0);
    if (received.length < end) return;
    const reply = {
      status: Number(head.slice(9, 12)),
      body: received.subarray(end - Number(length ?? 0), end),
    };
    received = Buffer.alloc(0);
    const answered = waiting;
    waiting = null;
    answered?.resolve(reply);
  });

  return {
    send: (request) => {
      if (socket.destroyed) return Promise.reject(new Error('the connection is closed'));
      waiting = Promise.withResolvers<Reply>();
      socket.write(request);
      return waiting.promise;
    },
    close: () => {
      socket.destroy();
    },
  };
}

export function requestBytes(
  method: string,
  url: URL,
  path: string,
  token: string | null,
  body?: unknown,
): Buffer {
  const text = body === undefined ? '' : JSON.stringify(body);
  const head = [
    `${method} /api/v1${path} HTTP/1.1`,
    `Host: ${url.host}`,
    ...(token === null ? [] : [`Authorization: Bearer ${token}`]),
    ...(body === undefined
      ? []
      : ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`]),
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${text}`);
}

/** Unmeasured calls of one person; any answer but a success is an error. */
export type Caller = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export function createCaller(connection: Connection, url: URL, token: string | null): Caller {
  return async <T>(method: string, path: string, body?: unknown) => {
    const reply = await connection.send(requestBytes(method, url, path, token, body));
    const text = reply.body.toString();
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${text.slice(0, 2_000)}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  };
}

function connected(url: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port || 80), noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
