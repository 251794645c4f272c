// The processes of an installation, found by their listening ports and their environment: CPU used and memory held.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export const ROLES = ['api', 'worker', 'postgres', 'temporal', 'client'] as const;
export type Role = (typeof ROLES)[number];
/** Process ids of each role; missing for processes elsewhere, or on a system without /proc. */
export type Processes = Partial<Record<Role, number>>;
export type Usage = { cpuSeconds: number; memoryMb: number };

/** Ticks of /proc/<pid>/stat; 100 on every Linux this runs on. */
const TICKS_PER_SECOND = 100;

export function findProcesses(url: URL): Processes {
  const api = listenerOn(Number(url.port));
  if (api === undefined) return {};
  const variables = environmentOf(api);
  const databaseUrl = variables.get('DATABASE_URL') ?? '';
  const worker = processIds().find(
    (pid) =>
      pid !== api &&
      /worker\.ts/.test(read(pid, 'cmdline')) &&
      environmentOf(pid).get('DATABASE_URL') === databaseUrl,
  );
  const postgres = URL.canParse(databaseUrl) ? listenerOn(Number(new URL(databaseUrl).port)) : undefined;
  const temporal = listenerOn(Number(variables.get('TEMPORAL_ADDRESS')?.split(':').at(-1)));
  return {
    api,
    ...(worker === undefined ? {} : { worker }),
    ...(postgres === undefined ? {} : { postgres }),
    ...(temporal === undefined ? {} : { temporal }),
    client: process.pid,
  };
}

/**
 * CPU since its start, ended children included; memory now, with memory shared by PostgreSQL's processes counted once.
 */
export function usageOf(pid: number): Usage {
  const family = [pid, ...childrenOf(pid)].map((each) => {
    const stat = read(each, 'stat');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const status = read(each, 'status');
    const kilobytes = (name: string): number =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return {
      ticks: [11, 12, 13, 14].reduce((sum, field) => sum + Number(fields[field] ?? 0), 0),
      own: kilobytes('RssAnon'),
      shared: kilobytes('RssFile') + kilobytes('RssShmem'),
    };
  });
  const own = family.reduce((sum, each) => sum + each.own, 0);
  return {
    cpuSeconds: family.reduce((sum, { ticks }) => sum + ticks, 0) / TICKS_PER_SECOND,
    memoryMb: (own + Math.max(...family.map(({ shared }) => shared))) / 1024,
  };
}

/** CPU seconds used by all processes of the machine: the part that is not ours says how busy it was. */
export function machineCpuSeconds(): number {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0] ?? '';
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / TICKS_PER_SECOND;
}

const processIds = (): number[] => {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
};

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // It has ended, or belongs to another user.
  }
}

const environmentOf = (pid: number): Map<string, string> =>
  new Map(
    read(pid, 'environ')
      .split('\0')
      .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
  );

const childrenOf = (pid: number): number[] =>
  read(pid, `task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);

/** The process whose socket listens on this port (state 0A), found by the socket's inode. */
function listenerOn(port: number): number | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set(
    ['tcp', 'tcp6'].flatMap((table) =>
      read(process.pid, `net/${table}`)
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields[1]?.endsWith(`:${hex}`) === true && fields[3] === '0A')
        .map((fields) => `socket:[${fields[9] ?? ''}]`),
    ),
  );
  const holders = processIds().filter((pid) => descriptorsOf(pid).some((target) => inodes.has(target)));
  // PostgreSQL's children inherit the socket: the parent is the process with the lowest id among them.
  return holders.sort((a, b) => a - b)[0];
}

function descriptorsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch {
        return '';
      }
    });
  } catch {
    return [];
  }
}
