// Resources each process used while something ran: CPU seconds and the most memory it held.
import { findProcesses, machineCpuSeconds, ROLES, usageOf, type Processes, type Role } from './processes.ts';

export type Spent = { cpuSeconds: number; peakMb: number };
export type Spending = {
  roles: Partial<Record<Role, Spent>>;
  /** CPU seconds of everything else on this machine meanwhile: other programs, the kernel. */
  othersCpuSeconds: number;
};

/** Each look costs the client some 2 ms of CPU. */
const LOOK_EVERY_MS = 250;

/** Begins to watch; the function it returns stops and answers the result. */
export function watchUsage(url: URL): () => Spending {
  const processes: Processes = process.platform === 'linux' ? findProcesses(url) : {};
  const roles = ROLES.flatMap((role) => {
    const pid = processes[role];
    return pid === undefined ? [] : [{ role, pid, before: usageOf(pid), peakMb: 0 }];
  });
  const machineBefore = roles.length === 0 ? 0 : machineCpuSeconds();
  const look = (): void => {
    for (const each of roles) each.peakMb = Math.max(each.peakMb, usageOf(each.pid).memoryMb);
  };
  look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    look();
    const spent = roles.map(({ role, pid, before, peakMb }): [Role, Spent] => [
      role,
      { cpuSeconds: usageOf(pid).cpuSeconds - before.cpuSeconds, peakMb },
    ]);
    const ours = spent.reduce((sum, [, { cpuSeconds }]) => sum + cpuSeconds, 0);
    const machine = roles.length === 0 ? 0 : machineCpuSeconds() - machineBefore;
    return { roles: Object.fromEntries(spent), othersCpuSeconds: Math.max(0, machine - ours) };
  };
}
