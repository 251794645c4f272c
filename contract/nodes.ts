// Screens of those who gather: the nodes one holds, the receivers of one of them, and the reports to review (page.md §8, B4, B5, B7).
import { z } from 'zod';
import { LightAnswer, PhaseAnswer } from './assignments.ts';
import { CalendarTerms, YELLOW_REASONS } from './assignment-clock.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { OutlierAnswer } from './outliers.ts';
import { pageAnswer, pageQuery } from './page.ts';
import {
  CountsAnswer,
  CoverageCounts,
  DirectiveNameAnswer,
  ItemNameAnswer,
  KindedPlaceAnswer,
} from './places.ts';
import { SubmissionAnswer } from './submission-answer.ts';
import { FigureValues } from './values.ts';

const tag = 'assignments';

export const NodeItem = published(
  'NodeItem',
  z.strictObject({
    id: z.string(),
    directive: DirectiveNameAnswer,
    item: ItemNameAnswer,
    holder: KindedPlaceAnswer,
    dueAt: z.string(),
    light: LightAnswer,
    phase: PhaseAnswer,
    counts: CountsAnswer,
    coverage: CoverageCounts,
    /** Of what lies directly below: reports to review, requests to decide, receipts not yet given. */
    toReview: z.int(),
    toDecide: z.int(),
    unacknowledged: z.int(),
  }),
);
export type NodeItem = z.output<typeof NodeItem>;

const ASKS = ['extension', 'transfer', 'decline'] as const;

export const ReceiverItem = published(
  'ReceiverItem',
  z.strictObject({
    id: z.string(),
    holder: KindedPlaceAnswer,
    phase: PhaseAnswer,
    light: LightAnswer,
    reason: z.enum(YELLOW_REASONS).nullable(),
    acknowledgeBy: z.string().nullable(),
    acknowledgedAt: z.string().nullable(),
    dueAt: z.string(),
    suspendedUntil: z.string().nullable(),
    submittedAt: z.string().nullable(),
    /** Number of the report that is in; 0 for none. */
    report: z.int(),
    version: z.int(),
    allowed: z.array(z.string()),
    counts: CountsAnswer.nullable(),
    coverage: CoverageCounts.nullable(),
    /** Of the report that is in; null where there is none, never 0. */
    values: FigureValues.nullable(),
    outliers: z.int(),
    asks: z.array(z.enum(ASKS)),
    liaisons: z.array(
      z.strictObject({
        person: z.string(),
        name: z.string(),
        role: z.enum(['liaisonA', 'liaisonB']),
        /** As far as the reader works with them. */
        phone: z.string().nullable(),
      }),
    ),
  }),
);
export type ReceiverItem = z.output<typeof ReceiverItem>;

const ReceiversAnswer = z.strictObject({
  ...pageAnswer(ReceiverItem).shape,
  now: z.string(),
  node: NodeItem,
  /** The numeric fields of the form, as columns. */
  fields: z.array(
    z.strictObject({ key: z.string(), label: z.string(), type: z.string(), unit: z.string().nullable() }),
  ),
  /** Merged from the reports that are in; null where there are too many to merge here. */
  total: z.strictObject({ values: FigureValues }).nullable(),
  calendars: z.array(CalendarTerms),
});

export const ReviewItem = published(
  'ReviewItem',
  z.strictObject({
    assignment: z.string(),
    version: z.int(),
    directive: DirectiveNameAnswer,
    item: ItemNameAnswer,
    holder: KindedPlaceAnswer,
    node: z.string().nullable(),
    submission: SubmissionAnswer,
    /** Of the form: what is compared, in its order. */
    fields: z.array(
      z.strictObject({ key: z.string(), label: z.string(), type: z.string(), unit: z.string().nullable() }),
    ),
    outliers: z.array(OutlierAnswer),
    /** Keys of rules that asked for a reason, and the reason. */
    explained: z.record(z.string(), z.string()),
    /** By field: the version before of this report. */
    previous: FigureValues.nullable(),
    /** By field: the lowest and the highest of its siblings' reports that are in. */
    peers: z.record(z.string(), z.strictObject({ min: z.number(), max: z.number() })),
    allowed: z.array(z.string()),
  }),
);
export type ReviewItem = z.output<typeof ReviewItem>;

export const NODE_CALLS = {
  mine: defineCall({
    method: 'get',
    path: '/me/nodes',
    tag,
    summary: 'What you hold and have handed on: how complete each is, and what waits for you there',
    answers: {
      200: z.strictObject({ items: z.array(NodeItem), now: z.string(), calendars: z.array(CalendarTerms) }),
    },
  }),
  receivers: defineCall({
    method: 'get',
    path: '/assignments/{id}/receivers',
    tag,
    summary: 'Each receiver directly below a node with its clocks, its report and its people',
    query: z.strictObject({ ...pageQuery, light: LightAnswer.optional() }),
    answers: { 200: ReceiversAnswer },
  }),
  review: defineCall({
    method: 'get',
    path: '/review',
    tag,
    summary: 'Reports that wait for your review: outliers first, then explained ones, then the rest',
    query: z.strictObject({
      ...pageQuery,
      node: z.string().min(1).max(300).optional(),
      only: z.literal('outliers').optional(),
    }),
    answers: { 200: pageAnswer(ReviewItem) },
  }),
};
