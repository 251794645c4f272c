// How this installation's processes reach Temporal: address, TLS, API key; lazily, so that they start while it is away.
import { readFileSync } from 'node:fs';
import {
  Client,
  Connection,
  type ConnectionOptions,
  type WorkflowClientInterceptor,
} from '@temporalio/client';

import type { SecretKeys } from '../db/secret-box.ts';
import { dataConverterOf } from './payload-codec.ts';

/** The settings as config.ts reads them; with paths of PEM files. */
export type TemporalSettings = {
  address: string;
  namespace: string;
  apiKey: string | null;
  /** Keys that seal payloads; left out or null, they are stored as they are. */
  payloadKeys?: SecretKeys | null;
  tls: {
    serverName: string | null;
    serverCaCertPath: string | null;
    clientCertPath: string | null;
    clientKeyPath: string | null;
  } | null;
};

export function connectionOptions({
  address,
  apiKey,
  tls,
}: TemporalSettings): Pick<ConnectionOptions, 'address' | 'apiKey' | 'tls'> {
  const pem = (path: string | null): Buffer | undefined => (path === null ? undefined : readFileSync(path));
  const ca = pem(tls?.serverCaCertPath ?? null);
  const crt = pem(tls?.clientCertPath ?? null);
  const key = pem(tls?.clientKeyPath ?? null);
  return {
    address,
    ...(apiKey === null ? {} : { apiKey }),
    ...(tls === null
      ? {}
      : {
          tls: {
            ...(tls.serverName === null ? {} : { serverNameOverride: tls.serverName }),
            ...(ca === undefined ? {} : { serverRootCACertificate: ca }),
            ...(crt === undefined || key === undefined ? {} : { clientCertPair: { crt, key } }),
          },
        }),
  };
}

/** Connects at its first call: the API and the worker's sentinel outlive Temporal's absences. */
export const createConnection = (settings: TemporalSettings): Connection =>
  Connection.lazy(connectionOptions(settings));

export const createClient = (
  settings: TemporalSettings,
  {
    connection = createConnection(settings),
    interceptors = [],
  }: { connection?: Connection; interceptors?: WorkflowClientInterceptor[] } = {},
): Client =>
  new Client({
    connection,
    namespace: settings.namespace,
    interceptors: { workflow: interceptors },
    ...dataConverterOf(settings.payloadKeys ?? null),
  });
