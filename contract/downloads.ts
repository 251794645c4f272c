// One-time addresses for downloads: a web view's downloader sends no cookie and no token.
import { z } from 'zod';
import { ANY_TYPE, defineCall, fileAnswer } from './call.ts';

const tag = 'session';

export const DOWNLOAD_CALLS = {
  make: defineCall({
    method: 'post',
    path: '/downloads',
    tag,
    summary: 'A one-time address, good for a minute, for any call that answers a file',
    // The answer is a secret, and is not kept to be given again.
    once: false,
    body: z.strictObject({
      /** `/api/v1/files/F1?inline=1`; the part before `/files` may be left out. */
      path: z.string().max(2_000),
    }),
    answers: { 201: z.strictObject({ url: z.string(), expiresAt: z.string() }) },
  }),
  use: defineCall({
    method: 'get',
    path: '/g/{token}',
    at: 'root',
    open: true,
    tag,
    summary: 'What the one-time address was made for, once, by the rights its maker has now',
    answers: { 200: fileAnswer(ANY_TYPE) },
  }),
};
