// A connection to a server that a test can cut and mend: meanwhile the server is away, as after a kill.
import net from 'node:net';

export type Line = {
  address: string;
  cut: () => Promise<void>;
  mend: () => Promise<void>;
  close: () => Promise<void>;
};

/** Listens on a port of its own and passes everything on to `target`, `host:port`. */
export async function openLine(target: string): Promise<Line> {
  const [host = '127.0.0.1', port = '0'] = target.split(':');
  const sockets = new Set<net.Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), host);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const listen = (at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, '127.0.0.1', resolve);
    });
  await listen(0);
  const own = (server.address() as net.AddressInfo).port;
  const cut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      for (const socket of sockets) socket.destroy();
    });
  return { address: `127.0.0.1:${own}`, cut, mend: () => listen(own), close: cut };
}
