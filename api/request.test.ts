// Promises of the request log: facts a line must say, and facts it must not.
import { describe, expect, it } from '@jest/globals';
import express, { type Request } from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { requestLog } from './request.ts';

async function lineOf(path: string, found: (req: Request) => void = () => undefined): Promise<string> {
  const lines: string[] = [];
  const app = express();
  app.use(requestLog({ log: pino({}, { write: (line: string) => lines.push(line) }) }));
  app.use((req, _res, next) => {
    found(req);
    next();
  });
  await request(app).get(path);
  return lines.join('');
}

describe('the log of a request', () => {
  it('has its path, and not what was searched for', async () => {
    const line = await lineOf('/api/v1/directives?q=secret');
    expect(line).toContain('"path":"/api/v1/directives"');
    expect(line).not.toContain('secret');
  });

  it.each([
    '/l/secret.token',
    '/L/secret.token',
    '/l/secret.token/',
    '/l/secret.token?x=1',
    '/g/secret.token',
  ])('does not have the link %s: who reads a log could use it', async (path) => {
    const line = await lineOf(path);
    expect(line).toMatch(/"path":"\/[lg]\/…\/?"/i);
    expect(line).not.toContain('secret');
  });

  it('is not written at info for what machines ask every few seconds', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics?x=1']) expect(await lineOf(path)).toBe('');
  });

  it('names why it was refused, and the command it brought', async () => {
    const line = await lineOf('/api/v1/assignments/a/submit', (req) => {
      req.refusalCode = 'FORBIDDEN';
      req.commandIds = ['c1'];
    });
    expect(JSON.parse(line)).toMatchObject({ code: 'FORBIDDEN', command: 'c1' });
  });

  it('names of a list how many commands it brought, and the first of them', async () => {
    const commandIds = Array.from({ length: 30 }, (_, index) => `c${index}`);
    const line = await lineOf('/api/v1/commands', (req) => (req.commandIds = commandIds));
    expect(JSON.parse(line)).toMatchObject({ commands: 30, first: commandIds.slice(0, 20) });
  });
});
