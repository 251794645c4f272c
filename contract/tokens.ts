// Tokens for services and hand-held devices (api.md §3).
import { z } from 'zod';
import { SCOPES, TokenScope } from '../domain/access/token-scope.ts';
import { Code } from '../domain/code.ts';
import { Instant } from '../domain/instant-text.ts';
import { defineCall, NOTHING } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, PageQuery } from './page.ts';

export const TokenAnswer = published(
  'Token',
  z.strictObject({
    id: z.string(),
    name: z.string(),
    person: z.string(),
    madeBy: z.string(),
    madeAt: z.string(),
    expiresAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
    scopes: z.array(TokenScope),
    /** A day in China's time: no more of it is kept. */
    lastUsedOn: z.string().nullable(),
  }),
);
export type TokenAnswer = z.infer<typeof TokenAnswer>;
const tag = 'tokens';

export const TOKEN_CALLS = {
  make: defineCall({
    method: 'post',
    path: '/tokens',
    tag,
    summary: 'Make a token; it is shown this once',
    once: false,
    body: z.strictObject({
      name: z.string().trim().min(1).max(200),
      person: Code.optional(),
      expiresAt: Instant.nullish(),
      /** Left out: all, or those of the token that makes it. */
      scopes: z.array(TokenScope).min(1).max(SCOPES.length).optional(),
    }),
    answers: { 201: z.strictObject({ id: z.string(), token: z.string() }) },
  }),
  list: defineCall({
    method: 'get',
    path: '/tokens',
    tag,
    summary: 'My tokens; an administrator sees all',
    query: PageQuery,
    answers: { 200: pageAnswer(TokenAnswer) },
  }),
  revoke: defineCall({
    method: 'delete',
    path: '/tokens/{id}',
    tag,
    summary: 'Revoke a token',
    answers: { 204: NOTHING },
  }),
};
