// Finds out why Temporal's address does not answer: gRPC hides that behind its deadline, a bare connection does not.
import net from 'node:net';
import tls from 'node:tls';
import type { TemporalFault } from './temporal-fault.ts';
import { connectionOptions, type TemporalSettings } from './temporal.ts';

/** On one network a connection takes milliseconds; longer is as good as none. */
const PATIENCE_MS = 2_000;

export type Probed = { fault: TemporalFault; reason: string };

/** Connects once, with TLS where it is configured, and names the step that failed. */
export async function probeTemporal(settings: TemporalSettings): Promise<Probed> {
  const at = settings.address.lastIndexOf(':');
  const host = settings.address.slice(0, at).replace(/^\[|\]$/g, '');
  const port = Number(settings.address.slice(at + 1));
  const refusal = await failureOf(() => net.connect({ host, port }), 'connect');
  if (refusal !== null) return { fault: 'unreachable', reason: refusal };
  const isTls = settings.tls !== null || settings.apiKey !== null;
  if (!isTls)
    return {
      fault: 'untrusted',
      reason: 'it takes connections and does not answer plain gRPC: does it want TLS?',
    };
  const distrust = await failureOf(() => tls.connect(tlsOptions(settings, host, port)), 'secureConnect');
  if (distrust !== null) return { fault: 'untrusted', reason: distrust };
  return { fault: 'failing', reason: 'TLS holds and gRPC does not answer' };
}

function tlsOptions(settings: TemporalSettings, host: string, port: number): tls.ConnectionOptions {
  const { tls: given } = connectionOptions(settings);
  const pems = typeof given === 'object' && given !== null ? given : {};
  const servername = pems.serverNameOverride ?? (net.isIP(host) === 0 ? host : undefined);
  return {
    host,
    port,
    ALPNProtocols: ['h2'],
    ...(servername === undefined ? {} : { servername }),
    ...(pems.serverRootCACertificate === undefined ? {} : { ca: Buffer.from(pems.serverRootCACertificate) }),
    ...(pems.clientCertPair === undefined
      ? {}
      : { cert: Buffer.from(pems.clientCertPair.crt), key: Buffer.from(pems.clientCertPair.key) }),
  };
}

/** null once the socket has come as far as `event`. */
function failureOf(open: () => net.Socket, event: 'connect' | 'secureConnect'): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = open();
    const end = (reason: string | null): void => {
      socket.destroy();
      resolve(reason);
    };
    socket.setTimeout(PATIENCE_MS, () => {
      end(`no answer for ${PATIENCE_MS} ms`);
    });
    socket.once(event, () => {
      end(null);
    });
    socket.on('error', (error) => {
      end(error.message);
    });
  });
}
