// The two servers under an installation, each embedded or from outside, as the configuration says.
import type { Config } from '../config.ts';
import { writeAddresses } from './addresses.ts';
import { startPostgres } from './postgres.ts';
import type { EmbeddedPostgres } from './postgres.ts';
import { startTemporal } from './temporal.ts';
import type { EmbeddedTemporal } from './temporal.ts';

export type Addresses = {
  /** For the schema's owner: migrations, backups, commands. */
  databaseUrl: string;
  /** For API and worker; the same where PostgreSQL is outside and its operator gave one address. */
  appDatabaseUrl: string;
  temporalAddress: string;
  /** null: from outside, or without its page. */
  temporalUiUrl: string | null;
  postgresFolder: string | null;
};
export type Servers = {
  /**
   * Starts the servers that are not running and leaves the others, so it serves as first start and as restart of a dead
   * one.
   */
  start: () => Promise<Addresses>;
  isAlive: () => Promise<boolean>;
  /** Waits for a start under way (its signal cuts it short), then Temporal first: it must not see PostgreSQL go. */
  stop: () => Promise<void>;
};

export function createServers(config: Config, signal: AbortSignal): Servers {
  const { dataDir } = config;
  let postgres: Promise<EmbeddedPostgres> | null = null;
  let temporal: Promise<EmbeddedTemporal> | null = null;

  return {
    start: async () => {
      if (config.databaseUrl === null && !(await alive(postgres)))
        postgres = startPostgres({ dataDir, signal });
      if (config.temporal.address === null && !(await alive(temporal)))
        temporal = startTemporal({
          dataDir,
          namespace: config.temporal.namespace,
          ui: config.temporal.ui,
          signal,
        });
      const [ownPostgres, ownTemporal] = await Promise.all([postgres, temporal]);
      const reached = {
        databaseUrl: config.databaseUrl ?? ownPostgres?.url ?? '',
        temporalAddress: config.temporal.address ?? ownTemporal?.address ?? '',
      };
      writeAddresses(dataDir, reached);
      return {
        ...reached,
        appDatabaseUrl: config.databaseUrl ?? ownPostgres?.appUrl ?? '',
        temporalUiUrl: ownTemporal?.uiUrl ?? null,
        postgresFolder: ownPostgres?.folder ?? null,
      };
    },
    isAlive: async () =>
      (config.databaseUrl !== null || (await alive(postgres))) &&
      (config.temporal.address !== null || (await alive(temporal))),
    stop: async () => {
      for (const server of [temporal, postgres]) await (await server?.catch(() => null))?.stop();
    },
  };
}

async function alive(server: Promise<{ isAlive: () => boolean }> | null): Promise<boolean> {
  return (await server?.catch(() => null))?.isAlive() ?? false;
}
