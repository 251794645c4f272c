// How long does `/me` wait while four large summaries are made at once, and what memory does the API take for them?
//
//   node bench/summaries.ts [--shape 20x50] [--rows 200] [--profile FOLDER]
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createCaller, openConnection, type Caller } from './connection.ts';
import { startInstallation } from './installation.ts';
import { createShape, OFFICE_PERSON, type Shape } from './shape.ts';
import { untilPhase } from './until.ts';
import { watchUsage } from './usage.ts';

const { values: options } = parseArgs({
  options: {
    shape: { type: 'string', default: '20x50' },
    rows: { type: 'string', default: '200' },
    profile: { type: 'string' },
  },
});
const SUMMARIES = 4;
const ASK_EVERY_MS = 20;
const FIGURES = 20;
const ITEM = 'sites';

const FORM = {
  fields: [
    ...Array.from({ length: FIGURES }, (_, n) => ({
      key: `n${n}`,
      label: `指标${n}`,
      type: 'integer',
      aggregate: 'sum',
      timeAxis: 'flow',
    })),
    {
      key: 'list',
      label: '点位',
      type: 'table',
      columns: [
        { key: 'place', label: '地点', type: 'text' },
        { key: 'state', label: '状态', type: 'text' },
        { key: 'cost', label: '费用', type: 'number' },
      ],
      aggregate: { union: ['place'] },
    },
  ],
};

const shape = createShape(options.shape, 50);
const rowsEach = Number(options.rows);
const installation = await startInstallation({ profile: options.profile });
const { url, password } = installation;
const connect = async (token: string | null): Promise<Caller> =>
  createCaller(await openConnection(url), url, token);
const { token: admin } = await (
  await connect(null)
)<{ token: string }>('POST', '/session', {
  login: 'admin',
  password,
});

async function tokenOf(person: string): Promise<string> {
  const { token } = await (await connect(admin))<{ token: string }>('POST', '/tokens', { name: 'b', person });
  return token;
}

/** Every leaf has handed in its figures and rows, and passes by itself. */
async function report({ leaves, dispatch }: Shape, office: Caller): Promise<void> {
  await office('POST', '/directives', {
    id: 'd',
    number: 'bench',
    title: 'bench',
    calendar: 'always',
    due: { within: 'PT1000H' },
    items: [{ key: ITEM, title: 'bench', form: FORM, dispatch, review: 'auto' }],
  });
  await untilPhase(office, 'd', 'open');
  const callers = new Map<string, Caller>();
  let at = 0;
  for (const { path, person } of leaves) {
    const call = callers.get(person) ?? (await connect(await tokenOf(person)));
    callers.set(person, call);
    at += 1;
    const values = Object.fromEntries(Array.from({ length: FIGURES }, (_, n) => [`n${n}`, n * at]));
    const list = Array.from({ length: rowsEach }, (_, n) => ({
      place: `文一路 ${at}-${n} 号`,
      state: '完好',
      cost: n / 8,
    }));
    await call('POST', `/assignments/d.${path}/submit`, { values, rows: { list } });
  }
}

async function measure(path: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const get = async (to: string): Promise<number> => {
    const answer = await fetch(new URL(`/api/v1${to}`, url), { headers });
    const { byteLength } = await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`${to}: ${answer.status}`);
    return byteLength;
  };
  const watched = watchUsage(url);
  const waits: number[] = [];
  const under = { way: true };
  const asking = (async () => {
    while (under.way) {
      const beganMs = performance.now();
      await get('/me');
      waits.push(performance.now() - beganMs);
      await pause(ASK_EVERY_MS);
    }
  })();
  const beganMs = performance.now();
  const [bytes] = await Promise.all(Array.from({ length: SUMMARIES }, () => get(path)));
  const tookMs = Math.round(performance.now() - beganMs);
  under.way = false;
  await asking;
  const { roles } = watched();
  waits.sort((a, b) => a - b);
  const [p50 = 0, p99 = 0, most = 0] = [0.5, 0.99, 1].map((share) =>
    Math.round(waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0),
  );
  console.log(
    `${path}: ${SUMMARIES} in ${tookMs} ms, ${bytes ?? 0} bytes each; /me p50 ${p50}, p99 ${p99}, max ${most} ms of ${waits.length}; API peak ${Math.round(roles.api?.peakMb ?? 0)} MB`,
  );
}

try {
  await (
    await connect(admin)
  )('POST', '/organisation/import', shape.organisation);
  const office = await tokenOf(OFFICE_PERSON);
  await report(shape, await connect(office));
  console.log(`${shape.leaves.length} units, ${FIGURES} figures and ${rowsEach} rows each`);
  for (const path of ['summary.xlsx', 'summary.docx', 'summary', 'summary/rows.csv?field=list'])
    await measure(`/directives/d/${path}`, office).catch((error: unknown) => {
      console.log(String(error));
    });
} finally {
  await installation.stop();
}
process.exit(0);
