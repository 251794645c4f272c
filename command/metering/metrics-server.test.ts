// Promises of METRICS_PORT: a port that is taken does not end the process, and queries to PostgreSQL are shared.
import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { serveMetrics } from './metrics-server.ts';
import { seldom } from './seldom.ts';

it('tells of a port that is taken, and ends nobody', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as AddressInfo;
  const told = new Promise<string>((resolve) => {
    const log = {
      warn: (_about: object, text: string) => {
        resolve(text);
      },
    };
    const metrics = { contentType: 'text/plain', text: () => Promise.resolve('') };
    const server = serveMetrics(metrics, { port, host: '127.0.0.1' }, log);
    void once(holder, 'close').then(() => {
      server.close();
    });
  });
  expect(await told).toMatch(/^METRICS_PORT/);
  holder.close();
});

it('asks once for all who want to know within a time, and once while an answer is awaited', async () => {
  let asked = 0;
  const ask = seldom(() => Promise.resolve((asked += 1)), 60_000);
  expect([await ask(), await ask()]).toEqual([1, 1]);
  let answer: (value: number) => void = () => undefined;
  let begun = 0;
  const slow = seldom(() => {
    begun += 1;
    return new Promise<number>((resolve) => (answer = resolve));
  }, 0);
  const both = [slow(), slow()];
  answer(7);
  expect([...(await Promise.all(both)), begun]).toEqual([7, 7, 1]);
});

it('answers null for what could not be asked', async () => {
  expect(await seldom(() => Promise.reject(new Error('away')), 0)()).toBeNull();
});
