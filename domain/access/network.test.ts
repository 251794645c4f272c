import { expect, it } from '@jest/globals';
import { networkOf, plainAddress } from './network.ts';

it('takes an IPv4 address as it is, in either writing', () => {
  expect([networkOf('203.0.113.7'), networkOf('::ffff:203.0.113.7')]).toEqual(['203.0.113.7', '203.0.113.7']);
  expect(plainAddress('::FFFF:10.0.0.1')).toBe('10.0.0.1');
});

it('counts all addresses of one IPv6 line together, and those of two apart', () => {
  const line = '2001:db8:0:2::/64';
  expect(networkOf('2001:db8:0:2::1')).toBe(line);
  expect(networkOf('2001:0DB8:0000:0002:aaaa:bbbb:cccc:dddd')).toBe(line);
  expect(networkOf('2001:db8:0:3::1')).not.toBe(line);
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
});
