// Signing in at the organisation's own provider: a browser is sent there and comes back with a session's cookie.
import { z } from 'zod';
import { isLocalPath } from '../domain/access/local-path.ts';
import { defineCall, fileAnswer, NOTHING } from './call.ts';

const tag = 'session';

export const OIDC_CALLS = {
  begin: defineCall({
    method: 'get',
    path: '/session/oidc',
    tag,
    summary: 'Sends a browser to the provider of single sign-on; `to` is the path to open afterwards',
    open: true,
    query: z.strictObject({ to: z.string().refine(isLocalPath).optional() }),
    // No provider is set up.
    refusals: [404],
    answers: { 302: NOTHING },
  }),
  finish: defineCall({
    method: 'get',
    path: '/session/oidc/callback',
    tag,
    summary: 'Where the provider sends the browser back: a session begins, or a page says why not',
    open: true,
    refusals: [404],
    answers: { 303: NOTHING, 200: fileAnswer('text/html') },
  }),
  leave: defineCall({
    method: 'post',
    path: '/session/oidc/logout',
    tag,
    summary: 'Back-channel logout: the provider says that a session or a person has left',
    open: true,
    once: false,
    bodyType: 'application/x-www-form-urlencoded',
    body: z.strictObject({ logout_token: z.string() }),
    answers: { 200: NOTHING },
  }),
};
