// A directive's tree and its events, as far as the reader sees them (api.md §4).
import { z } from 'zod';
import { LightAnswer, PhaseAnswer } from './assignments.ts';
import { defineCall } from './call.ts';
import { EventAnswer } from './events.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';
import { CountsAnswer, PlaceAnswer } from './places.ts';

export const TreeNode = published(
  'TreeNode',
  z.strictObject({
    id: z.string(),
    taskForce: PlaceAnswer.optional(),
    unit: PlaceAnswer.optional(),
    phase: PhaseAnswer,
    light: LightAnswer,
    dueAt: z.string(),
    counts: CountsAnswer.nullable(),
    /** Something below it is left out: the tree was cut at 2,000, or at the depth asked for. */
    more: z.literal(true).optional(),
    get children() {
      return z.array(TreeNode);
    },
  }),
);
export type TreeNode = z.infer<typeof TreeNode>;

const tag = 'directives';

export const TREE_CALLS = {
  tree: defineCall({
    method: 'get',
    path: '/directives/{id}/tree',
    tag,
    summary: 'Its nested assignments',
    query: z.strictObject({
      depth: z.coerce.number().int().min(1).max(12).optional(),
      under: z.string().max(300).optional(),
    }),
    answers: { 200: z.strictObject({ items: z.array(TreeNode) }) },
  }),
  events: defineCall({
    method: 'get',
    path: '/directives/{id}/events',
    tag,
    summary: 'What happened, oldest first',
    query: z.strictObject({ ...pageQuery, types: z.string().max(1000).optional() }),
    answers: { 200: pageAnswer(EventAnswer) },
  }),
};
