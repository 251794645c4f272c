// The addresses of an installation's PostgreSQL and Temporal, for commands run beside `npm start` on the same DATA_DIR.
import path from 'node:path';
import { z } from 'zod';
import { readState, writeState } from './state-file.ts';

const Reached = z.object({ databaseUrl: z.string(), temporalAddress: z.string() });
export type ReachableAt = z.infer<typeof Reached>;

/** Holds a password, so only its owner may read it, as all state files. */
const fileOf = (dataDir: string): string => path.join(dataDir, 'addresses.json');

export const writeAddresses = (dataDir: string, reached: ReachableAt): void => {
  writeState(fileOf(dataDir), reached);
};

/** null where nothing was ever started on this folder. */
export const readAddresses = (dataDir: string): ReachableAt | null => readState(fileOf(dataDir), Reached);
