// A day's work played on a whole installation, its clock moved by the quarter of an hour: how often is each person spoken to?
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { moveClockOf, type MovedClock } from '../../support/moved-clock.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { createDatabase, createNamespace } from '../../support/stack.ts';
import { COMMUNITIES, PEOPLE, STAFF, trialDirective, trialDistrict } from './trial-district.ts';

/** A Tuesday. */
const DAY = '2026-11-24';
const QUARTER_MS = 15 * 60_000;
/** Past the second of grace the clockwork leaves to commands under way. */
const AFTER_MS = 2_000;
const clock = (time: string): number => Date.parse(`${DAY}T${time}:00+08:00`);
const DIRECTIVES = [
  { id: 'first', sent: clock('08:45'), due: '17:30' },
  { id: 'second', sent: clock('09:30'), due: '17:30' },
  { id: 'third', sent: clock('10:15'), due: '17:30' },
];

type Owed = { id: string; holder: string; phase: string; issued: number };
type Act = { person: string; assignment: string; command: string; body: object };

/** A number from 0 to 99 that is always the same for the same text: people differ, days do not. */
function chanceOf(text: string): number {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  return sum % 100;
}

/** As people work: most answer within the half hour and report before the reminder of half an hour, some are late. */
function receiptAfter(id: string): number {
  return chanceOf(`receipt ${id}`) < 85 ? QUARTER_MS : 3 * QUARTER_MS;
}
function reportAfter(id: string): number {
  const chance = chanceOf(`report ${id}`);
  if (chance < 50) return 5 * QUARTER_MS;
  return chance < 92 ? 12 * QUARTER_MS : 24 * QUARTER_MS;
}

let z: Installation;
let moved: MovedClock;
beforeAll(async () => {
  const [database, namespace] = await Promise.all([createDatabase(), createNamespace()]);
  moved = await moveClockOf(database);
  await moved.moveTo(clock('08:30'));
  z = await startInstallation({
    on: { database, namespace },
    organisation: trialDistrict(),
    sentinel: { everyMs: 100 },
    now: moved.now,
  });
  for (let at = clock('08:45'); at <= clock('17:45'); at += QUARTER_MS) {
    await moved.moveTo(at + AFTER_MS);
    await settled(at);
    for (const { id, sent, due } of DIRECTIVES) if (sent === at) await send(id, due);
    await work(at);
    await settled(at);
  }
}, 240_000);
afterAll(async () => {
  await z.close();
  await moved.close();
});

async function send(id: string, due: string): Promise<void> {
  const { status, body } = await z.as(STAFF).post('/directives', trialDirective(id, DAY, due));
  if (status !== 201) throw new Error(JSON.stringify(body));
  await z.until(async () => (await z.as(STAFF).see(id)).phase === 'open', `${id} is open`);
}

/** Every clock that was due at this quarter has fired, and no desk has anything left to look at. */
async function settled(at: number): Promise<void> {
  await z.until(
    async () => {
      const { rows } = await z.pool.query<{ behind: number }>(
        `select (select count(*) from assignment where next_wake <= to_timestamp($1::float8 / 1000))::int
              + (select count(*) from desk where not ended and asked <> looked)::int as behind`,
        [at],
      );
      return rows[0]?.behind === 0;
    },
    `the clockwork has come to ${new Date(at).toISOString()}`,
  );
}

/** What people do in this quarter: communities receive and report, those above approve what is there. */
async function work(at: number): Promise<void> {
  const { rows } = await z.pool.query<Owed & { issuer: string; node: boolean }>(
    `select a.id, split_part(a.holder, '/', 2) as holder, a.phase, a.node,
            (extract(epoch from d.issued_at) * 1000)::float8 as issued,
            coalesce(split_part(p.holder, '/', 2), $1) as issuer
       from assignment a
       join directive d on d.id = a.directive
       left join assignment p on p.directive = a.directive and p.id = a.parent
      where not a.settled order by a.id`,
    [STAFF],
  );
  const acts = rows.flatMap((row): Act[] => {
    // By whole quarters: a request takes a moment more or less.
    const since = Math.round((at + AFTER_MS - row.issued) / QUARTER_MS) * QUARTER_MS;
    const act = (person: string, command: string, body: object = {}): Act[] => [
      { person, assignment: row.id, command, body },
    ];
    if (row.phase === 'submitted') return act(row.issuer, 'approve');
    if (row.phase === 'issued' && since >= receiptAfter(row.id)) return act(row.holder, 'acknowledge');
    const isReady = row.phase === 'acknowledged' && !row.node && since >= reportAfter(row.id);
    return isReady ? act(row.holder, 'submit', { values: { n: chanceOf(row.id) } }) : [];
  });
  const byPerson = Map.groupBy(acts, ({ person }) => person);
  for (const [person, theirs] of byPerson) {
    const commands = theirs.map(({ assignment, command, body }) => ({ assignment, command, ...body }));
    const { status, body } = await z.as(person).post('/commands', commands);
    if (status !== 200) throw new Error(`${person}: ${status} ${JSON.stringify(body)}`);
  }
}

const noticesOf = async (): Promise<Map<string, number>> => {
  const { rows } = await z.pool.query<{ person: string; count: number }>(
    `select person, count(*)::int as count from notification group by person`,
  );
  return new Map(rows.map(({ person, count }) => [person, count]));
};

describe('a day of three directives over 14 task forces', () => {
  it('is played to its end by 54 people: everything is approved, and the record is sound', async () => {
    expect(PEOPLE).toHaveLength(54);
    const { rows } = await z.pool.query<{ phase: string; count: number }>(
      `select phase, count(*)::int as count from assignment group by phase`,
    );
    expect(rows.map(({ phase }) => phase)).toEqual(['approved']);
    for (const { id } of DIRECTIVES) expect(await faultsOfRecord(z.pool, id)).toEqual([]);
  });

  it('is a day with clocks that ran: reminders, receipts that were late, and rungs', async () => {
    const { rows } = await z.pool.query<{ type: string }>(
      `select distinct type from event where type in ('reminded', 'receiptOverdue', 'overdue', 'escalated') order by 1`,
    );
    expect(rows.map(({ type }) => type)).toEqual(['escalated', 'overdue', 'receiptOverdue', 'reminded']);
  });

  it('speaks to a community’s liaison eight times at the median, and never more than fifteen times', async () => {
    const notices = await noticesOf();
    const counts = COMMUNITIES.map(({ code }) => notices.get(code) ?? 0).sort((a, b) => a - b);
    const median = counts[Math.floor(counts.length / 2)] ?? Infinity;
    expect(counts[0]).toBeGreaterThan(0);
    expect(median).toBeLessThanOrEqual(8);
    expect(counts.at(-1)).toBeLessThanOrEqual(15);
  });

  it('speaks to nobody more often than thirty times, whatever they hold together', async () => {
    expect(Math.max(...(await noticesOf()).values())).toBeLessThanOrEqual(30);
  });
});
