// One process of an installation as its operator starts it (`api-processes.ts`, `worker.ts`, `migrate.ts`), with its
// log.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..', '..', '..');
const QUIET = '--disable-warning=ExperimentalWarning';

/** `sentinel` is `npm run rebuild`. */
export type Program = 'api-processes' | 'worker' | 'migrate' | 'sentinel';
/** A line of its log; a line that is no JSON becomes a `msg`. */
export type LogLine = { level?: string; msg: string } & Record<string, unknown>;

export type ProductionProcess = {
  pid: number;
  lines: () => readonly LogLine[];
  /** Does any line match? */
  hasSaid: (text: string) => boolean;
  isAlive: () => boolean;
  /** Sends SIGTERM; answers its exit code or the signal that ended it. */
  stop: () => Promise<string>;
  /** Sends SIGTERM without waiting. */
  terminate: () => void;
  ended: Promise<string>;
};

export const startProcess = (program: Program, variables: Record<string, string>): ProductionProcess =>
  startCommand([process.execPath, QUIET, path.join(ROOT, `${program}.ts`)], variables);

/** Any command, word by word, with the repository as its folder. */
export function startCommand(
  [program = '', ...args]: readonly string[],
  variables: Record<string, string>,
): ProductionProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(program, args, {
    cwd: ROOT,
    env: { PATH, HOME, ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'close').then(([code, signal]) => String(code ?? signal));
  const lines = (): LogLine[] => output.split('\n').filter(Boolean).map(readLine);
  return {
    pid: child.pid ?? 0,
    lines,
    hasSaid: (text) => lines().some(({ msg }) => msg.includes(text)),
    isAlive: () => child.exitCode === null && child.signalCode === null,
    terminate: () => {
      child.kill('SIGTERM');
    },
    stop: () => {
      child.kill('SIGTERM');
      return ended;
    },
    ended,
  };
}

function readLine(text: string): LogLine {
  try {
    return { msg: '', ...(JSON.parse(text) as object) };
  } catch {
    return { msg: text };
  }
}
