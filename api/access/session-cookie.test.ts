// Promises of the session's cookie: secure but on the machine itself, and read under its own name only.
import { describe, expect, it } from '@jest/globals';
import type { Request } from 'express';
import { readSessionCookie, sessionCookie } from './session-cookie.ts';

const request = (hostname: string, more: { secure?: boolean; headers?: object } = {}): Request =>
  ({ hostname, secure: false, headers: {}, ...more }) as unknown as Request;
const nameOf = (req: Request, publicUrl?: string): string =>
  sessionCookie(req, { publicUrl }, 'x').split('=', 1)[0] ?? '';

describe('the session’s cookie', () => {
  it.each(['localhost', '127.0.0.1', '127.8.8.8', '[::1]', 'zhuanban.localhost'])(
    'is plain at %s over http',
    (host) => {
      expect(sessionCookie(request(host), {}, 'x')).toBe('zb=x; HttpOnly; SameSite=Lax; Path=/');
    },
  );

  it.each(['zhuanban.example', '10.0.0.7', '127.0.0.1.example', 'localhost.example'])(
    'is secure at %s, whatever a proxy says',
    (host) => {
      expect(sessionCookie(request(host), {}, 'x')).toBe(
        '__Host-zb=x; HttpOnly; Secure; SameSite=Lax; Path=/',
      );
    },
  );

  it('is secure on the machine itself where it is reached by TLS', () => {
    expect(nameOf(request('localhost', { secure: true }))).toBe('__Host-zb');
    expect(nameOf(request('localhost'), 'https://zhuanban.example')).toBe('__Host-zb');
    expect(nameOf(request('localhost'), 'http://localhost:8080')).toBe('zb');
  });

  it.each([
    ['zb=abc', 'abc'],
    ['a=1; zb=abc; b=2', 'abc'],
    ['a=1;zb=abc', 'abc'],
    ['zb=abc; zb=def', 'abc'],
    ['xzb=abc', null],
    ['zb=a b', null],
    ['zb="abc"', null],
    ['__Host-zb=abc', null],
    ['', null],
  ])('is read from “%s” as %s', (cookie, expected) => {
    expect(readSessionCookie(request('localhost', { headers: { cookie } }), {})).toBe(expected);
  });
});
