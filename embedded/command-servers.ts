// PostgreSQL and Temporal for a command run beside `npm start` or without it: from outside, found running, or started for it.
import type { Config } from '../config.ts';
import { readAddresses, type Reached } from './addresses.ts';
import { lockDataFolder, openDataFolder } from './data-folder.ts';
import { createServers } from './servers.ts';
import { StartFault } from './start-fault.ts';

export type CommandServers = Reached & {
  /** Ends what was started for the command, and lets go of the folder. */
  release: () => Promise<void>;
};

/**
 * Where everything needed is from outside, that. Else the folder's servers: started for the command where nobody uses
 * the folder; those of the running installation where somebody does, which `alone` refuses with a StartFault.
 */
export async function serversForCommand(
  config: Config,
  needs: { temporal: boolean; alone: boolean },
): Promise<CommandServers> {
  const { databaseUrl, temporal, dataDir } = config;
  // One that is not needed counts as being outside: it is not started.
  const temporalAddress = needs.temporal ? temporal.address : (temporal.address ?? '');
  if (databaseUrl !== null && temporalAddress !== null)
    return { databaseUrl, temporalAddress, release: () => Promise.resolve() };
  openDataFolder(dataDir);
  const never = new AbortController().signal;
  const lock = await lockDataFolder(dataDir, never).catch((error: unknown) => {
    if (needs.alone || !(error instanceof StartFault)) throw error;
    return null;
  });
  if (lock === null) {
    const running = readAddresses(dataDir);
    if (running !== null) return { ...running, release: () => Promise.resolve() };
    throw new StartFault(
      `数据目录 ${dataDir} 正在启动，请稍后再试。`,
      `The data folder ${dataDir} is being started: try again.`,
    );
  }
  const servers = createServers({ ...config, temporal: { ...temporal, address: temporalAddress } }, never);
  try {
    const started = await servers.start();
    return {
      ...started,
      release: async () => {
        await servers.stop();
        lock.release();
      },
    };
  } catch (error) {
    await servers.stop();
    lock.release();
    throw error;
  }
}
