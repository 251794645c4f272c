// Signing in and out, who I am, and passwords (api.md §3).
import { z } from 'zod';
import { defineCall, NOTHING } from './call.ts';
import { published } from './naming.ts';
import { PersonAnswer } from './people.ts';
import { PostAnswer } from './posts.ts';

const tag = 'session';

const MeAnswer = published(
  'Me',
  z.strictObject({
    person: PersonAnswer,
    posts: z.array(PostAnswer),
    may: z.strictObject({
      administer: z.boolean(),
      readAll: z.boolean(),
      issueFor: z.array(z.string()),
      mustChangePassword: z.boolean(),
    }),
  }),
);

export const SESSION_CALLS = {
  signIn: defineCall({
    method: 'post',
    path: '/session',
    tag,
    summary: 'Sign in',
    open: true,
    body: z.strictObject({ login: z.string().max(100), password: z.string().max(1000) }),
    answers: { 200: z.strictObject({ token: z.string(), expiresAt: z.string(), person: PersonAnswer }) },
  }),
  signOut: defineCall({
    method: 'delete',
    path: '/session',
    tag,
    summary: 'Sign out',
    answers: { 204: NOTHING },
  }),
  me: defineCall({
    method: 'get',
    path: '/me',
    tag,
    summary: 'Who I am, my posts, what I may do',
    answers: { 200: MeAnswer },
  }),
  setPassword: defineCall({
    method: 'post',
    path: '/people/{id}/password',
    tag,
    summary: 'Set a password: your own, or as an administrator one to be changed at the next login',
    once: false,
    body: z.strictObject({
      password: z.string().min(10).max(1000),
      current: z.string().max(1000).optional(),
    }),
    bodyFaults: 'document',
    answers: { 204: NOTHING },
  }),
};
