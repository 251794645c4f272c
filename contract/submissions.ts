// Every version of an assignment's report, and of a node holder's own part (api.md §5).
import { z } from 'zod';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, PageQuery } from './page.ts';
import { ReportAnswer, RolledUpAnswer, SubmissionAnswer } from './submission-answer.ts';
import { AnyFigure, OfferedValue } from './values.ts';

/** `path` as in a fault: `values.v_sites`, `rows.v_list[2].name`, `note`; null where there was or is nothing. */
const ChangeAnswer = published(
  'Change',
  z.strictObject({
    path: z.string(),
    before: z.union([OfferedValue, AnyFigure]),
    after: z.union([OfferedValue, AnyFigure]),
  }),
);

/** `changes` null: there was no version before. `moreChanges`: rows differ in more places than are listed. */
const Compared = {
  changes: z.array(ChangeAnswer).nullable(),
  moreChanges: z.boolean(),
  /** The return it answers. */
  answers: z.strictObject({ version: z.int(), reason: z.string(), fields: z.array(z.string()) }).nullable(),
};

export const VersionAnswer = z.discriminatedUnion('kind', [
  published('ReportVersion', ReportAnswer.extend(Compared)),
  published('RolledUpVersion', RolledUpAnswer.extend(Compared)),
]);
export type VersionAnswer = z.infer<typeof VersionAnswer>;

const tag = 'assignments';

const listCall = <P extends 'submissions' | 'parts'>(path: P, of: string) =>
  defineCall({
    method: 'get',
    path: `/assignments/{id}/${path}`,
    tag,
    summary: `Every version of ${of}, newest first`,
    query: PageQuery,
    answers: { 200: pageAnswer(SubmissionAnswer) },
  });
const readCall = <P extends 'submissions' | 'parts'>(path: P, of: string) =>
  defineCall({
    method: 'get',
    path: `/assignments/{id}/${path}/{version}`,
    tag,
    summary: `One version of ${of}, with what it changed and which return it answers`,
    answers: { 200: VersionAnswer },
  });

const REPORT = 'its report';
const PART = 'what its holder adds to what is merged from below';

export const SUBMISSION_CALLS = {
  list: listCall('submissions', REPORT),
  read: readCall('submissions', REPORT),
  listParts: listCall('parts', PART),
  readPart: readCall('parts', PART),
};
