// Directives: previewed, made, changed as drafts, sent out, ended, listed and read (api.md §4).
import { z } from 'zod';
import { WorkdaysRule } from '../domain/calendar/due-rule.ts';
import {
  CancelDirective,
  CloseDirective,
  CopyDirective,
  DirectivePhase,
  PostedDirective,
} from '../domain/directive/directive.ts';
import { defineCall, NOTHING } from './call.ts';
import { DirectiveAnswer, DirectiveBrief, DirectiveNotice, DirectiveTakenIn } from './directive-answer.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';
import { PlaceAnswer } from './places.ts';
import { PlanWarningAnswer } from './warnings.ts';

/** An assignment to be. */
const PlannedAnswer = z.strictObject({
  id: z.string(),
  item: z.string(),
  parent: z.string().nullable(),
  taskForce: PlaceAnswer.optional(),
  unit: PlaceAnswer.optional(),
  dueAt: z.string(),
  acknowledgeBy: z.string().nullable(),
});
export type PlannedAnswer = z.infer<typeof PlannedAnswer>;

export const DirectivePreview = published(
  'DirectivePreview',
  z.strictObject({
    id: z.string(),
    number: z.string(),
    title: z.string(),
    office: z.string(),
    calendar: z.string(),
    calendarVersion: z.int(),
    receivedAt: z.string(),
    issuedAt: z.string(),
    dueAt: z.string(),
    officeDueAt: z.string(),
    /** Assignments in all; `assignments` lists the first 2,000, `more` says that there are others. */
    total: z.int(),
    budget: z.strictObject({
      marginsMs: z.array(z.number()),
      levels: z.array(
        z.strictObject({
          level: z.int(),
          assignments: z.int(),
          earliestDueAt: z.string(),
          latestDueAt: z.string(),
        }),
      ),
    }),
    assignments: z.array(PlannedAnswer),
    more: z.boolean(),
    /** Due rules that can be read in two ways, and which of them holds. */
    readings: z.array(
      z.strictObject({
        path: z.string(),
        rule: WorkdaysRule,
        holds: z.literal('workdays'),
        workdays: z.string(),
        calendarDays: z.string(),
      }),
    ),
    warnings: z.array(PlanWarningAnswer),
  }),
);
export type DirectivePreview = z.infer<typeof DirectivePreview>;

const tag = 'directives';

export const DIRECTIVE_CALLS = {
  issue: defineCall({
    costly: true,
    method: 'post',
    path: '/directives',
    tag,
    summary: 'Issues a directive; with draft=true only keeps it',
    query: z.strictObject({ draft: z.stringbool().optional() }),
    body: PostedDirective,
    bodyFaults: 'content',
    largeBody: 'directive',
    answers: { 201: DirectiveTakenIn },
  }),
  preview: defineCall({
    costly: true,
    method: 'post',
    path: '/directives/preview',
    tag,
    summary: 'The plan: every assignment with its deadlines, and warnings',
    body: PostedDirective,
    bodyFaults: 'content',
    largeBody: 'directive',
    once: false,
    answers: { 200: DirectivePreview },
  }),
  list: defineCall({
    method: 'get',
    path: '/directives',
    tag,
    summary: 'Those you may see, newest first',
    query: z.strictObject({
      ...pageQuery,
      phase: DirectivePhase.optional(),
      q: z.string().max(200).optional(),
    }),
    answers: { 200: pageAnswer(z.union([DirectiveBrief, DirectiveNotice])) },
  }),
  read: defineCall({
    method: 'get',
    path: '/directives/{id}',
    tag,
    summary: 'One directive',
    answers: { 200: z.union([DirectiveAnswer, DirectiveNotice]) },
  }),
};

export const DRAFT_CALLS = {
  replace: defineCall({
    costly: true,
    method: 'put',
    path: '/directives/{id}',
    tag,
    summary: 'A draft with everything in it anew; If-Match with its version is required',
    body: PostedDirective,
    bodyFaults: 'content',
    largeBody: 'directive',
    once: true,
    refusals: [428],
    answers: { 200: DirectiveTakenIn },
  }),
  discard: defineCall({
    method: 'delete',
    path: '/directives/{id}',
    tag,
    summary: 'Throws a draft away, and its number is free; If-Match with its version is required',
    once: true,
    refusals: [428],
    answers: { 204: NOTHING },
  }),
  issue: defineCall({
    costly: true,
    method: 'post',
    path: '/directives/{id}/issue',
    tag,
    summary: 'A draft goes out',
    body: z.strictObject({}),
    answers: { 200: DirectiveTakenIn },
  }),
  copy: defineCall({
    costly: true,
    method: 'post',
    path: '/directives/{id}/copy',
    tag,
    summary: 'The same again under another number, as a draft',
    body: CopyDirective,
    bodyFaults: 'document',
    answers: { 201: DirectiveTakenIn },
  }),
};

export const COURSE_CALLS = {
  cancel: defineCall({
    method: 'post',
    path: '/directives/{id}/cancel',
    tag,
    summary: 'Cancels it and all below',
    body: CancelDirective,
    bodyFaults: 'document',
    answers: { 200: DirectiveAnswer },
  }),
  close: defineCall({
    method: 'post',
    path: '/directives/{id}/close',
    tag,
    summary: 'Closes it: what is in passes, what is not is missing',
    body: CloseDirective,
    answers: { 200: DirectiveAnswer },
  }),
};
