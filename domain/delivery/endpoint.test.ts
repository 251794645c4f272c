// Promises about endpoints: the faults of one, and the parts of it that are shown.
import { describe, expect, it } from '@jest/globals';
import { endpointFaults, maskedUrl, NewEndpoint, secretsOf } from './endpoint.ts';

const SECRET = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
const isTaken = (more: object): boolean =>
  NewEndpoint.safeParse({ kind: 'webhook', name: '桥', url: 'https://hook.example/in', ...more }).success;

describe('an endpoint', () => {
  it.each([
    [{ url: 'ftp://hook.example' }, false],
    [{ url: 'file:///etc/passwd' }, false],
    [{ url: 'https://user:pass@hook.example' }, false],
    [{ url: 'hook.example' }, false],
    [{ url: 'http://10.0.0.1:8080/x' }, true],
    [{ place: { unit: 'DD', taskForce: 'TF' } }, false],
    [{ place: {} }, false],
    [{ place: { unit: 'DD' } }, true],
    [{ types: [] }, false],
  ])('with %j is taken: %s', (more, taken) => {
    expect(isTaken(more)).toBe(taken);
  });

  it('says what its kind cannot do without', () => {
    expect(endpointFaults({ kind: 'dingtalk', place: null, secret: null })).toEqual([
      { path: 'place', code: 'REQUIRED' },
    ]);
    expect(endpointFaults({ kind: 'wecom', place: 'unit/DD', secret: null })).toEqual([]);
    expect(endpointFaults({ kind: 'webhook', place: null, secret: null })).toEqual([
      { path: 'secret', code: 'REQUIRED' },
    ]);
    expect(endpointFaults({ kind: 'webhook', place: null, secret: 'easy' })).toEqual([
      { path: 'secret', code: 'INVALID' },
    ]);
    expect(endpointFaults({ kind: 'webhook', place: null, secret: SECRET })).toEqual([]);
  });

  it('shows its host and the end of a long address, nothing of a short one', () => {
    expect(maskedUrl('https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdef')).toBe(
      'https://oapi.dingtalk.com/…cdef',
    );
    expect(maskedUrl('http://10.0.0.1:8080/in?k=1')).toBe('http://10.0.0.1:8080/…');
  });

  it('counts as secrets its address, its secret, and the parts of the address that name it', () => {
    const url = 'https://open.feishu.cn/open-apis/bot/v2/hook/0123456789abcdef?key=k-1';
    expect(secretsOf({ url, secret: 's' })).toEqual([url, 's', 'k-1', '0123456789abcdef']);
  });
});
