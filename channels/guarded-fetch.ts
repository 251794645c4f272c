// A fetch that reaches only where egress.ts lets it: the address is judged in the moment it is connected to.
import { lookup as resolve } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { createEgress } from './egress.ts';
import { EGRESS_REFUSED, type HttpDeps } from './http.ts';

type Resolver = typeof resolve;

class EgressError extends Error {
  readonly code = EGRESS_REFUSED;
}

/**
 * `allowed` as EGRESS_ALLOW has it. Names are resolved by the connection itself, so that no second answer of the name
 * server can lead elsewhere than the one that was judged. Redirects are answers like others: nothing follows them.
 */
export function createGuardedFetch(
  allowed: readonly string[],
  resolver: Resolver = resolve,
): HttpDeps['fetch'] {
  const egress = createEgress(allowed);
  const lookup: LookupFunction = (host, options, done) => {
    resolver(host, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        done(error, []);
        return;
      }
      const reachable = egress.allowsHost(host)
        ? found
        : found.filter(({ address }) => egress.allowsAddress(address));
      const [first] = reachable;
      if (first === undefined) done(new EgressError('no address it may reach'), []);
      else if (options.all === true) done(null, reachable);
      else done(null, first.address, first.family);
    });
  };
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };

  /** A connection kept open may be closed by the other side in the moment it is used again: then another one. */
  async function once(url: URL, init: Parameters<HttpDeps['fetch']>[1]): Promise<IncomingMessage> {
    const { method, headers, body, signal } = init;
    const isTls = url.protocol === 'https:';
    const options = { method, headers, signal, lookup, agent: isTls ? agents.https : agents.http };
    return new Promise((answer, fail) => {
      const request = isTls ? httpsRequest(url, options) : httpRequest(url, options);
      request.once('response', answer);
      request.once('error', (error: NodeJS.ErrnoException) => {
        if (request.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted)
          once(url, init).then(answer, fail);
        else fail(error);
      });
      request.end(body);
    });
  }

  return async (address, init) => {
    const url = new URL(address);
    const literal = url.hostname.replace(/^\[(.*)\]$/, '$1');
    // A socket does not look up what is an address already.
    if (isIP(literal) !== 0 && !egress.allowsAddress(literal)) throw new EgressError('not allowed');
    try {
      const response = await once(url, init);
      return {
        status: response.statusCode ?? 0,
        headers: { get: (name) => headerOf(response, name) },
        body: bytesOf(response, init.signal),
      };
    } catch (error) {
      init.signal.throwIfAborted();
      throw error;
    }
  };
}

function headerOf(response: IncomingMessage, name: string): string | null {
  const value = response.headers[name];
  return typeof value === 'string' ? value : null;
}

/** The stream's own error after a time-out names the socket, not the time. */
async function* bytesOf(response: IncomingMessage, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* response as AsyncIterable<Uint8Array>;
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}
