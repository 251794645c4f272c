// How fast a directive goes out, comes back and is merged: the whole pipeline over REST, measured and proved.
import os from 'node:os';
import { parseArgs } from 'node:util';
import { createCaller, openConnection, type Caller, type Connection } from './connection.ts';
import { flood } from './flood.ts';
import { printGrowth, watchGrowth } from './growth.ts';
import { joinInstallation, startInstallation, type Installation } from './installation.ts';
import { measureLateness } from './lateness.ts';
import { prove, type Directive } from './proof.ts';
import { printRuns } from './report.ts';
import type { Run } from './run.ts';
import { createShape, directiveOf, OFFICE_PERSON, type Shape } from './shape.ts';
import { untilPhase } from './until.ts';
import { watchUsage } from './usage.ts';

const { values: options } = parseArgs({
  options: {
    shape: { type: 'string', default: '10x100' },
    'under-way': { type: 'string', default: '50' },
    'units-per-person': { type: 'string', default: '10' },
    repeat: { type: 'string', default: '1' },
    late: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    url: { type: 'string' },
    password: { type: 'string', default: '' },
    profile: { type: 'string' },
  },
});

const say = (text: string): void => {
  if (!options.json) console.log(text);
};

/** The organisation, and a token for each person in it. */
async function settle(installation: Installation, shape: Shape): Promise<Map<string, string>> {
  const { url, password } = installation;
  const connections = await Promise.all(Array.from({ length: 8 }, () => openConnection(url)));
  const [first] = connections;
  if (first === undefined) throw new Error('no connection');
  const { token } = await createCaller(first, url, null)<{ token: string }>('POST', '/session', {
    login: 'admin',
    password,
  });
  await createCaller(first, url, token)('POST', '/organisation/import', shape.organisation);
  const tokens = new Map<string, string>();
  const people = [OFFICE_PERSON, ...shape.people];
  await Promise.all(
    connections.map(async (connection) => {
      const call = createCaller(connection, url, token);
      for (let person = people.pop(); person !== undefined; person = people.pop()) {
        const made = await call<{ token: string }>('POST', '/tokens', { name: 'bench', person });
        tokens.set(person, made.token);
      }
    }),
  );
  for (const connection of connections) connection.close();
  return tokens;
}

async function run(
  url: URL,
  shape: Shape,
  tokens: ReadonlyMap<string, string>,
  about: {
    seed: number;
    office: Caller;
    connections: readonly Connection[];
    databaseUrl: string | null;
  },
): Promise<Run> {
  const { office, connections, seed, databaseUrl } = about;
  const load = os.loadavg()[0] ?? 0;
  const id = `bench-${Date.now().toString(36)}`;
  const body = directiveOf(shape, id, { within: 'PT4H' });
  const growing = options.growth && databaseUrl !== null ? await watchGrowth(databaseUrl) : null;
  const stopWatching = watchUsage(url);
  const since = performance.now();
  const elapsed = (): number => (performance.now() - since) / 1000;
  await office<Directive>('POST', '/directives', body);
  const answeredSeconds = elapsed();
  await untilPhase(office, id, 'open');
  const openSeconds = elapsed();
  await growing?.isOut();
  const flooded = await flood(connections, { url, directive: id, leaves: shape.leaves, tokens, seed });
  const lastAnswered = elapsed();
  await untilPhase(office, id, 'closed');
  const wholeSeconds = elapsed();
  const spending = stopWatching();
  const growth = (await growing?.end()) ?? null;
  const events = await prove(office, id, shape, new Set());
  const lateness = options.late
    ? await measureLateness(url, shape, { tokens, office, connections, seed, databaseUrl })
    : null;
  return {
    shape: shape.name,
    units: shape.leaves.length,
    underWay: connections.length,
    answeredSeconds,
    openSeconds,
    wholeSeconds,
    closingSeconds: wholeSeconds - lastAnswered,
    flooded,
    spending,
    lateness,
    growth,
    events,
    load,
  };
}

const shape = createShape(options.shape.replaceAll('×', 'x'), Number(options['units-per-person']));
const installation =
  options.url === undefined
    ? await startInstallation({ profile: options.profile })
    : joinInstallation(options.url, options.password);
try {
  const { url, databaseUrl } = installation;
  const tokens = await settle(installation, shape);
  say(
    `${shape.name}: ${shape.leaves.length} units, ${shape.nodes} nodes, ${tokens.size} people at ${url.origin}`,
  );
  const office = createCaller(await openConnection(url), url, tokens.get(OFFICE_PERSON) ?? null);
  const underWay = Number(options['under-way']);
  const connections = await Promise.all(Array.from({ length: underWay }, () => openConnection(url)));
  const runs: Run[] = [];
  for (let seed = 1; seed <= Number(options.repeat); seed += 1)
    runs.push(await run(url, shape, tokens, { seed, office, connections, databaseUrl }));
  if (options.json) console.log(JSON.stringify(runs, null, 2));
  else {
    printRuns(runs);
    for (const { growth, units } of runs) if (growth !== null) printGrowth(growth, units);
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await installation.stop();
}
process.exit();
