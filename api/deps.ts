// What the routes are given: the outside dependencies, and what the app makes of them.
import type { Logger } from 'pino';
import type { DirectorySource } from '../db/directory.ts';
import type { Pool } from '../db/pool.ts';
import type { Millis } from '../domain/instant.ts';
import type { SignIns } from './authenticate.ts';
import type { FileStore } from './file-store.ts';

export type ApiDeps = {
  pool: Pool;
  directory: DirectorySource;
  /** PostgreSQL's clock as far as this process knows it. */
  now(): Millis;
  log: Logger;
  /** Where the bytes of uploaded files lie. */
  files: FileStore;
};

/** What a route file receives: `export const xRouter = (deps: RouteDeps): Router => …`. */
export type RouteDeps = ApiDeps & { signIns: SignIns };
