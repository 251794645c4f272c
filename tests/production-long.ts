// `npm run production:long`: the production tier at size, PostgreSQL away for 45 s, and a table of what came of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const ROOT = path.join(import.meta.dirname, '..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-long-'));
const [report, seen] = [path.join(folder, 'jest.json'), path.join(folder, 'seen')];
const Report = z.object({
  numFailedTests: z.int(),
  numRuntimeErrorTestSuites: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      startTime: z.number(),
      endTime: z.number(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});
const Seen = z.object({ what: z.string(), values: z.record(z.string(), z.number()) });

const load = os.loadavg()[0] ?? 0;
const jest = spawn(
  process.execPath,
  [
    ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
    path.join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
    ...['--selectProjects', 'production', '--maxWorkers', '1', '--json', '--outputFile', report],
    ...process.argv.slice(2),
  ],
  {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PRODUCTION_SIZE: '5',
      PRODUCTION_AWAY_SECONDS: '45',
      ...process.env,
      PRODUCTION_REPORT: seen,
    },
  },
);
await once(jest, 'close');

const { testResults, numFailedTests, numRuntimeErrorTestSuites } = Report.parse(
  JSON.parse(readFileSync(report, 'utf8')),
);
console.log(
  `${os.availableParallelism()} cores, load ${load.toFixed(1)} at the beginning and ${(os.loadavg()[0] ?? 0).toFixed(1)} at the end\n`,
);
console.log('| file | seconds | passed | failed | skipped |\n| --- | --- | --- | --- | --- |');
for (const { name, startTime, endTime, assertionResults } of testResults) {
  const count = (status: string): number => assertionResults.filter((each) => each.status === status).length;
  const seconds = ((endTime - startTime) / 1000).toFixed(0);
  console.log(
    `| ${path.basename(name, '.test.ts')} | ${seconds} | ${count('passed')} | ${count('failed')} | ${count('pending')} |`,
  );
}
const lines = existsSync(seen) ? readFileSync(seen, 'utf8').split('\n').filter(Boolean) : [];
if (lines.length > 0) console.log('\n| seen | |\n| --- | --- |');
for (const { what, values } of lines.map((line) => Seen.parse(JSON.parse(line))))
  console.log(
    `| ${what} | ${Object.entries(values)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')} |`,
  );
rmSync(folder, { recursive: true });
process.exitCode = numFailedTests + numRuntimeErrorTestSuites === 0 ? 0 : 1;
