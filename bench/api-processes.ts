// When do several API processes carry more than one? The pipeline, by turns with 1, 2 and 4 of them, over few desks and
// many.
import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import type { Run } from './run.ts';

const { values: options } = parseArgs({
  options: {
    processes: { type: 'string', default: '1,2,4' },
    // A task force is a desk: all commands for one go through one transaction at a time.
    shapes: { type: 'string', default: '3x200,14x50' },
    'under-way': { type: 'string', default: '20,50,400' },
    pairs: { type: 'string', default: '2' },
  },
});
const list = (text: string): string[] => text.split(',').map((each) => each.trim());
const processes = list(options.processes);

/** A new installation for each run, so that caches and tables of one run do not affect the next. */
async function measure(count: string, shape: string, underWay: string): Promise<Run> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      path.join(import.meta.dirname, 'pipeline.ts'),
      ...['--shape', shape, '--under-way', underWay, '--json'],
    ],
    { env: { ...process.env, API_PROCESSES: count }, maxBuffer: 64 * 1024 * 1024 },
  );
  const [run] = JSON.parse(stdout) as Run[];
  if (run === undefined) throw new Error(`no run: ${stdout}`);
  return run;
}

const columns = [
  'processes',
  'messages/s',
  'p50 ms',
  'p99 ms',
  'whole s',
  'API CPU s',
  'all CPU s',
  'others CPU s',
];
const cellsOf = (count: string, { flooded, wholeSeconds, spending }: Run): string[] => {
  const { roles, othersCpuSeconds } = spending;
  const all = Object.entries(roles).filter(([role]) => role !== 'client');
  return [
    count,
    (flooded.messages / flooded.seconds).toFixed(0),
    flooded.p50Ms.toFixed(0),
    flooded.p99Ms.toFixed(0),
    wholeSeconds.toFixed(1),
    (roles.api?.cpuSeconds ?? Number.NaN).toFixed(1),
    all.reduce((sum, [, { cpuSeconds }]) => sum + cpuSeconds, 0).toFixed(1),
    othersCpuSeconds.toFixed(1),
  ];
};

console.log(`${os.availableParallelism()} cores, load ${(os.loadavg()[0] ?? 0).toFixed(1)} at the beginning`);
for (const shape of list(options.shapes))
  for (const underWay of list(options['under-way'])) {
    console.log(`\n${shape.replace('x', '×')}, ${underWay} under way\n`);
    console.log(`| ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length)}`);
    for (let pair = 0; pair < Number(options.pairs); pair += 1)
      // Forwards and backwards, so that other load on the machine affects all numbers alike.
      for (const count of pair % 2 === 0 ? processes : processes.toReversed())
        console.log(`| ${cellsOf(count, await measure(count, shape, underWay)).join(' | ')} |`);
  }
