// The text of a one-time link: its binding, and a signature over all of it that is checked before anything else.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Code, MAX_ID_BYTES } from '../../domain/code.ts';
import { LinkAction } from '../../domain/delivery/link.ts';
import type { Millis } from '../../domain/instant.ts';

/** The person, the assignment, the action allowed, and the end. */
export type LinkFacts = {
  id: string;
  assignment: string;
  person: string;
  action: LinkAction;
  expiresAtMs: Millis;
};

const Payload = z.tuple([z.string(), z.string().max(MAX_ID_BYTES), Code, LinkAction, z.int()]);
/** Twice the longest there is. */
const MAX_LENGTH = 1_200;

/** As text, so that no other spelling of the same bytes passes. */
const signatureOf = (secret: Buffer, payload: string): string =>
  createHmac('sha256', secret).update(payload).digest('base64url');

/** `<payload>.<signature>`, both base64url. */
export function signLink(secret: Buffer, { id, assignment, person, action, expiresAtMs }: LinkFacts): string {
  const facts: z.input<typeof Payload> = [id, assignment, person, action, expiresAtMs];
  const payload = Buffer.from(JSON.stringify(facts)).toString('base64url');
  return `${payload}.${signatureOf(secret, payload)}`;
}

/** The binding of a token; null for one that was not signed here, or not so. */
export function verifyLink(secret: Buffer, token: string): LinkFacts | null {
  if (token.length > MAX_LENGTH) return null;
  const end = token.indexOf('.');
  const payload = token.slice(0, Math.max(end, 0));
  const given = Buffer.from(token.slice(end + 1));
  const expected = Buffer.from(signatureOf(secret, payload));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const parsed = Payload.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  // Another version of this program signed it, for an action this one does not know.
  if (!parsed.success) return null;
  const [id, assignment, person, action, expiresAtMs] = parsed.data;
  return { id, assignment, person, action, expiresAtMs };
}

/** The id of a link made for one occasion: the same every time, and no one without the secret can compute it. */
export const linkIdFor = (secret: Buffer, about: readonly string[]): string =>
  createHmac('sha256', secret).update(JSON.stringify(about)).digest('base64url').slice(0, ID_LENGTH);
/** 132 bits. */
export const ID_LENGTH = 22;
