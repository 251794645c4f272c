// Figures handed up to the superior: frozen by the office, read by both (api.md §4).
import { z } from 'zod';
import { HandUpDocument } from '../domain/directive/hand-up-document.ts';
import { HandUpDirective, HandUpKind } from '../domain/directive/hand-up.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, PageQuery } from './page.ts';
import { CoverageCounts } from './places.ts';
import { FigureValues, MergedRows } from './values.ts';

const itemHead = {
  item: z.string(),
  title: z.string(),
  /** Was everything below settled? */
  final: z.boolean(),
  coverage: CoverageCounts,
  values: FigureValues,
  /** Of a restatement: the figures of the hand-up before it. */
  old: z.strictObject({ coverage: CoverageCounts, values: FigureValues }).nullable().optional(),
};

const handUpShape = {
  n: z.int(),
  /** `restated`: by itself, because figures handed up before have changed; each item then says its `old`. */
  kind: HandUpKind,
  at: z.string(),
  by: z.string().nullable(),
  /** The office's own number; a restatement has that of the hand-up it restates. Null of hand-ups from before there were numbers. */
  number: z.string().nullable(),
  note: z.string().nullable(),
  digest: z.string(),
};

export const HandUpAnswer = published(
  'HandUp',
  z.strictObject({
    ...handUpShape,
    items: z.array(
      z.strictObject({
        ...itemHead,
        rows: MergedRows,
        /** One task force's part each; nothing below it is named. */
        children: z.array(
          z.strictObject({
            taskForce: z.string(),
            name: z.string(),
            coverage: CoverageCounts,
            values: FigureValues,
            rows: MergedRows,
          }),
        ),
        document: HandUpDocument.optional(),
      }),
    ),
  }),
);
export type HandUpAnswer = z.infer<typeof HandUpAnswer>;

export const HandUpBriefAnswer = published(
  'HandUpBrief',
  z.strictObject({ ...handUpShape, items: z.array(z.strictObject(itemHead)) }),
);
export type HandUpBriefAnswer = z.infer<typeof HandUpBriefAnswer>;
const tag = 'directives';

export const HAND_UP_CALLS = {
  handUp: defineCall({
    method: 'post',
    path: '/directives/{id}/hand-up',
    tag,
    summary: 'Freezes the figures for the superior, under the next number',
    body: HandUpDirective,
    answers: { 201: HandUpAnswer },
  }),
  list: defineCall({
    method: 'get',
    path: '/directives/{id}/hand-ups',
    tag,
    summary: 'What was handed up to the superior and restated since, newest first; figures of one line',
    query: PageQuery,
    answers: { 200: pageAnswer(HandUpBriefAnswer) },
  }),
  read: defineCall({
    method: 'get',
    path: '/directives/{id}/hand-ups/{n}',
    tag,
    summary: 'One hand-up whole: figures, rows, and each task force’s part',
    answers: { 200: HandUpAnswer },
  }),
};
