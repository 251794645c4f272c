// A whole district in and out, and the people made administrators (api.md §3).
import { z } from 'zod';
import { ADMINISTRATOR_EVENTS, SECURITY_EVENTS } from '../domain/audit/security-event.ts';
import { OrganisationFile } from '../domain/organisation/organisation.ts';
import { defineCall } from './call.ts';
import { published, someOptions, titledName } from './naming.ts';
import { pageAnswer, PageQuery } from './page.ts';

const ImportCount = z.strictObject({ created: z.int(), changed: z.int(), same: z.int() });
const ImportAnswer = published(
  'ImportAnswer',
  z.strictObject({ units: ImportCount, people: ImportCount, posts: ImportCount, taskForces: ImportCount }),
);

/** One schema a type, in every shape ever written of it. */
export const InstallationEventAnswer = published(
  'InstallationEvent',
  z.discriminatedUnion(
    'type',
    someOptions(
      ADMINISTRATOR_EVENTS.map((type) =>
        published(
          `${titledName(type)}InstallationEvent`,
          z.strictObject({
            seq: z.int(),
            type: z.literal(type),
            /** Null: done at the machine itself, by `npm run admin`. */
            actor: z.string().nullable(),
            at: z.string(),
            data: SECURITY_EVENTS[type].data,
            hash: z.string(),
          }),
        ),
      ),
    ),
  ),
);
export type InstallationEventAnswer = z.infer<typeof InstallationEventAnswer>;

published('Organisation', OrganisationFile);
const tag = 'organisation';

export const ORGANISATION_CALLS = {
  import: defineCall({
    costly: true,
    method: 'post',
    path: '/organisation/import',
    tag,
    summary: 'Load a whole district: creates, changes, never deletes; all or nothing',
    query: z.strictObject({ dryRun: z.stringbool().optional() }),
    largeBody: 'import',
    body: OrganisationFile,
    bodyFaults: 'document',
    answers: { 200: ImportAnswer },
  }),
  export: defineCall({
    costly: true,
    method: 'get',
    path: '/organisation/export',
    tag,
    summary:
      'The whole organisation in the form of the import, for administrators, auditors and those who serve an office; telephone numbers and mail addresses for administrators alone',
    recorded: 'exported',
    answers: { 200: OrganisationFile },
  }),
  events: defineCall({
    method: 'get',
    path: '/organisation/events',
    tag,
    summary:
      'Who was made an administrator and how, oldest first, each chained to the one before; for administrators and auditors',
    query: PageQuery,
    answers: { 200: pageAnswer(InstallationEventAnswer) },
  }),
};
