// `npm run verify`: checks every log, report, row and count while everything goes on; or a checkpoint, or an archive by itself.
import { parseArgs } from 'node:util';
import { createLog } from './command/log.ts';
import { openZipOnDisk } from './ooxml/package/zip-on-disk.ts';
import type { VerifiedArchive } from './reading/archive/archive-file.ts';
import { verifyArchive } from './reading/archive/verify-archive.ts';
import { compareCheckpoint } from './reading/audit/checkpoint-file.ts';
import { fingerprintOf } from './reading/audit/checkpoint.ts';
import { verifyRecord, verifySecurityLog } from './reading/verification.ts';
import { configOrExit, EXIT_BAD_CONFIG, readConfig, type Config } from './config.ts';
import { createPool, type Pool } from './db/pool.ts';
import { serversForCommand } from './embedded/command-servers.ts';

/** Something is not as it was written; 1 is for what could not be looked at. */
const EXIT_BROKEN = 2;

const log = createLog('verify', 'info');

type Arguments = { archives: string[]; checkpoints: string[]; key: string | null };

function readArguments(): Arguments {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { checkpoint: { type: 'string', multiple: true, default: [] }, key: { type: 'string' } },
    });
    return { archives: positionals, checkpoints: values.checkpoint, key: values.key?.toLowerCase() ?? null };
  } catch {
    log.fatal({}, 'usage: npm run verify -- [ARCHIVE.zip]… [--checkpoint FILE]… [--key FINGERPRINT]');
    process.exit(EXIT_BAD_CONFIG);
  }
}

const asked = readArguments();

/** Without a key the file's own is believed, and printed to be compared. */
const otherKey = (file: string, key: string): string[] =>
  asked.key === null || fingerprintOf(key) === asked.key
    ? []
    : [`${file} is signed with the key ${fingerprintOf(key)} and not ${asked.key}`];

/** Needs no installation: no database, no DATA_DIR, no Temporal. */
async function readArchive(file: string): Promise<string[]> {
  let found: VerifiedArchive;
  try {
    const zip = await openZipOnDisk(file);
    try {
      found = await verifyArchive(zip);
    } finally {
      zip.close();
    }
  } catch (error) {
    // A file cut short, or changed so that it is no zip any more.
    return [`${file} cannot be read as an archive: ${String(error)}`];
  }
  const { manifest, faults, ...counts } = found;
  const fingerprint = manifest === null ? null : fingerprintOf(manifest.key);
  const about = { file, directive: manifest?.directive, at: manifest?.at, fingerprint };
  log.info({ ...about, ...counts, faults: faults.length }, 'read an archive');
  return [...faults, ...(manifest === null ? [] : otherKey(file, manifest.key))];
}

async function readCheckpoint(pool: Pool, file: string): Promise<string[]> {
  const { head, chains, faults } = await compareCheckpoint(pool, file);
  const fingerprint = head === null ? null : fingerprintOf(head.key);
  log.info({ file, n: head?.statement.n, at: head?.statement.at, chains, fingerprint }, 'read a checkpoint');
  return [...faults, ...(head === null ? [] : otherKey(file, head.key))];
}

async function readRecord(config: Config): Promise<string[]> {
  const servers = await serversForCommand(config, { temporal: false, alone: false });
  const pool = createPool(servers.databaseUrl, {
    max: 2,
    name: 'verify',
    onError: (error) => {
      log.warn({ err: error }, 'a connection to PostgreSQL broke');
    },
  });
  try {
    const compared: string[] = [];
    for (const file of asked.checkpoints) compared.push(...(await readCheckpoint(pool, file)));
    const own = await verifySecurityLog(pool);
    const { faults, ...counts } = await verifyRecord(pool, (directives) => {
      if (directives % 100 === 0) log.info({ directives }, 'verified');
    });
    const all = [...compared, ...own.faults, ...faults];
    log.info({ ...counts, ofInstallation: own.events, faults: all.length }, 'verification is done');
    return all;
  } finally {
    await pool.end();
    await servers.release();
  }
}

try {
  const faults: string[] = [];
  for (const file of asked.archives) faults.push(...(await readArchive(file)));
  if (asked.archives.length === 0) faults.push(...(await readRecord(configOrExit(readConfig))));
  for (const fault of faults) log.error({ fault }, 'it is not what was written');
  process.exitCode = faults.length === 0 ? 0 : EXIT_BROKEN;
} catch (error) {
  log.fatal({ err: error }, 'it could not be verified');
  process.exitCode = 1;
}
