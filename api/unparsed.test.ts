// What Node cannot parse is refused with a problem too.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ProblemAnswer } from '../contract/problem.ts';
import { answerUnparsed } from './unparsed.ts';

let server: Server;

beforeAll(async () => {
  server = createServer((_req, res) => res.end('taken'));
  answerUnparsed(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => {
  server.close();
});

async function answerTo(request: string): Promise<{ head: string; body: string }> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(request);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { head, body };
}

describe('answerUnparsed', () => {
  it.each([
    [
      'a query that is too long',
      `GET /?q=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      431,
      'HEAD_TOO_LARGE',
    ],
    [
      'headers that are too long',
      `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEAD_TOO_LARGE',
    ],
    ['what is no HTTP', 'nothing of the kind\r\n\r\n', 400, 'MALFORMED'],
  ])('refuses %s with a problem', async (_what, request, status, code) => {
    const { head, body } = await answerTo(request);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('application/problem+json');
    expect(ProblemAnswer.parse(JSON.parse(body))).toMatchObject({ status, code });
  });

  it('says so on a connection that has been answered before, too', async () => {
    const before = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
    const { status } = await new Promise<{ status: string }>((resolve) => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      let heard = '';
      socket.on('data', (chunk: Buffer) => {
        const isFirst = heard === '';
        heard += chunk.toString();
        if (isFirst) socket.write(`GET /?q=${'x'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`);
      });
      socket.on('close', () => {
        resolve({ status: /HTTP\/1\.1 4\d\d/.exec(heard)?.[0] ?? heard });
      });
      socket.write(before);
    });
    expect(status).toBe('HTTP/1.1 431');
  });

  it('stays away from what Node can parse', async () => {
    expect((await answerTo('GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).body).toContain(
      'taken',
    );
  });
});
