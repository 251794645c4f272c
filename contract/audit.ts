// The installation's own log, and whether all logs are as they were written; for auditors and administrators.
import { z } from 'zod';
import { SECURITY_EVENTS, SecurityEventType } from '../domain/audit/security-event.ts';
import { defineCall, fileAnswer } from './call.ts';
import { published, someOptions, titledName } from './naming.ts';
import { pageAnswer, PageQuery, pageQuery } from './page.ts';

const Entered = {
  seq: z.int(),
  /** What the type says, in both languages. */
  words: z.strictObject({ zh: z.string(), en: z.string() }),
  /** Null: at the machine itself, or a person who is not known. */
  actor: z.string().nullable(),
  token: z.string().nullable(),
  address: z.string().nullable(),
  /** When it happened; `at` is when it was written. */
  received: z.string(),
  at: z.string(),
  /** The hash of the event before it; empty for the first, null where that event is missing. */
  previous: z.string().nullable(),
  hash: z.string(),
};

/** One schema a type, in every shape ever written of it. */
export const SecurityEventAnswer = published(
  'SecurityEvent',
  z.discriminatedUnion(
    'type',
    someOptions(
      Object.entries(SECURITY_EVENTS).map(([type, { data }]) =>
        published(
          `${titledName(type)}SecurityEvent`,
          z.strictObject({ ...Entered, type: z.literal(type), data }),
        ),
      ),
    ),
  ),
);
export type SecurityEventAnswer = z.output<typeof SecurityEventAnswer>;

const Instant = z.iso.datetime({ offset: true });

/** `installation` is the installation's own log; the others are desks'. */
const VerifiedChain = published(
  'VerifiedChain',
  z.strictObject({
    chain: z.string(),
    directive: z.string().nullable(),
    /** How many events hold so far. */
    events: z.int(),
    /** The number of the first event that is not as it was written, or whose report is not; null where all holds. */
    brokenAt: z.int().nullable(),
    /** What is wrong there: the chain itself, a report or merged report, or a row that is not what its log says. */
    what: z.enum(['chain', 'submission', 'row']).nullable(),
    assignment: z.string().nullable(),
    /** False where this chain goes on in the next page. */
    isDone: z.boolean(),
  }),
);
export type VerifiedChain = z.output<typeof VerifiedChain>;

export const CheckpointAnswer = published(
  'Checkpoint',
  z.strictObject({
    n: z.int(),
    at: z.string(),
    /** Null: made by the clockwork, once a day. */
    by: z.string().nullable(),
    chains: z.int(),
    /** Of all chains together. */
    events: z.int(),
    /** Over the ends of all chains, in the order of the file. */
    digest: z.string(),
    /** The public key it was signed with, and its fingerprint. */
    key: z.string(),
    fingerprint: z.string(),
    signature: z.string(),
  }),
);
export type CheckpointAnswer = z.output<typeof CheckpointAnswer>;
const tag = 'audit';

export const AUDIT_CALLS = {
  events: defineCall({
    method: 'get',
    path: '/audit/events',
    tag,
    summary:
      'What was done to the installation, who came in and what was taken out, newest first; for administrators and auditors',
    query: z.strictObject({
      ...pageQuery,
      actor: z.string().min(1).max(240).optional(),
      type: SecurityEventType.optional(),
      from: Instant.optional(),
      to: Instant.optional(),
    }),
    answers: { 200: pageAnswer(SecurityEventAnswer) },
  }),
  verify: defineCall({
    method: 'get',
    path: '/audit/verify',
    tag,
    summary:
      'Walks the logs from where the cursor stands, some thousands of events a request, and names the first broken event of each; follow nextCursor to the end',
    query: z.strictObject({ cursor: pageQuery.cursor, directive: z.string().min(1).max(240).optional() }),
    answers: { 200: pageAnswer(VerifiedChain) },
  }),
  checkpoints: defineCall({
    method: 'get',
    path: '/audit/checkpoints',
    tag,
    summary: 'Signed checkpoints, newest first; for administrators and auditors',
    query: PageQuery,
    answers: { 200: pageAnswer(CheckpointAnswer) },
  }),
  makeCheckpoint: defineCall({
    method: 'post',
    path: '/audit/checkpoints',
    tag,
    summary: 'Signs the ends of all chains now; one is made each day anyway (administrator, auditor)',
    body: z.strictObject({}),
    once: false,
    answers: { 201: CheckpointAnswer },
  }),
  checkpoint: defineCall({
    method: 'get',
    path: '/audit/checkpoints/{n}',
    tag,
    summary:
      'One of them with the ends of all chains, to be kept elsewhere: npm run verify -- --checkpoint compares the record with it',
    params: z.object({ n: z.coerce.number().int().min(1).max(999_999_999) }),
    answers: { 200: fileAnswer('application/jsonl') },
  }),
  key: defineCall({
    method: 'get',
    path: '/audit/key',
    tag,
    summary: 'The public key that checkpoints and archives are signed with',
    answers: {
      200: z.strictObject({
        algorithm: z.literal('Ed25519'),
        key: z.string(),
        fingerprint: z.string(),
        pem: z.string(),
      }),
    },
  }),
  archive: defineCall({
    method: 'get',
    path: '/directives/{id}/archive',
    tag,
    summary:
      'The whole record of a directive as a signed zip, sensitive values masked, for its office, auditors and administrators; npm run verify checks it without an installation',
    answers: { 200: fileAnswer('application/zip') },
  }),
};
