// PostgreSQL and Temporal for a command: outside servers, those of a running `npm start`, or ones started for the
// command.
import type { Config } from '../config.ts';
import { readAddresses, type ReachableAt } from './addresses.ts';
import { lockDataFolder, openDataFolder } from './data-folder.ts';
import { createServers } from './servers.ts';
import { StartFault } from './start-fault.ts';

export type CommandServers = ReachableAt & {
  /** Ends the servers started for the command, and releases the folder. */
  release: () => Promise<void>;
};

/**
 * Uses outside servers if every needed one is outside. Otherwise it uses the folder's servers: it starts them if no
 * installation uses the folder. If one does, it uses that one's servers, or with `alone` throws a StartFault.
 */
export async function serversForCommand(
  config: Config,
  needs: { temporal: boolean; alone: boolean },
): Promise<CommandServers> {
  const { databaseUrl, temporal, dataDir } = config;
  // A server that is not needed counts as outside: it is not started.
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
