// Webhooks and robots reach nothing that is not public, however its address is written or comes to light.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createEgress } from './egress.ts';
import { createGuardedFetch } from './guarded-fetch.ts';
import { outcomeOfFault, post } from './http.ts';

const NOT_ALLOWED = 'the address is not a public one: an operator can allow it with EGRESS_ALLOW';

let server: Server;
let port = 0;
let seen: string[] = [];
let answer = { status: 200, headers: {} as Record<string, string>, body: 'inside' };
beforeEach(async () => {
  seen = [];
  answer = { status: 200, headers: {}, body: 'inside' };
  server = createServer((req, res) => {
    seen.push(req.url ?? '');
    res.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const request = { headers: {}, body: '{}' };
const sent = (fetch: ReturnType<typeof createGuardedFetch>, url: string) =>
  post({ fetch, timeoutMs: 5_000 }, url, request);

/** A name server that answers with these addresses, one list after the other, the last again and again. */
function nameServer(...answers: readonly (readonly string[])[]) {
  let asked = 0;
  const resolver = ((_host: string, _options: unknown, done: (...result: unknown[]) => void) => {
    const addresses = answers[Math.min(asked++, answers.length - 1)] ?? [];
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    process.nextTick(done, null, found);
  }) as unknown as Parameters<typeof createGuardedFetch>[1];
  return { resolver, asked: () => asked };
}

describe('an outgoing address', () => {
  it.each([
    '127.0.0.1',
    '127.8.9.10',
    '0.0.0.0',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '127.0.0.1.',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
  ])('http://%s of this machine is not reached', async (host) => {
    const result = await sent(createGuardedFetch([]), `http://${host}:${port}/`);
    expect(result).toEqual({ fault: NOT_ALLOWED, forbidden: true });
    expect(seen).toEqual([]);
    expect(outcomeOfFault({ fault: NOT_ALLOWED, forbidden: true }).kind).toBe('refused');
  });

  it.each([
    '10.1.2.3',
    '100.64.0.1',
    '100.100.100.200',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    'fe80::1%eth0',
    'fd00:ec2::254',
    'fec0::1',
    'ff02::1',
    '::ffff:10.0.0.1',
    'no address',
  ])('%s is not public', (address) => {
    expect(createEgress([]).allowsAddress(address)).toBe(false);
  });

  it.each(['1.1.1.1', '100.63.255.255', '172.15.0.1', '172.32.0.1', '223.5.5.5', '2400:3200::1', '2606::1'])(
    '%s is public',
    (address) => {
      expect(createEgress([]).allowsAddress(address)).toBe(true);
    },
  );

  it('is not reached through a name that leads inside', async () => {
    const { resolver } = nameServer(['169.254.169.254', '::1', '127.0.0.1']);
    const result = await sent(createGuardedFetch([], resolver), `http://robot.example:${port}/`);
    expect(result).toEqual({ fault: NOT_ALLOWED, forbidden: true });
    expect(seen).toEqual([]);
  });

  it('is asked of the name server once, and what was judged is what is connected to', async () => {
    const { resolver, asked } = nameServer(['127.0.0.1'], ['169.254.169.254']);
    const result = await sent(createGuardedFetch(['127.0.0.1'], resolver), `http://robot.example:${port}/in`);
    expect(result).toMatchObject({ status: 200, text: 'inside' });
    expect(asked()).toBe(1);
    expect(seen).toEqual(['/in']);
  });

  it('is reached where its network or its name is allowed, and nothing else is', async () => {
    const { resolver } = nameServer(['127.0.0.1']);
    const url = (host: string): string => `http://${host}:${port}/`;
    expect(await sent(createGuardedFetch(['127.0.0.0/8']), url('127.0.0.1'))).toMatchObject({ status: 200 });
    const named = createGuardedFetch(['Robot.example'], resolver);
    expect(await sent(named, url('robot.example'))).toMatchObject({ status: 200 });
    expect(await sent(named, url('other.example'))).toEqual({ fault: NOT_ALLOWED, forbidden: true });
    expect(await sent(named, url('127.0.0.1'))).toEqual({ fault: NOT_ALLOWED, forbidden: true });
  });

  it('is not left for another one by a redirect', async () => {
    answer = { status: 307, headers: { location: `http://127.0.0.1:${port}/other` }, body: '' };
    const result = await sent(createGuardedFetch(['127.0.0.1']), `http://127.0.0.1:${port}/first`);
    expect(result).toMatchObject({ status: 307 });
    expect(seen).toEqual(['/first']);
  });
});

describe('the guarded fetch', () => {
  it('reads no more of an answer than it needs, and its other headers', async () => {
    answer = { status: 429, headers: { 'retry-after': '7' }, body: 'x'.repeat(1_000_000) };
    const result = await sent(createGuardedFetch(['127.0.0.1']), `http://127.0.0.1:${port}/`);
    expect(result).toEqual({ status: 429, retryAfterMs: 7_000, text: 'x'.repeat(4_096) });
  });

  it('tells a time-out as such, before the answer and in it', async () => {
    server.removeAllListeners('request').on('request', (req, res) => {
      if (req.url === '/half') res.write('half');
    });
    for (const path of ['/none', '/half']) {
      const deps = { fetch: createGuardedFetch(['127.0.0.1']), timeoutMs: 300 };
      const result = await post(deps, `http://127.0.0.1:${port}${path}`, request);
      expect(result).toEqual({ fault: 'no answer within 0.3 s', forbidden: false });
    }
  });

  it('opens a new connection where the other side closed the one that was kept', async () => {
    const fetch = createGuardedFetch(['127.0.0.1']);
    expect(await sent(fetch, `http://127.0.0.1:${port}/1`)).toMatchObject({ status: 200 });
    server.closeAllConnections();
    expect(await sent(fetch, `http://127.0.0.1:${port}/2`)).toMatchObject({ status: 200 });
    expect(seen).toEqual(['/1', '/2']);
  });
});
