// Recognises a process after we restart, by its id and its start time, since ids are used again.
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export const ProcessMark = z.object({ pid: z.int().min(1), born: z.string() });
export type ProcessMark = z.infer<typeof ProcessMark>;

/** The mark of a process that runs now; null when there is none, or only its zombie. */
export function findProcess(pid: number): ProcessMark | null {
  const born = process.platform === 'linux' ? bornOnLinux(pid) : bornElsewhere(pid);
  return born === null ? null : { pid, born };
}

export function isRunning(mark: ProcessMark): boolean {
  return findProcess(mark.pid)?.born === mark.born;
}

/** The command line of a process if the system tells it, else ''. */
export function commandLineOf(pid: number): string {
  if (process.platform !== 'linux') return ps(pid, 'command=') ?? '';
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

/**
 * Ends a process with SIGTERM, after `graceMs` by force; returns once it is gone. A process with another mark is left
 * alone.
 */
export async function endProcess(mark: ProcessMark, graceMs: number): Promise<void> {
  const deadline = Date.now() + graceMs;
  let signal: NodeJS.Signals = 'SIGTERM';
  let sent = false;
  while (isRunning(mark)) {
    if (signal === 'SIGTERM' && Date.now() > deadline) [signal, sent] = ['SIGKILL', false];
    if (!sent) sent = trySignal(mark.pid, signal);
    await sleep(20);
  }
}

function trySignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return true; // Gone already; the loop above sees it.
  }
}

/** Field 22 of /proc/pid/stat, ticks since boot, with the boot's own id: never the same twice. */
function bornOnLinux(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${fields[19] ?? ''}`;
  } catch {
    return null;
  }
}

function bornElsewhere(pid: number): string | null {
  if (process.platform === 'win32') return trySignal(pid, 'SIGCONT') ? 'unknown' : null;
  const state = ps(pid, 'state=');
  return state === null || state.startsWith('Z') ? null : ps(pid, 'lstart=');
}

function ps(pid: number, column: string): string | null {
  const { status, stdout } = spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : null;
}
