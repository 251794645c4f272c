// Today's workflows replay every history recorded before, and a workflow that has been broken does not.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker, type WorkflowBundle } from '@temporalio/worker';
import { bundleSources } from '../../bundle-store.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
const HISTORIES = path.join(import.meta.dirname, 'histories');
const TYPES = ['directive', 'taskForce', 'unit'];
/** What a desk's run may come to; recorded by `npm run record-histories`. */
const CASES = [
  'cancelled',
  'cancelled-by-hand',
  'changed',
  'continued-as-new',
  'failed',
  'issued-before',
  'nudged',
  'plain',
  'sent-again',
  'woken',
];
/** And a channel's, and the digests'. */
const DELIVERIES = [
  'delivery/cancelled-by-hand',
  'delivery/continued-as-new',
  'delivery/nudged',
  'delivery/plain',
  'digest/plain',
];
const RECORDED = [...TYPES.flatMap((type) => CASES.map((name) => `${type}/${name}`)), ...DELIVERIES];

const bundleOf = (folder: string): Promise<WorkflowBundle> =>
  bundleWorkflowCode({
    ...bundleSources(folder),
    logger: new DefaultLogger('ERROR'),
  });

type RecordedHistory = { events: Record<string, unknown>[] };
const read = (name: string): RecordedHistory =>
  JSON.parse(readFileSync(path.join(HISTORIES, `${name}.json`), 'utf8')) as RecordedHistory;

const replay = (workflowBundle: WorkflowBundle, name: string): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle }, read(name));

beforeAll(() => {
  // Replays meant to fail would tell it to the terminal.
  const logger = new DefaultLogger('ERROR', () => undefined);
  Runtime.install({
    shutdownSignals: [],
    logger,
    telemetryOptions: { logging: { filter: 'ERROR', forward: {} } },
  });
});

describe('the recorded histories', () => {
  it('are all there, and no other', () => {
    const found = readdirSync(HISTORIES).flatMap((type) =>
      readdirSync(path.join(HISTORIES, type)).map((file) => `${type}/${path.basename(file, '.json')}`),
    );
    expect(found.sort()).toEqual([...RECORDED].sort());
  });

  it.each(RECORDED)('%s has ended', (name) => {
    const last = read(name).events.at(-1)?.eventType;
    expect(last).toMatch(/^EVENT_TYPE_WORKFLOW_EXECUTION_(COMPLETED|CANCELED|CONTINUED_AS_NEW)$/);
  });

  it.each([
    ['nudged', 'SIGNALED'],
    ['woken', 'TIMER_FIRED'],
    ['cancelled-by-hand', 'EXECUTION_CANCELED'],
    ['continued-as-new', 'CONTINUED_AS_NEW'],
  ])('of %s show it in every type', (name, event) => {
    for (const type of TYPES) {
      const types = read(`${type}/${name}`).events.map(({ eventType }) => eventType);
      expect(types).toContainEqual(expect.stringContaining(event));
    }
  });
});

it('of failed show a local activity that failed as often as it may', () => {
  for (const type of TYPES)
    expect(JSON.stringify(read(`${type}/failed`))).toContain('a fault played for the record');
});

describe('the workflows', () => {
  let workflowBundle: WorkflowBundle;
  beforeAll(async () => {
    workflowBundle = await bundleOf(ROOT);
  });

  it.each(RECORDED)('replay %s', (name) => replay(workflowBundle, name));
});

describe('a broken workflow', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-broken-'));
    for (const part of ['workflows', 'activities'])
      cpSync(path.join(ROOT, part), path.join(folder, part), { recursive: true });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function broken(from: string, to: string, file = 'desk.ts'): Promise<WorkflowBundle> {
    const source = readFileSync(path.join(ROOT, 'workflows', file), 'utf8');
    expect(source.split(from)).toHaveLength(2);
    writeFileSync(path.join(folder, 'workflows', file), source.replace(from, to));
    try {
      return await bundleOf(folder);
    } finally {
      writeFileSync(path.join(folder, 'workflows', file), source);
    }
  }

  it('goes red when it merges up before it carries down', async () => {
    const bundle = await broken(
      `await attempt('cascade', () => cascade(id))`,
      `(await rollUp(id), await cascade(id))`,
    );
    for (const type of TYPES) {
      await expect(replay(bundle, `${type}/plain`)).rejects.toMatchObject({
        name: 'DeterminismViolationError',
      });
    }
  });

  it('goes red when it no longer starts the desks below', async () => {
    const bundle = await broken(
      'if (!issued) await startBelow(await issue(id))',
      'if (!issued) await issue(id)',
    );
    await expect(replay(bundle, 'directive/plain')).rejects.toMatchObject({
      name: 'DeterminismViolationError',
    });
  });

  it('goes red when it leaves to be what the record says has not gone out', async () => {
    const bundle = await broken('if (carried?.issued === false) await startBelow(await issue(id));', '');
    await expect(replay(bundle, 'directive/sent-again')).rejects.toMatchObject({
      name: 'DeterminismViolationError',
    });
  });

  it('goes red when it sleeps without listening for a nudge', async () => {
    const bundle = await broken('condition(() => isNudged, delayMs)', 'condition(() => false, delayMs)');
    for (const type of TYPES) {
      await expect(replay(bundle, `${type}/nudged`)).rejects.toMatchObject({
        name: 'DeterminismViolationError',
      });
    }
  });

  it('goes red when a channel sends without looking again', async () => {
    const bundle = await broken('if (idle >= IDLE_ROUNDS) return;', 'return;', 'delivery.ts');
    for (const name of ['plain', 'nudged', 'continued-as-new'])
      await expect(replay(bundle, `delivery/${name}`)).rejects.toMatchObject({
        name: 'DeterminismViolationError',
      });
  });

  it('goes red when digests are not composed', async () => {
    const bundle = await broken('await composeDigests()', '{ people: 0, digests: 0 }', 'digest.ts');
    await expect(replay(bundle, 'digest/plain')).rejects.toMatchObject({ name: 'DeterminismViolationError' });
  });
});
