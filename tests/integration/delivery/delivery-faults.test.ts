// What leaves the house meets servers that refuse, dawdle, talk nonsense or say nothing: nothing is lost, nothing sent twice.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimDue } from '../../../db/queries/delivery-work.ts';
import { deliveryStatus, deliveryWorkflowId } from '../../../workflows/messages.ts';
import { sendOut } from '../../support/course.ts';
import { fatesOf, insertDelivery } from '../../support/delivery-rows.ts';
import { at, district } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { startListener, type Listener, type Reply } from '../../support/listener.ts';
import { startMailServer, type MailServer } from '../../support/mail-server.ts';

const REPLIES: Record<string, Reply> = {
  '/never': 'never',
  '/wrong': { body: '<html>502</html>' },
  '/down': { status: 503 },
  '/moved': { status: 302, headers: { location: 'http://127.0.0.1:1/elsewhere' } },
  '/slow': { body: '{"errcode":0}', afterMs: 700 },
  '/gone': { status: 404, body: 'no such robot' },
};
/** Each has a robot of another kind of fault, in the order of `REPLIES`. */
const PLACES = ['S1-1', 'S1-2', 'S1-3', 'S2-1', 'S2-2', 'S2-3'] as const;
const mailOf = (person: string): string => `${person.toLowerCase()}@example.org`;
const REFUSED = new Set(['S1-1', 'S1-3', 'S2-2', 'S1'].map(mailOf));

let z: Installation;
let listener: Listener;
let mail: MailServer;
beforeAll(async () => {
  [listener, mail] = await Promise.all([
    startListener(({ path }) => REPLIES[path] ?? { status: 204 }),
    startMailServer(),
  ]);
  const { people = [], ...rest } = district({ communities: 3 });
  z = await startInstallation({
    organisation: { ...rest, people: people.map((person) => ({ ...person, email: mailOf(person.id) })) },
    sentinel: { everyMs: 200 },
    mail,
  });
});
afterAll(async () => {
  await z.close();
  await listener.close();
  await mail.close();
});

describe('a server that refuses half the recipients', () => {
  beforeAll(async () => {
    mail.refusal = (address) => (REFUSED.has(address) ? { code: 550, text: 'no such mailbox here' } : null);
    await sendOut(z, 'half');
    await z.until(
      async () => (await fatesOf(z.pool, `directive = 'half' and state = 'waiting'`)).length === 0,
      'all are decided',
    );
    mail.refusal = () => null;
  });

  it('has every other one, once', () => {
    const expected = ['TF', 'S2', 'S1-2', 'S2-1', 'S2-3'].map(mailOf).sort();
    expect(mail.letters.map(({ to }) => to).sort()).toEqual(expected);
  });

  it('is believed about the rest: failed at once, and told in the application', async () => {
    const failed = await fatesOf(z.pool, `directive = 'half' and state = 'failed'`);
    expect(failed.map(({ person }) => person).sort()).toEqual(['S1', 'S1-1', 'S1-3', 'S2-2']);
    for (const { attempts, said } of failed) {
      expect(attempts).toBe(1);
      expect(said).toMatch(/^550 no such mailbox here/);
    }
    const { body } = await z.as('S1-1').get('/notifications');
    expect(body.items.map(({ type }) => type)).toEqual(['deliveryFailed', 'issued']);
    const { delivered } = await z.as('S1-1').see('half.sites.TF.S1.S1-1');
    expect(delivered).toMatchObject({ channel: 'app' });
  });
});

describe('a server that is away for a moment', () => {
  it('has every letter once it is back', async () => {
    mail.letters.length = 0;
    let refusals = 0;
    mail.refusal = () => ((refusals += 1) <= 3 ? { code: 451, text: 'try again later' } : null);
    await insertDelivery(z.pool, { person: 'S1', directive: 'moment' });
    const [fate] = await z.until(async () => {
      const fates = await fatesOf(z.pool, `directive = 'moment'`);
      return fates[0]?.state === 'sent' && fates;
    }, 'sent at last');
    expect(fate?.attempts).toBe(4);
    expect(mail.lettersTo(mailOf('S1'))).toHaveLength(1);
    mail.refusal = () => null;
  });
});

describe('one person’s broken mailbox', () => {
  it('delays nobody, however much there is for it', async () => {
    mail.letters.length = 0;
    mail.dawdles = (address) => address === mailOf('S1');
    for (let n = 0; n < 40; n += 1) await insertDelivery(z.pool, { person: 'S1', directive: 'broken' });
    for (const person of PLACES) await insertDelivery(z.pool, { person, directive: 'sound' });
    const started = Date.now();
    await z.until(
      async () => (await fatesOf(z.pool, `directive = 'sound' and state = 'waiting'`)).length === 0,
      'everybody else is told',
    );
    // One attempt at the broken one takes 1.5 s here, forty would take a minute.
    expect(Date.now() - started).toBeLessThan(20_000);
    mail.dawdles = () => false;
    await z.until(
      async () => (await fatesOf(z.pool, `directive = 'broken' and state = 'sent'`)).length === 40,
      'and what waited arrives when it is mended',
    );
    // In as few letters as they were found together.
    expect(mail.lettersTo(mailOf('S1'))).not.toEqual([]);
  });
});

describe('a robot', () => {
  beforeAll(async () => {
    mail.letters.length = 0;
    for (const [n, path] of Object.keys(REPLIES).entries()) {
      const place = PLACES[n] ?? '';
      const body = {
        kind: 'dingtalk',
        name: path,
        place: { unit: place },
        url: `${listener.url}${path}`,
        secret: 's',
      };
      expect((await z.api.call('POST', '/endpoints', { body: { id: `robot${n}`, ...body } })).status).toBe(
        201,
      );
      expect((await z.as(place).put('/me/preferences', { channels: ['dingtalk', 'mail'] })).status).toBe(200);
    }
    await sendOut(z, 'robots');
    await z.until(
      async () => (await fatesOf(z.pool, `directive = 'robots' and state = 'waiting'`)).length === 0,
      'all are decided',
    );
  });

  it.each([
    ['never answers', 0, 3, /no answer within 1.5 s/],
    ['answers nonsense', 1, 3, /not understood: <html>/],
    ['is down', 2, 3, /^503/],
    ['has moved, where nobody follows it', 3, 1, /^302/],
    ['is gone', 5, 1, /^404 no such robot/],
  ])('that %s gives way to mail', async (_, n, attempts, said) => {
    const person = PLACES[n] ?? '';
    const [first, second, ...more] = await fatesOf(z.pool, `directive = 'robots' and person = $1`, [person]);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ channel: 'dingtalk', state: 'failed', attempts });
    expect(first?.said).toMatch(said);
    expect(second).toMatchObject({ channel: 'mail', state: 'sent', follows: first?.id });
    expect(mail.lettersTo(mailOf(person))).toHaveLength(1);
    const { delivered } = await z.as('OFFICE').see(at('robots', person));
    expect(delivered).toMatchObject({ channel: 'mail' });
  });

  it('that is slow is waited for, and nobody is told twice', async () => {
    const fates = await fatesOf(z.pool, `directive = 'robots' and person = 'S2-2'`);
    expect(fates).toMatchObject([{ channel: 'dingtalk', state: 'sent', attempts: 1 }]);
    expect(mail.lettersTo(mailOf('S2-2'))).toEqual([]);
  });

  it('tells its secret and its address to nobody', async () => {
    const { rows } = await z.pool.query<{ said: string }>('select said from delivery where said is not null');
    for (const { said } of rows) expect(said).not.toContain(listener.url);
  });

  it('that never answers delays nobody else’s robot', async () => {
    for (let n = 0; n < 3; n += 1)
      await insertDelivery(z.pool, {
        channel: 'dingtalk',
        person: PLACES[0],
        endpoint: 'robot0',
        directive: 'delay',
      });
    const quick = await insertDelivery(z.pool, {
      channel: 'dingtalk',
      person: PLACES[4],
      endpoint: 'robot4',
      directive: 'delay',
    });
    await z.until(
      async () => (await fatesOf(z.pool, 'id = $1', [quick]))[0]?.state === 'sent',
      'the other is sent',
    );
    expect(await fatesOf(z.pool, `directive = 'delay' and state = 'waiting'`)).toHaveLength(3);
  });
});

describe('a robot’s allowance', () => {
  it('puts off what is too much, and loses none of it', async () => {
    listener.received.length = 0;
    const body = {
      id: 'busy',
      kind: 'wecom',
      name: '忙',
      place: { unit: 'S2' },
      url: `${listener.url}/busy?key=k`,
    };
    REPLIES['/busy'] = { body: '{"errcode":0}' };
    expect((await z.api.call('POST', '/endpoints', { body })).status).toBe(201);
    // Each too long to share a message with another.
    const long = { title: '长'.repeat(400), holder: 'unit/S2' };
    for (let n = 0; n < 14; n += 1) {
      const data = { ...long, reason: `第 ${n} 件` };
      await insertDelivery(z.pool, {
        channel: 'wecom',
        person: 'S2',
        endpoint: 'busy',
        directive: 'busy',
        data,
      });
    }
    const waiting = (): Promise<unknown[]> =>
      fatesOf(z.pool, `directive = 'busy' and state = 'waiting' and said is not null`);
    await z.until(async () => (await waiting()).length === 4, 'four are put off');
    expect(listener.at('/busy')).toHaveLength(10);
    for (const fate of await fatesOf(z.pool, `directive = 'busy' and state = 'waiting'`))
      expect(fate).toMatchObject({ attempts: 0, said: 'the robot has had its messages of this minute' });
    await z.until(() => listener.at('/busy').length === 11, 'one more when the allowance has grown');
  });
});

describe('a delivery', () => {
  it('recorded as sent is never sent again, whoever holds what lease', async () => {
    mail.letters.length = 0;
    const id = await insertDelivery(z.pool, { person: 'S1', directive: 'once' });
    await z.until(async () => (await fatesOf(z.pool, 'id = $1', [id]))[0]?.state === 'sent', 'sent');
    await z.pool.query(
      `update delivery set leased_until = clock_timestamp() - interval '1 hour' where id = $1`,
      [id],
    );
    await z.client.workflow
      .getHandle(deliveryWorkflowId('mail'))
      .terminate('by hand')
      .catch(() => undefined);
    const next = await insertDelivery(z.pool, { person: 'S2', directive: 'once' });
    await z.until(
      async () => (await fatesOf(z.pool, 'id = $1', [next]))[0]?.state === 'sent',
      'the next is sent',
    );
    expect(mail.lettersTo(mailOf('S1'))).toHaveLength(1);
  });

  it('of a worker that was lost is sent when its lease has ended, not before, under the same id', async () => {
    mail.letters.length = 0;
    // As a worker that dies between sending and recording: its letter has gone out, and only the row does not know.
    await z.until(
      async () => (await fatesOf(z.pool, `channel = 'mail' and state = 'waiting'`)).length === 0,
      'quiet',
    );
    const id = await z.pool.connect().then(async (client) => {
      try {
        await client.query('begin');
        const inserted = await insertDelivery(client, { person: 'S1', directive: 'lost' });
        expect(await claimDue(client, 'mail', { limit: 1, leaseMs: 1_500, gatherMs: 0 })).toMatchObject([
          { id: inserted },
        ]);
        await client.query('commit');
        return inserted;
      } finally {
        client.release();
      }
    });
    await pause(700);
    expect(mail.letters).toEqual([]);
    const [fate] = await z.until(async () => {
      const fates = await fatesOf(z.pool, 'id = $1', [id]);
      return fates[0]?.state === 'sent' && fates;
    }, 'sent by another');
    expect(fate?.attempts).toBe(2);
    expect(mail.letters.map(({ messageId }) => messageId)).toEqual([`<${fate?.uid}@example.org>`]);
  });

  it('counts in the status of its channel’s workflow', async () => {
    const handle = z.client.workflow.getHandle(deliveryWorkflowId('mail'));
    const { channel, sent } = await handle.query(deliveryStatus);
    expect(channel).toBe('mail');
    expect(sent).toBeGreaterThan(0);
  });

  it('without an address any more is refused with the reason', async () => {
    await z.api.call('PATCH', '/people/NOBODY', { body: { email: null } });
    const id = await insertDelivery(z.pool, { person: 'NOBODY', directive: 'address' });
    const [fate] = await z.until(async () => {
      const fates = await fatesOf(z.pool, 'id = $1', [id]);
      return fates[0]?.state === 'failed' && fates;
    }, 'refused');
    expect(fate?.said).toBe('the person has no mail address any more');
  });
});
