// A one-time link in a message: what it may do, for how long, and how the log names it.
import { z } from 'zod';

/** A link does one thing only. */
export const LinkAction = z.enum(['acknowledge']);
export type LinkAction = z.infer<typeof LinkAction>;

/** A message sent before a weekend is still of use after it. */
export const LINK_LASTS_MS = 72 * 3_600_000;

const PREFIX = 'link:';
/** What stands where an event names the token used. */
export const linkTokenName = (id: string): string => PREFIX + id;
export const isByLink = (token: string | null): boolean => token?.startsWith(PREFIX) ?? false;

/** Does a notice ask its reader to acknowledge: the assignment, an amendment of it, or a supervision slip? */
export function asksReceipt(type: string, data: Readonly<Record<string, unknown>>): boolean {
  if (type === 'issued' || type === 'amended') return true;
  if (type !== 'reminded' && type !== 'escalated') return false;
  return data['clock'] === 'acknowledge' || typeof data['slip'] === 'string';
}
