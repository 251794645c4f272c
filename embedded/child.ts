// A process that `npm start` keeps alive: started, known to be ready, restarted when it dies, ended on request.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { endProcess, findProcess } from './process-mark.ts';
import type { ProcessMark } from './process-mark.ts';

const Ready = z.object({ type: z.literal('ready'), adminCreated: z.boolean().optional() });
export type Ready = z.infer<typeof Ready>;

/** A process that lives shorter than this died quickly: another try at once will not help. */
const QUICK_MS = 10_000;
const QUICK_DEATHS_ALLOWED = 5;
/** The wait before the next try, by the number of quick deaths in a row. */
const BACKOFF_MS: readonly number[] = [0, 500, 1_000, 2_000, 4_000];
const LOG_LIMIT_BYTES = 50_000_000;

export type ChildOptions = {
  /** Node's own flags, the file, and its arguments. */
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** Standard output and error are appended to it. */
  logFile: string;
  graceMs: number;
  onStarted: (mark: ProcessMark | null) => void;
  onReady: (ready: Ready) => void;
  onRestart: (code: string) => void;
  /** It died too often, or with a code that says that trying again is no use; it is not started again. */
  onGivenUp: (code: string) => void;
  /** Exit codes that another try cannot change. */
  finalCodes: readonly number[];
  backoffMs?: readonly number[];
};

export type Child = { stop: () => Promise<void> };

export function startChild(options: ChildOptions): Child {
  let current: ChildProcess | null = null;
  const ending = new AbortController();
  const isEnding = (): boolean => ending.signal.aborted;

  async function live(): Promise<void> {
    let quickDeaths = 0;
    while (!isEnding()) {
      const bornAt = Date.now();
      current = launch(options);
      const code = await endOf(current);
      current = null;
      if (isEnding()) return;
      quickDeaths = Date.now() - bornAt < QUICK_MS ? quickDeaths + 1 : 0;
      if (quickDeaths >= QUICK_DEATHS_ALLOWED || options.finalCodes.includes(Number(code))) {
        options.onGivenUp(code);
        return;
      }
      options.onRestart(code);
      const pauses = options.backoffMs ?? BACKOFF_MS;
      const pause = pauses[Math.min(quickDeaths, pauses.length - 1)] ?? 0;
      await sleep(pause, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  }
  const life = live();

  return {
    stop: async () => {
      ending.abort();
      const pid = current?.pid;
      const mark = pid === undefined ? null : findProcess(pid);
      if (mark !== null) await endProcess(mark, options.graceMs);
      await life;
    },
  };
}

/** In a session of its own: Ctrl-C in the terminal reaches only us, and we end all in order. */
function launch({ args, env, logFile, onStarted, onReady }: ChildOptions): ChildProcess {
  mkdirSync(path.dirname(logFile), { recursive: true, mode: 0o700 });
  if (existsSync(logFile) && statSync(logFile).size > LOG_LIMIT_BYTES) renameSync(logFile, `${logFile}.1`);
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', log, log, 'ipc'] });
  closeSync(log);
  onStarted(child.pid === undefined ? null : findProcess(child.pid));
  child.on('message', (message) => {
    const ready = Ready.safeParse(message);
    if (ready.success) onReady(ready.data);
  });
  return child;
}

/** Its exit code or the signal that ended it, as text. */
async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return String(code ?? signal);
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
}
