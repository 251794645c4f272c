// Floods: what one moment has to say to one person is said once, in the application and in one message.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { fatesOf } from '../../support/delivery-rows.ts';
import { directive, district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { startMailServer, type MailServer } from '../../support/mail-server.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

const ADDRESS = 's1-1@example.org';
const REVIEWER = 's1@example.org';
const reachable: Record<string, { email: string }> = { 'S1-1': { email: ADDRESS }, S1: { email: REVIEWER } };
const COMMUNITIES = 20;
const units = Array.from({ length: COMMUNITIES }, (_, n) => `S1-${n + 1}`);

let z: Installation;
let mail: MailServer;
beforeAll(async () => {
  mail = await startMailServer();
  const { people = [], ...rest } = district({ streets: 1, communities: COMMUNITIES });
  z = await startInstallation({
    organisation: {
      ...rest,
      people: people.map((person) => ({ ...person, ...(reachable[person.id] ?? {}) })),
    },
    sentinel: { everyMs: 200 },
    worker: false,
    mail,
    gatherMs: 60_000,
  });
});
afterAll(async () => {
  await z.close();
  await mail.close();
});

type Notice = { type: string; text: string; data: { also?: string[] } };
const noticesOf = async (person: string, type: string): Promise<Notice[]> => {
  const { body } = await z.as(person).get('/notifications?limit=500');
  return (body.items as unknown as Notice[]).filter((notice) => notice.type === type);
};

describe('twenty reports whose review is late at one moment', () => {
  let course: Course;
  beforeAll(async () => {
    const worker = await z.startWorker();
    const policy = {
      reviewWithin: 'PT1S',
      ladder: [{ clock: 'review' as const, after: 'PT0S', notify: ['issuer.liaisonA' as const] }],
    };
    course = await sendOut(z, 'late', { policy, due: { within: 'PT8H' } });
    // The clockwork is away until all of them are late: then one wake finds them.
    await worker.stop();
    for (const unit of units) await course.do(unit, 'submit', { values: { n: 1 } });
    await z.until(async () => {
      const { rows } = await z.pool.query<{ late: boolean }>(
        `select bool_and(next_wake < clock_timestamp() - interval '2 seconds') as late from assignment
          where directive = 'late' and phase = 'submitted'`,
      );
      return rows[0]?.late === true;
    }, 'all reviews are late');
    await z.startWorker();
    for (const unit of units) await course.happens(unit, 'escalated');
  });

  it('are one notice to who reviews, which names the others', async () => {
    const rungs = await noticesOf('S1', 'escalated');
    expect(await noticesOf('S1', 'reminded')).toEqual([]);
    expect(rungs).toHaveLength(1);
    expect(rungs[0]?.text).toBe('提级：逾期未审核：《摸排 late》，S1-1社区等 20 家');
    expect(rungs[0]?.data.also).toHaveLength(19);
  });

  it('are all in the log, reminder and rung of each', async () => {
    for (const unit of units)
      for (const type of ['reminded', 'escalated']) expect(await course.happens(unit, type)).toHaveLength(1);
    expect(await faultsOfRecord(z.pool, 'late')).toEqual([]);
  });
});

describe('five directives that remind one person at one time', () => {
  it('are one letter, with a line for each', async () => {
    const directives = ['r1', 'r2', 'r3', 'r4', 'r5'];
    for (const id of directives)
      await sendOut(z, id, { policy: { remindBefore: ['PT59M58S'] }, due: { within: 'PT1H' } });
    const waiting = `state = 'waiting' and type = 'reminded' and person = 'S1-1'`;
    await z.until(
      async () => (await fatesOf(z.pool, waiting)).length === directives.length,
      'all five wait for company',
    );
    const before = mail.lettersTo(ADDRESS).length;
    const [first] = await fatesOf(z.pool, waiting);
    await z.pool.query(`update delivery set due_at = clock_timestamp() where id = $1`, [first?.id]);
    await z.until(async () => (await fatesOf(z.pool, waiting)).length === 0, 'they are sent');
    const letters = mail.lettersTo(ADDRESS).slice(before);
    expect(letters).toHaveLength(1);
    for (const id of directives) expect(letters[0]?.text).toContain(`提醒：请按时报送：《摸排 ${id}》`);
    expect(letters[0]?.subject).toMatch(/（共 \d+ 条）$/);
  });
});

describe('twelve reports of four items whose review is late one after the other', () => {
  it('are one letter to who reviews, with a line for each notice', async () => {
    const places = ['S1-2', 'S1-3', 'S1-4'];
    const order = directive('four', {
      policy: {
        reviewWithin: 'PT1S',
        ladder: [{ clock: 'review', after: 'PT0S', notify: ['issuer.liaisonA'] }],
      },
      due: { within: 'PT8H' },
    });
    const [item] = order.items;
    const receivers = [{ unit: 'S1', receivers: places.map((unit) => ({ unit })) }];
    const items = ['一', '二', '三', '四'].map((title, n) => ({
      ...item,
      key: `item${n + 1}`,
      title: `事项${title}`,
      dispatch: [{ taskForce: FORCE, receivers }],
    }));
    expect((await z.as(OFFICE).post('/directives', { ...order, items })).status).toBe(201);
    await z.until(async () => (await z.as(OFFICE).see('four')).phase === 'open', 'four is open');
    for (const { key } of items)
      for (const unit of places) {
        const to = `/assignments/four.${key}.${FORCE}.S1.${unit}/submit`;
        expect((await z.as(unit).post(to, { values: { n: 1 } })).status).toBe(200);
      }
    const late = `directive = 'four' and person = 'S1' and type = 'escalated'`;
    await z.until(async () => {
      const { rows } = await z.pool.query<{ late: number }>(
        `select count(distinct assignment)::int as late from event where directive = 'four' and type = 'escalated'`,
      );
      return rows[0]?.late === items.length * places.length;
    }, 'all twelve reviews are late');
    const before = mail.lettersTo(REVIEWER).length;
    // Company that comes within the minute.
    await z.pool.query(
      `update delivery set due_at = clock_timestamp() + interval '30 seconds' where ${late} and state = 'waiting'`,
    );
    const all = await fatesOf(z.pool, late);
    await z.pool.query(`update delivery set due_at = clock_timestamp() where id = $1`, [all[0]?.id]);
    await z.until(
      async () => (await fatesOf(z.pool, `${late} and state = 'waiting'`)).length === 0,
      'they are sent',
    );
    const letters = mail.lettersTo(REVIEWER).slice(before);
    expect(letters).toHaveLength(1);
    expect(letters[0]?.text.match(/提级：逾期未审核：《摸排 four》/g)).toHaveLength(all.length);
  });
});

describe('thirty urges by one person on one assignment within ten minutes', () => {
  let course: Course;
  beforeAll(async () => {
    course = await sendOut(z, 'urged');
    for (let n = 1; n <= 30; n += 1) await course.do('S1-1', 'urge', { note: `第 ${n} 次` });
  });

  it('are one notice, whatever they say', async () => {
    expect(await noticesOf('S1-1', 'urged')).toHaveLength(1);
  });

  it('are thirty events', async () => {
    expect(await course.happens('S1-1', 'urged')).toHaveLength(30);
  });

  it('are heard again after that time', async () => {
    await z.pool.query(`update notification set at = at - interval '11 minutes' where type = 'urged'`);
    await course.do('S1-1', 'urge', {});
    expect(await noticesOf('S1-1', 'urged')).toHaveLength(2);
  });
});
