// Every way out of the house end to end: a directive goes out, and what arrives is signed as each channel asks.
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { sendOut, type Course } from '../../support/course.ts';
import { fatesOf, type Fate } from '../../support/delivery-rows.ts';
import { district, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { startListener, type Listener, type Received, type Reply } from '../../support/listener.ts';
import { startMailServer, type MailServer } from '../../support/mail-server.ts';
import type { Seen } from '../../support/seen.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const OK = { body: '{"errcode":0,"errmsg":"ok"}' };
const mac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');

/** As the three robots check what comes in. */
function robots({ path, query, body }: Received): Reply {
  const said = JSON.parse(body) as { timestamp?: string; sign?: string };
  switch (path) {
    case '/dingtalk': {
      const isSigned = query.get('sign') === mac('ding', `${query.get('timestamp')}\nding`);
      const isFresh = Math.abs(Date.now() - Number(query.get('timestamp'))) < 60_000;
      return isSigned && isFresh ? OK : { body: '{"errcode":310000,"errmsg":"sign not match"}' };
    }
    case '/feishu': {
      const isSigned = said.sign === mac(`${said.timestamp}\nfei`, '');
      return { body: isSigned ? '{"code":0,"msg":"success"}' : '{"code":19021,"msg":"sign match fail"}' };
    }
    case '/wecom':
      return query.get('key') === 'k-1' ? OK : { body: '{"errcode":93000,"errmsg":"invalid webhook url"}' };
    default:
      return { status: 204 };
  }
}

let z: Installation;
let listener: Listener;
let mail: MailServer;
let course: Course;
beforeAll(async () => {
  [listener, mail] = await Promise.all([startListener(robots), startMailServer()]);
  const { people = [], ...rest } = district();
  const reachable = people.map((person) => ({
    ...person,
    ...(person.id === 'S1' ? { email: 's1@example.org' } : {}),
    ...(person.id === 'S1-1' ? { phone: '138 0000 0001' } : {}),
    ...(person.id === 'S1-2' ? { phone: '+86 13800000002' } : {}),
  }));
  z = await startInstallation({
    organisation: { ...rest, people: reachable },
    sentinel: { everyMs: 200 },
    mail,
  });
  const endpoints = [
    {
      id: 'ding',
      kind: 'dingtalk',
      name: '一社区群',
      place: { unit: 'S1-1' },
      url: `${listener.url}/dingtalk`,
      secret: 'ding',
    },
    {
      id: 'wecom',
      kind: 'wecom',
      name: '二社区群',
      place: { unit: 'S1-2' },
      url: `${listener.url}/wecom?key=k-1`,
    },
    {
      id: 'fei',
      kind: 'feishu',
      name: '街道群',
      place: { unit: 'S2' },
      url: `${listener.url}/feishu`,
      secret: 'fei',
    },
    { id: 'bridge', kind: 'webhook', name: '市平台', url: `${listener.url}/bridge`, secret: WEBHOOK_SECRET },
  ];
  for (const body of endpoints) {
    const { status } = await z.api.call('POST', '/endpoints', { body });
    if (status !== 201) throw new Error(`endpoint ${body.id}: ${status}`);
  }
  course = await sendOut(z, 'd');
  await z.until(
    async () =>
      (await z.pool.query(`select from delivery where type = 'issued' and state <> 'sent'`)).rowCount === 0 &&
      listener.at('/bridge').length >= 7,
    'everything is sent',
  );
});
afterAll(async () => {
  await z.close();
  await listener.close();
  await mail.close();
});

describe('a notice', () => {
  it('goes by mail to whoever has an address, as something no machine answers', () => {
    const [letter, ...more] = mail.letters;
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ to: 's1@example.org' });
    expect(letter?.text).toContain('新任务，请签收：《摸排 d》，S1街道');
    expect(letter?.text).toContain('https://zhuanban.example');
    expect(letter?.messageId).toMatch(/^<[0-9a-f-]{36}@example\.org>$/);
    expect(letter?.raw).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  });

  it('carries a link by which its reader acknowledges without signing in, once', async () => {
    const url = /\S+\/l\/\S+/.exec(mail.letters[0]?.text ?? '')?.[0] ?? '';
    const page = await fetchChecked(url);
    expect(await page.text()).toContain('摸排 d');
    expect((await course.see('S1')).phase).toBe('issued');
    expect((await fetchChecked(url, { method: 'POST' })).status).toBe(200);
    expect((await course.see('S1')).phase).toBe('acknowledged');
    expect((await fetchChecked(url, { method: 'POST' })).status).toBe(410);
    const [event] = (await course.happens('S1', 'acknowledged')) as { by?: string }[];
    expect(event?.by).toBe('link');
  });

  it('goes to the robot of the place, mentioning whom it is for', () => {
    const [ding] = listener.at('/dingtalk');
    expect(JSON.parse(ding?.body ?? '')).toMatchObject({
      text: { content: expect.stringContaining('S1-1社区') as unknown },
      at: { atMobiles: ['13800000001'] },
    });
    const [wecom] = listener.at('/wecom');
    expect(JSON.parse(wecom?.body ?? '')).toMatchObject({ text: { mentioned_mobile_list: ['13800000002'] } });
    const [fei] = listener.at('/feishu');
    expect(JSON.parse(fei?.body ?? '')).toMatchObject({
      content: { text: expect.stringContaining('@名S2') as unknown },
    });
    expect(
      [listener.at('/dingtalk'), listener.at('/wecom'), listener.at('/feishu')].map((all) => all.length),
    ).toEqual([1, 1, 1]);
  });

  it('reaches the other system once an event, signed, as the API shows the event', async () => {
    const hooks = listener.at('/bridge');
    const bodies = hooks.map(
      ({ body, headers }) =>
        new Webhook(WEBHOOK_SECRET).verify(body, headers as Record<string, string>) as Seen,
    );
    const shown = await z.as(OFFICE).events(course.at('S1-1'));
    const mine = bodies.filter(({ data }) => data['assignment'] === course.at('S1-1'));
    expect(mine.map(({ data }) => data)).toEqual(shown.map((event) => ({ directive: 'd', ...event })));
    expect(new Set(hooks.map(({ headers }) => headers['webhook-id'])).size).toBe(hooks.length);
  });

  it('shows on the assignment when it reached the unit, and how', async () => {
    const channels: Record<string, unknown> = {};
    for (const unit of ['S1', 'S1-1', 'S1-2', 'S2', 'S2-1']) {
      const { delivered } = await course.see(unit);
      expect(Date.parse(delivered?.at ?? '')).toBeGreaterThan(Date.now() - 60_000);
      channels[unit] = delivered?.channel;
    }
    // Nobody has told the installation how to reach the last one: the application alone has told it.
    expect(channels).toEqual({
      S1: 'mail',
      'S1-1': 'dingtalk',
      'S1-2': 'wecom',
      S2: 'feishu',
      'S2-1': 'app',
    });
    const { delivered } = await course.do('S1-1', 'acknowledge');
    expect(delivered?.channel).toBe('dingtalk');
    const { body } = await z.as('S1').get('/assignments');
    expect(body.items.map(({ delivered: each }) => each?.channel)).toEqual(['mail']);
  });

  it('is listed with its fate: one’s own, or all for who reads all', async () => {
    const own = await z.as('S1').get('/notifications/deliveries');
    expect(own.body.items).toMatchObject([
      { channel: 'mail', state: 'sent', person: { id: 'S1', name: '名S1' }, type: 'issued', attempts: 1 },
    ]);
    const all = await z.as('AUDITOR').get('/notifications/deliveries?state=sent&limit=500');
    expect(new Set(all.body.items.map((item) => (item as unknown as { channel: string }).channel))).toEqual(
      new Set(['mail', 'dingtalk', 'wecom', 'feishu', 'webhook']),
    );
    const robot = await z.as('AUDITOR').get('/notifications/deliveries?person=S2&channel=feishu');
    expect(robot.body.items).toMatchObject([{ endpoint: { id: 'fei', name: '街道群' } }]);
    expect((await z.as('S1').get('/notifications/deliveries?person=S2')).status).toBe(403);
    expect((await z.as('S1').get('/notifications/deliveries?state=lost')).status).toBe(400);
  });

  it('comes page by page', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { body } = await z.as('AUDITOR').get(`/notifications/deliveries?limit=3${cursor}`);
      seen.push(...body.items.map(({ id }) => id));
      cursor = body.nextCursor === null ? null : `&cursor=${body.nextCursor}`;
    }
    const { rowCount } = await z.pool.query('select from delivery');
    expect(seen).toHaveLength(rowCount ?? -1);
    expect(seen.map(Number)).toEqual(seen.map(Number).sort((a, b) => b - a));
  });

  it('of a robot’s refusal tells why, in the robot’s own words', async () => {
    await z.api.call('PATCH', '/endpoints/fei', { body: { secret: 'wrong' } });
    await course.do('S2', 'acknowledge');
    const again = await sendOut(z, 'e');
    const { rows } = await z.until(async () => {
      const found = await z.pool.query<{ said: string }>(
        `select said from delivery where channel = 'feishu' and state = 'failed'`,
      );
      return found.rowCount === 1 && found;
    }, 'the robot refuses');
    expect(rows[0]?.said).toContain('sign match fail');
    const { body } = await z.as('S2').get('/notifications');
    expect(body.items[0]).toMatchObject({
      type: 'deliveryFailed',
      assignment: again.at('S2'),
      text: expect.stringMatching(/^通知未能送达：《摸排 e》，S2街道；.*sign match fail/) as unknown,
    });
  });
});

describe('what a person prefers', () => {
  /** Hours around this one, in China's time. */
  const around = (): { from: string; to: string } => {
    const clock = (ms: number): string =>
      new Date(Date.now() + ms + 8 * 3_600_000).toISOString().slice(11, 16);
    return { from: clock(-3_600_000), to: clock(3_600_000) };
  };
  const prefer = async (preferences: object): Promise<void> => {
    expect((await z.as('S1').put('/me/preferences', preferences)).status).toBe(200);
  };

  it('holds from the next event on: nothing but what nobody can switch off', async () => {
    await prefer({ channels: [] });
    await sendOut(z, 'silent');
    const { body } = await z.as('S1').get('/notifications/deliveries?limit=1');
    expect(body.items).toMatchObject([{ state: 'suppressed', directive: 'silent', attempts: 0 }]);
    expect((await z.as('S1').get('/notifications?limit=1')).body.items).toMatchObject([{ type: 'issued' }]);
  });

  it('lets quiet hours pass, unless it is urgent', async () => {
    await prefer({ quietHours: around() });
    await sendOut(z, 'quiet');
    await sendOut(z, 'pressing', { urgency: 'urgent' });
    const mine = (id: string): Promise<Fate[]> => fatesOf(z.pool, `person = 'S1' and directive = $1`, [id]);
    await z.until(async () => (await mine('pressing'))[0]?.state === 'sent', 'what presses is sent');
    expect(await mine('quiet')).toMatchObject([{ state: 'waiting', attempts: 0 }]);
    const { rows } = await z.pool.query<{ late: boolean }>(
      `select due_at > clock_timestamp() + interval '50 minutes' as late from delivery
        where person = 'S1' and directive = 'quiet'`,
    );
    expect(rows).toEqual([{ late: true }]);
  });
});

it('a directive’s own events reach the other system too', async () => {
  await z.as(OFFICE).post('/directives/silent/cancel', { reason: '撤销' });
  const own = await z.until(() => {
    const bodies = listener.at('/bridge').map(({ body }) => JSON.parse(body) as Seen);
    const found = bodies.filter(({ data }) => data['id'] !== undefined && data['assignment'] === null);
    return found.length > 0 && found;
  }, 'the directive’s end is told');
  expect(own).toMatchObject([{ type: 'cancelled', data: { directive: 'silent', actor: OFFICE } }]);
});
