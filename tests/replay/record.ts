// `npm run record-histories [-- desks | life | deliveries]`: plays on a stack of its own and keeps the finished histories.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { DeskActivities } from '../../activities/contracts.ts';
import { bundleSources } from '../../bundle-store.ts';
import { migrate } from '../../db/migrate.ts';
import { startPostgres } from '../../embedded/postgres.ts';
import { startTemporal } from '../../embedded/temporal.ts';
import { deskWorkflowId, nudge } from '../../workflows/messages.ts';
import { forget } from '../support/forget.ts';
import { startInstallation, type Caller, type Installation } from '../support/installation.ts';
import { EVERYBODY, handOut, outcome, report, rung, SMALL } from '../support/play.ts';
import { administer, databaseUrl, TEMPLATE } from '../support/stack.ts';
import { playDeliveries } from './deliveries.ts';
import { playLife } from './life.ts';
import { HISTORIES, recordRun, runOf } from './recording.ts';

const ROOT = path.join(import.meta.dirname, '..', '..');
/** The real server suggests it at 4,096 events; nobody wants to read those. */
const CONTINUE_AS_NEW_AT = 150;
/** A street of three communities has a desk of its own, so that all three types take part. */
const DESK_LIMIT = 3;
const CONTINUED = 'continued-as-new';
/** As often as an activity that fails apart is tried (workflows/desk.ts). */
const ATTEMPTS = 5;

/** One desk of each type. */
const desksOf = (id: string): Record<'directive' | 'taskForce' | 'unit', string> => ({
  directive: id,
  taskForce: `${id}.sites.TF`,
  unit: `${id}.sites.TF.S1`,
});

type Stage = { z: Installation; p: Caller };
type Case = (stage: Stage, id: string) => Promise<void>;

const CASES: Record<string, Case> = {
  plain: async (stage, id) => {
    await open(stage, id);
    await finish(stage, id);
  },
  nudged: async (stage, id) => {
    await open(stage, id);
    for (let times = 0; times < 3; times += 1) await turnAll(stage, id);
    await finish(stage, id);
  },
  /** Receipts run out in every desk: the timers fire, and two rungs with them. */
  woken: async (stage, id) => {
    await open(stage, id, { acknowledgeWithin: 'PT1S', ladder: [rung('PT1S'), rung('PT2S')] });
    await stage.z.until(async () => {
      const { rowCount } = await stage.z.pool.query(
        `select from event where directive = $1 and type = 'escalated' group by desk having max((data ->> 'rung')::int) = 1`,
        [id],
      );
      return rowCount === 3;
    }, 'every desk escalated');
    await finish(stage, id);
  },
  /** What fails apart has failed as often as it may, and the turn goes on without; see `failing` below. */
  failed: async (stage, id) => {
    await open(stage, id);
    await stage.z.until(
      () => Object.values(desksOf(id)).every((desk) => failures.get(desk) === ATTEMPTS),
      'failed',
    );
    await finish(stage, id);
  },
  cancelled: async (stage, id) => {
    await open(stage, id);
    await stage.p.post(`/directives/${id}/cancel`, { reason: '撤销' });
  },
  /** Not by us: somebody's hand in Temporal's own page. */
  'cancelled-by-hand': async (stage, id) => {
    await open(stage, id);
    for (const desk of Object.values(desksOf(id)))
      await stage.z.client.workflow.getHandle(deskWorkflowId(desk)).cancel();
  },
  /** The record went back behind the runs, and the directive was sent anew under its old id. */
  'sent-again': async (stage, id) => {
    await open(stage, id);
    await forget(stage.z.pool, id);
    await handOut(stage.p, id);
    // Below the top no run is started where one is: here it is told, elsewhere the sentinel finds it.
    for (const desk of Object.values(desksOf(id)))
      await stage.z.client.workflow.getHandle(deskWorkflowId(desk)).signal(nudge);
    await stage.z.until(async () => (await outcome(stage.p, id)).phase === 'open', `${id} open again`);
    await finish(stage, id);
  },
  [CONTINUED]: async (stage, id) => {
    await open(stage, id);
    const desks = Object.values(desksOf(id));
    const isContinued = async (desk: string): Promise<boolean> =>
      (await runOf(stage.z, deskWorkflowId(desk), 'first')) !==
      (await runOf(stage.z, deskWorkflowId(desk), 'last'));
    while (!(await Promise.all(desks.map(isContinued))).every(Boolean)) await turnAll(stage, id);
  },
};

const failures = new Map<string, number>();
/** The roll-up of each desk of the directive `failed` fails at first. */
function failing(real: DeskActivities): DeskActivities {
  return {
    ...real,
    rollUp: async (desk) => {
      const before = failures.get(desk) ?? 0;
      if (!desk.startsWith('failed') || before === ATTEMPTS) return real.rollUp(desk);
      failures.set(desk, before + 1);
      throw new Error('a fault played for the record');
    },
  };
}

async function open({ z, p }: Stage, id: string, policy = {}): Promise<void> {
  await handOut(p, id, { policy });
  await z.until(async () => (await outcome(p, id)).phase === 'open', `${id} open`);
}

async function finish({ z, p }: Stage, id: string): Promise<void> {
  for (const leaf of SMALL.leavesOf(id)) await report(p, leaf);
  await z.until(async () => (await outcome(p, id)).phase === 'closed', `${id} closed`);
}

/** One more turn of every desk, by a nudge without an occasion. */
async function turnAll({ z }: Stage, id: string): Promise<void> {
  const looks = async (desk: string): Promise<string> =>
    (await z.pool.query<{ at: string }>('select looked_at::text as at from desk where id = $1', [desk]))
      .rows[0]?.at ?? '';
  await Promise.all(
    Object.values(desksOf(id)).map(async (desk) => {
      const before = await looks(desk);
      await z.client.workflow.getHandle(deskWorkflowId(desk)).signal(nudge);
      await z.until(async () => (await looks(desk)) !== before, `${desk} turned`);
    }),
  );
}

/** A desk's first run or its last, once it has ended. */
const recordDesk = async (
  { z }: Stage,
  which: 'first' | 'last',
  name: string,
  type: string,
  desk: string,
): Promise<void> => {
  const workflowId = deskWorkflowId(desk);
  await recordRun(z, { type, name, workflowId, runId: await runOf(z, workflowId, which) });
};

async function playDesks(stage: Stage): Promise<void> {
  for (const [name, play] of Object.entries(CASES)) {
    await play(stage, name);
    for (const [type, desk] of Object.entries(desksOf(name)))
      await recordDesk(stage, 'first', name, type, desk);
  }
  // And what became of the runs that were continued: they began with everything issued.
  await finish(stage, CONTINUED);
  for (const [type, desk] of Object.entries(desksOf(CONTINUED)))
    await recordDesk(stage, 'last', 'issued-before', type, desk);
}

const LIFE = 'changed';
async function playLifeOf(stage: Stage): Promise<void> {
  await playLife(stage, LIFE);
  for (const [type, desk] of Object.entries(desksOf(LIFE)))
    await recordDesk(stage, 'first', LIFE, type, desk);
}

const DESKS = Object.keys(desksOf(''));
/**
 * What is played together, and the histories it leaves, of these types and under these names or any; without a word
 * behind the command, all of it.
 */
const PLAYS: Record<
  string,
  { types: readonly string[]; names?: readonly string[]; play: (stage: Stage) => Promise<void> }
> = {
  desks: { types: DESKS, names: [...Object.keys(CASES), 'issued-before'], play: playDesks },
  life: { types: DESKS, names: [LIFE], play: playLifeOf },
  deliveries: { types: ['delivery', 'digest'], play: playDeliveries },
};
const clear = (type: string, names: readonly string[] | undefined): void => {
  const gone = names?.map((name) => path.join(HISTORIES, type, `${name}.json`)) ?? [
    path.join(HISTORIES, type),
  ];
  for (const each of gone) rmSync(each, { recursive: true, force: true });
};
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(PLAYS, name));
if (unknown.length > 0) throw new Error(`only ${Object.keys(PLAYS).join(', ')}, not ${unknown.join(', ')}`);

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-record-'));
// Under root, PostgreSQL runs as another user and must be able to enter.
chmodSync(dataDir, 0o711);
const [postgres, temporal, { code }] = await Promise.all([
  startPostgres({ dataDir }),
  startTemporal({
    dataDir,
    dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': CONTINUE_AS_NEW_AT },
  }),
  bundleWorkflowCode({
    ...bundleSources(ROOT),
    logger: new DefaultLogger('WARN'),
  }),
]);
try {
  await administer(postgres.url, `create database ${TEMPLATE}`);
  await migrate(databaseUrl(postgres.url, TEMPLATE));
  const workflowBundle = path.join(dataDir, 'workflow-bundle.js');
  writeFileSync(workflowBundle, code);
  process.env.ZHUANBAN_TEST_PG = postgres.url;
  process.env.ZHUANBAN_TEST_TEMPORAL = temporal.address;
  process.env.ZHUANBAN_TEST_WORKFLOWS = workflowBundle;
  const z = await startInstallation({
    deskLimit: DESK_LIMIT,
    organisation: SMALL.organisation,
    activities: failing,
  });
  const stage = { z, p: z.as(EVERYBODY) };
  for (const [name, { types, names, play }] of Object.entries(PLAYS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for (const type of types) clear(type, names);
    await play(stage);
  }
  await z.close();
} finally {
  await temporal.stop();
  await postgres.stop();
  rmSync(postgres.folder, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
// Workers leave threads behind that would keep the process.
process.exit(0);
