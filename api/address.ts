// The address a request comes from: the one place that says it, for tries, logs and the record of security.
import type { Express, Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { networkOf, plainAddress } from '../domain/access/network.ts';

/** Of these alone a forwarded address, host or protocol is believed (TRUSTED_PROXIES); all others speak for themselves. */
export function trustProxies(app: Express, networks: readonly string[]): void {
  app.set('trust proxy', networks.length === 0 ? false : [...networks]);
}

/** Empty where the connection has already gone. */
export const addressOf = (req: Request): string => plainAddress(req.ip ?? '');

/** The network by which tries are counted. */
export const networkFrom = (req: Request): string => networkOf(addressOf(req));

/** Says once that a proxy is not named: behind it all people have one address. */
export function noteUntrustedProxy({ log }: { log: Logger }): RequestHandler {
  let isSaid = false;
  return (req, _res, next) => {
    const { remoteAddress = '' } = req.socket;
    if (!isSaid && req.headers['x-forwarded-for'] !== undefined && req.ip === remoteAddress) {
      isSaid = true;
      log.warn(
        { address: remoteAddress },
        'a forwarded address is not believed: if a proxy of yours stands there, name it in TRUSTED_PROXIES',
      );
    }
    next();
  };
}
