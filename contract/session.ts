// Signing in and out, who I am, my sessions, and passwords (api.md §3).
import { z } from 'zod';
import { LANDINGS } from '../domain/access/landing.ts';
import { defineCall, NOTHING } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, PageQuery } from './page.ts';
import { PersonAnswer } from './people.ts';
import { PostAnswer } from './posts.ts';

const tag = 'session';

/** A post held now, with the names people read. */
const RoleAnswer = published(
  'RoleHeld',
  z.strictObject({
    /** Its id among `posts`. */
    post: z.string(),
    /** A unit with its kind, or `taskForce`; null for a role of the installation. */
    place: z.strictObject({ code: z.string(), name: z.string(), kind: z.string() }).nullable(),
    /** Of a unit's liaison named for one task force only. */
    taskForce: z.strictObject({ code: z.string(), name: z.string() }).nullable(),
    role: z.string(),
  }),
);

const MeAnswer = published(
  'Me',
  z.strictObject({
    person: PersonAnswer,
    posts: z.array(PostAnswer),
    roles: z.array(RoleAnswer),
    may: z.strictObject({
      administer: z.boolean(),
      readAll: z.boolean(),
      issueFor: z.array(z.string()),
      mustChangePassword: z.boolean(),
    }),
    /** The screen to begin with: pinned, or by one's posts. */
    landing: z.enum(LANDINGS),
    installation: z.strictObject({ name: z.string().nullable() }),
    /** For `X-CSRF` with all that changes something; null where the request came with a bearer token and needs none. */
    csrf: z.string().nullable(),
    now: z.string(),
    /** Its end if it is not used again; null for a token. */
    session: z.strictObject({ expiresAt: z.string() }).nullable(),
  }),
);
export type MeAnswer = z.infer<typeof MeAnswer>;

export const SessionAnswer = published(
  'Session',
  z.strictObject({
    id: z.string(),
    begunAt: z.string(),
    /** A day in China's time: no more of it is shown. */
    lastUsedOn: z.string(),
    expiresAt: z.string(),
    /** The program and the system, in the reader's words. */
    device: z.string(),
    /** The one that asks. */
    isThis: z.boolean(),
  }),
);
export type SessionAnswer = z.infer<typeof SessionAnswer>;

export const SESSION_CALLS = {
  methods: defineCall({
    method: 'get',
    path: '/sign-in-methods',
    tag,
    summary: 'How one signs in here',
    open: true,
    answers: {
      200: published(
        'SignInMethods',
        z.strictObject({
          password: z.boolean(),
          oidc: z.strictObject({ name: z.string(), url: z.string() }).nullable(),
        }),
      ),
    },
  }),
  signIn: defineCall({
    method: 'post',
    path: '/session',
    tag,
    summary: 'Sign in; with `cookie` the session is kept in a cookie, and no token is answered',
    open: true,
    body: z.strictObject({
      login: z.string().max(100),
      password: z.string().max(1000),
      cookie: z.boolean().optional(),
    }),
    answers: {
      200: z.strictObject({ token: z.string().optional(), expiresAt: z.string(), person: PersonAnswer }),
    },
  }),
  signOut: defineCall({
    method: 'delete',
    path: '/session',
    tag,
    summary:
      'Sign out; where the session began at the provider, `endUrl` is where a browser ends it there too',
    answers: { 204: NOTHING, 200: z.strictObject({ endUrl: z.string() }) },
  }),
  list: defineCall({
    method: 'get',
    path: '/sessions',
    tag,
    summary: 'Where I am signed in, the newest first',
    query: PageQuery,
    answers: { 200: pageAnswer(SessionAnswer) },
  }),
  end: defineCall({
    method: 'delete',
    path: '/sessions/{id}',
    tag,
    summary: 'End one of my sessions',
    answers: { 204: NOTHING },
  }),
  me: defineCall({
    method: 'get',
    path: '/me',
    tag,
    summary: 'Who I am, my posts and places, what I may do, and where I land',
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
