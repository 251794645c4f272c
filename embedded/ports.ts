// TCP ports of this machine: which are free, and whether a server listens on one.
import net from 'node:net';

export const LOOPBACK = '127.0.0.1';

/** A port on which no server listens now. The system may give it to another before it is used, so callers try again. */
export async function freePort(): Promise<number> {
  const port = await listenOnce(0, LOOPBACK);
  if (typeof port !== 'number') throw new Error('no free port', { cause: port });
  return port;
}

/** `preferred` if it is free, else any free port. */
export async function freePortNear(preferred: number | undefined): Promise<number> {
  return preferred !== undefined && (await portFault(preferred, LOOPBACK)) === null ? preferred : freePort();
}

/** Why `host:port` cannot be listened on, e.g. `EADDRINUSE`; null when it can. */
export async function portFault(port: number, host: string): Promise<string | null> {
  const result = await listenOnce(port, host);
  return typeof result === 'number' ? null : (result.code ?? result.message);
}

/** Does a server accept connections there within `timeoutMs`? */
export async function isListening(port: number, host = LOOPBACK, timeoutMs = 500): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host, timeout: timeoutMs });
    const answer = (listening: boolean) => () => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', answer(true)).once('timeout', answer(false)).once('error', answer(false));
  });
}

async function listenOnce(port: number, host: string): Promise<number | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', resolve);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(address !== null && typeof address === 'object' ? address.port : port);
      });
    });
  });
}
