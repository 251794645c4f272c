// Promises of the request log: what a line says, and what it must not.
import { describe, expect, it } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { requestLog } from './request.ts';

async function lineOf(path: string): Promise<string> {
  const lines: string[] = [];
  const app = express();
  app.use(requestLog({ log: pino({}, { write: (line: string) => lines.push(line) }) }));
  await request(app).get(path);
  return lines.join('');
}

describe('the log of a request', () => {
  it('has its path, and not what was searched for', async () => {
    const line = await lineOf('/api/v1/directives?q=secret');
    expect(line).toContain('"path":"/api/v1/directives"');
    expect(line).not.toContain('secret');
  });

  it.each(['/l/secret.token', '/L/secret.token', '/l/secret.token/', '/l/secret.token?x=1'])(
    'does not have the link %s: who reads a log could use it',
    async (path) => {
      const line = await lineOf(path);
      expect(line).toMatch(/"path":"\/l\/…\/?"/i);
      expect(line).not.toContain('secret');
    },
  );
});
