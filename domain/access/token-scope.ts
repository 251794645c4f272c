// What a token may do: its scopes, and which of them a new token may have.
import { z } from 'zod';

export const TokenScope = z.enum(['read', 'report', 'command', 'administer']);
export type TokenScope = z.infer<typeof TokenScope>;
export const SCOPES = TokenScope.options;

/** In the words of refusals. */
export const SCOPE_WORDS: Readonly<Record<TokenScope, { zh: string; en: string }>> = {
  read: { zh: '读取', en: 'read' },
  report: { zh: '报送', en: 'report' },
  command: { zh: '办理', en: 'command' },
  administer: { zh: '管理', en: 'administer' },
};

/** Every token may read: one that reports must see what is asked of it. */
export const isWithin = (scopes: readonly TokenScope[], needed: TokenScope | null): boolean =>
  needed === 'read' || (needed !== null && scopes.includes(needed));

/** Those that a token of `own` may not pass on. */
export const wider = (wanted: readonly TokenScope[], own: readonly TokenScope[]): TokenScope[] =>
  wanted.filter((scope) => !isWithin(own, scope));
