// Digests and duplicates: twenty notices that can wait are one mail, and what is said twice is said once.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ScheduleNotFoundError } from '@temporalio/client';
import { claimNamespace } from '../../../command/namespace-mark.ts';
import { write, type Writing } from '../../../db/queries/writing.ts';
import type { NewDelivery } from '../../../domain/delivery/delivery.ts';
import { DIGEST_SCHEDULE_ID } from '../../../workflows/messages.ts';
import { sendOut } from '../../support/course.ts';
import { fatesOf, insertDelivery } from '../../support/delivery-rows.ts';
import { district } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { startMailServer, type MailServer } from '../../support/mail-server.ts';

const PERSON = 'OFFICE';
const ADDRESS = 'office@example.org';

let z: Installation;
let mail: MailServer;
beforeAll(async () => {
  mail = await startMailServer();
  const { people = [], ...rest } = district({ streets: 1, communities: 1 });
  const reachable = people.map((person) => (person.id === PERSON ? { ...person, email: ADDRESS } : person));
  z = await startInstallation({
    organisation: { ...rest, people: reachable },
    sentinel: { everyMs: 200 },
    mail,
  });
});
afterAll(async () => {
  await z.close();
  await mail.close();
});

describe('twenty notices that can wait', () => {
  beforeAll(async () => {
    for (let n = 1; n <= 20; n += 1) {
      const course = await sendOut(z, `d${n}`, { item: { review: 'auto' } });
      await course.do('S1-1', 'submit', { values: { n } });
    }
    const waiting = `type = 'rolledUp' and state = 'waiting' and person = $1`;
    await z.until(
      async () => (await fatesOf(z.pool, waiting, [PERSON])).length === 20,
      'the office is told of twenty reports',
    );
  });

  it('wait for a time the person has digests at', async () => {
    const { rows } = await z.pool.query<{ at: string }>(
      `select distinct to_char(due_at at time zone 'Asia/Shanghai', 'HH24:MI') as at from delivery
        where type = 'rolledUp' and state = 'waiting' and digest`,
    );
    expect(rows).not.toEqual([]);
    for (const row of rows) expect(['08:40', '14:00', '16:30']).toContain(row.at);
  });

  it('are then one mail, made by the Schedule’s workflow, and go with it', async () => {
    expect(mail.letters).toEqual([]);
    await z.pool.query(`update delivery set due_at = clock_timestamp() where digest`);
    const schedule = { client: z.client, taskQueue: 'zhuanban', mark: z.mark };
    await claimNamespace(schedule);
    // A second worker finds it there.
    await claimNamespace(schedule);
    await z.client.schedule.getHandle(DIGEST_SCHEDULE_ID).trigger();
    const [digest] = await z.until(async () => {
      const fates = await fatesOf(z.pool, `type = 'digest' and state = 'sent'`);
      return fates.length > 0 && fates;
    }, 'the digest is sent');
    expect(mail.letters.map(({ to, subject }) => [to, subject])).toEqual([
      [ADDRESS, '【专班】您有 20 条动态'],
    ]);
    for (const n of [1, 20]) expect(mail.letters[0]?.text).toContain(`汇总已上报，请审核：《摸排 d${n}》`);
    const lines = await fatesOf(z.pool, `type = 'rolledUp' and state = 'collapsed'`);
    expect(lines).toHaveLength(20);
    for (const line of lines) expect(line).toMatchObject({ state: 'collapsed', goesWith: digest?.id });
  });

  it('are nothing any more to the next digest', async () => {
    await z.client.schedule.getHandle(DIGEST_SCHEDULE_ID).trigger();
    await z.until(async () => {
      const { info } = await z.client.schedule.getHandle(DIGEST_SCHEDULE_ID).describe();
      return info.numActionsTaken >= 2 && info.runningActions.length === 0;
    }, 'the second has run');
    expect(await fatesOf(z.pool, `type = 'digest'`)).toHaveLength(1);
  });

  it('are shown to the reader as lines of one delivery', async () => {
    const { body } = await z.as(PERSON).get('/notifications/deliveries?limit=1');
    const [item] = body.items as unknown as { type: string; text: string }[];
    expect(item?.type).toBe('digest');
    expect(item?.text.split('\n')).toHaveLength(20);
  });
});

const hasSchedule = async (): Promise<boolean> => {
  try {
    return !(await z.client.schedule.getHandle(DIGEST_SCHEDULE_ID).describe()).state.paused;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return false;
    throw error;
  }
};

/** A notice whose digest has been due for so long that the schedule must be gone, and nothing composed it. */
async function forgotten(): Promise<number> {
  const id = await insertDelivery(z.pool, {
    person: PERSON,
    type: 'rolledUp',
    directive: 'late',
    digest: true,
  });
  await z.pool.query(`update delivery set due_at = clock_timestamp() - interval '20 minutes' where id = $1`, [
    id,
  ]);
  return id;
}

it('a digest that nobody composed is composed by the sentinel’s care, and the Schedule made anew', async () => {
  await claimNamespace({ client: z.client, taskQueue: 'zhuanban', mark: z.mark });
  await z.client.schedule.getHandle(DIGEST_SCHEDULE_ID).delete();
  await z.until(async () => !(await hasSchedule()), 'the schedule is gone');
  // Temporal may still be carrying the deletion out when the sentinel comes: then what it brought up to date goes as
  // well, and the next digest that is left lying finds it gone.
  await z.until(async () => {
    const id = await forgotten();
    await z.until(async () => (await fatesOf(z.pool, 'id = $1', [id]))[0]?.state === 'collapsed', 'composed');
    return hasSchedule();
  }, 'there is a schedule');
});

describe('of two notices of one kind about one assignment within ten minutes', () => {
  const notice = (n: number, more: Partial<NewDelivery> = {}): NewDelivery => ({
    channel: 'mail',
    person: 'NOBODY',
    endpoint: null,
    type: 'restated',
    directive: 'c',
    assignment: 'c.sites.TF',
    desk: 'c',
    seq: n,
    data: { n },
    at: new Date().toISOString(),
    due_at: new Date(Date.now() + 3_600_000).toISOString(),
    digest: true,
    chain: [],
    collapse: 'NOBODY mail restated c.sites.TF',
    state: 'waiting',
    ...more,
  });
  const nothing: Writing = {
    events: [],
    assignments: [],
    changed: [],
    touched: [],
    submissions: [],
    notifications: [],
    deliveries: [],
    attachments: [],
    verdicts: [],
    desks: [],
  };
  const told = async (...deliveries: NewDelivery[]): Promise<unknown[]> => {
    await write(z.pool, 1, { ...nothing, deliveries });
    const { rows } = await z.pool.query<Record<string, unknown>>(
      `select seq, state, data ->> 'n' as n, goes_with is not null as collapsed from delivery where directive = 'c' order by id`,
    );
    return rows;
  };

  it('the second becomes the newer words of the first while that waits', async () => {
    await told(notice(1));
    expect(await told(notice(2))).toEqual([
      { seq: 1, state: 'waiting', n: '2', collapsed: false },
      { seq: 2, state: 'collapsed', n: '2', collapsed: true },
    ]);
    // And the third, though the second is collapsed itself.
    expect(await told(notice(3))).toMatchObject([
      { seq: 1, n: '3' },
      { seq: 2 },
      { seq: 3, state: 'collapsed' },
    ]);
  });

  it('the second goes out itself while somebody is sending the first', async () => {
    await z.pool.query(
      `update delivery set leased_until = clock_timestamp() + interval '1 minute' where directive = 'c'`,
    );
    expect(await told(notice(4))).toContainEqual({ seq: 4, state: 'waiting', n: '4', collapsed: false });
  });

  it('the second is dropped where the first was sent and said the same, and goes out where it says something new', async () => {
    await z.pool.query(
      `update delivery set state = 'sent', leased_until = null where directive = 'c' and seq = 4`,
    );
    expect(await told(notice(5, { data: { n: 4 } }))).toContainEqual({
      seq: 5,
      state: 'collapsed',
      n: '4',
      collapsed: true,
    });
    expect(await told(notice(6))).toContainEqual({ seq: 6, state: 'waiting', n: '6', collapsed: false });
  });

  it('after them the second is a notice of its own', async () => {
    await z.pool.query(`update delivery set at = at - interval '11 minutes' where directive = 'c'`);
    expect(await told(notice(7))).toContainEqual({ seq: 7, state: 'waiting', n: '7', collapsed: false });
  });

  it('two that must both arrive do', async () => {
    expect(await told(notice(8, { collapse: null }), notice(9, { collapse: null }))).toEqual(
      expect.arrayContaining([
        { seq: 8, state: 'waiting', n: '8', collapsed: false },
        { seq: 9, state: 'waiting', n: '9', collapsed: false },
      ]),
    );
  });
});
