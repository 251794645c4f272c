// `npm test`: every tier in order, and one closing line summed over all of them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

// One worker where tests measure time against a clock or start whole installations: two cores carry no more.
const TIERS = [
  { name: 'unit', workers: 2, shards: 1 },
  { name: 'replay', workers: 1, shards: 1 },
  { name: 'simulation', workers: 2, shards: 1 },
  // Each test file loads the product anew and jest lets go of none of it: after eighty files 4 GB are full.
  { name: 'integration', workers: 1, shards: 4 },
  { name: 'production', workers: 1, shards: 1 },
  { name: 'e2e', workers: 1, shards: 1 },
  { name: 'contract', workers: 1, shards: 1 },
] as const;
const ROOT = path.join(import.meta.dirname, '..');
const JEST = path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');

const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numRuntimeErrorTestSuites: z.int(),
});
type Tally = { passed: number; failed: number };

/** A file that cannot be run counts as one failed test, and so does a tier that ends without a report. */
async function runTier(tier: (typeof TIERS)[number], shard: number, reportFile: string): Promise<Tally> {
  console.log(`\n— ${tier.name}${tier.shards === 1 ? '' : ` ${shard} of ${tier.shards}`} —`);
  const flags = [
    '--ci',
    '--passWithNoTests',
    '--maxWorkers',
    String(tier.workers),
    '--json',
    '--outputFile',
    reportFile,
    `--shard=${shard}/${tier.shards}`,
  ];
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  // The tier last: jest takes every word behind --selectProjects for a tier's name.
  const args = [...node, JEST, ...flags, ...process.argv.slice(2), '--selectProjects', tier.name];
  // --json writes the report to standard output as well: not for people.
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['inherit', 'ignore', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  try {
    const report = Report.parse(JSON.parse(readFileSync(reportFile, 'utf8')));
    const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
    return { passed: report.numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1) };
  } catch {
    return { passed: 0, failed: code === 0 ? 0 : 1 };
  }
}

// jest hears Ctrl-C itself and ends; the sum of what has run is still told.
const interrupt = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    interrupt.abort();
  });

const reports = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-report-'));
const total: Tally = { passed: 0, failed: 0 };
for (const tier of TIERS) {
  for (let shard = 1; shard <= tier.shards && !interrupt.signal.aborted; shard += 1) {
    const { passed, failed } = await runTier(tier, shard, path.join(reports, `${tier.name}-${shard}.json`));
    total.passed += passed;
    total.failed += failed;
  }
}
rmSync(reports, { recursive: true, force: true });
process.exitCode = total.failed > 0 || interrupt.signal.aborted ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed`);
