// Promises of a link's signature: a token keeps the binding it was made with, and no altered token passes.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linkUrl } from './link.ts';
import { linkIdFor, signLink, verifyLink, type LinkFacts } from './link-token.ts';

const SECRET = randomBytes(32);
const FACTS: LinkFacts = {
  id: 'aBc_-0123456789012345x',
  assignment: 'volunteer-sites.sites.TF-ZY.DD.DD-1',
  person: 'P001',
  action: 'acknowledge',
  expiresAtMs: Date.parse('2026-11-27T00:00:00Z'),
};
const TOKEN = signLink(SECRET, FACTS);
const SPELT = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';

describe('a link’s token', () => {
  it('says what it is bound to, in characters that need no escape in an address', () => {
    expect(verifyLink(SECRET, TOKEN)).toEqual(FACTS);
    expect(TOKEN).toMatch(/^[\w-]+\.[\w-]+$/);
    expect(encodeURIComponent(TOKEN)).toBe(TOKEN);
  });

  it('fails with any bit altered, wherever it is', () => {
    fc.assert(
      fc.property(fc.nat(TOKEN.length - 1), fc.nat(7), (place, bit) => {
        const bytes = Buffer.from(TOKEN);
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        expect(verifyLink(SECRET, bytes.toString('latin1'))).toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });

  it('fails with any other character in the place of one, though base64 would read the same bytes', () => {
    for (const place of Array.from(TOKEN).keys()) {
      for (const other of SPELT) {
        if (other === TOKEN[place]) continue;
        expect(verifyLink(SECRET, TOKEN.slice(0, place) + other + TOKEN.slice(place + 1))).toBeNull();
      }
    }
  });

  it('fails cut short, made longer, without its parts, or as anything at all', () => {
    const [payload, signature] = TOKEN.split('.') as [string, string];
    for (const token of [
      '',
      '.',
      payload,
      `${payload}.`,
      `.${signature}`,
      `${TOKEN}=`,
      `${TOKEN}.`,
      ` ${TOKEN}`,
    ])
      expect(verifyLink(SECRET, token)).toBeNull();
    fc.assert(fc.property(fc.string({ maxLength: 2_000 }), (text) => verifyLink(SECRET, text) === null));
  });

  it('is bound to person, assignment, action and end: a signature fits no other', () => {
    const [, signature] = TOKEN.split('.') as [string, string];
    const others: Partial<LinkFacts>[] = [
      { id: 'other' },
      { person: 'P002' },
      { assignment: 'volunteer-sites.sites.TF-ZY.DD.DD-2' },
      { expiresAtMs: FACTS.expiresAtMs + 1 },
    ];
    for (const other of others) {
      const [payload] = signLink(SECRET, { ...FACTS, ...other }).split('.') as [string, string];
      expect(verifyLink(SECRET, `${payload}.${signature}`)).toBeNull();
    }
  });

  it('is worth nothing in another installation, or for what links do not do', () => {
    expect(verifyLink(randomBytes(32), TOKEN)).toBeNull();
    expect(verifyLink(SECRET, signLink(SECRET, { ...FACTS, action: 'approve' as 'acknowledge' }))).toBeNull();
  });
});

describe('a link', () => {
  it('of one occasion has one id, and of another another', () => {
    expect(linkIdFor(SECRET, ['a', 'b'])).toBe(linkIdFor(SECRET, ['a', 'b']));
    expect(linkIdFor(SECRET, ['a', 'b'])).not.toBe(linkIdFor(SECRET, ['ab']));
    expect(linkIdFor(randomBytes(32), ['a', 'b'])).not.toBe(linkIdFor(SECRET, ['a', 'b']));
  });

  it('stands below the public address, with or without a path', () => {
    expect(linkUrl('https://zb.example', 't')).toBe('https://zb.example/l/t');
    expect(linkUrl('https://zb.example/', 't')).toBe('https://zb.example/l/t');
    expect(linkUrl('https://example.org/zb/', 't')).toBe('https://example.org/zb/l/t');
  });
});
