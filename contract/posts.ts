// Posts: a person, a seat, a place, and the time from and until (api.md §3).
import { z } from 'zod';
import { Code } from '../domain/code.ts';
import { Post } from '../domain/organisation/organisation.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';

export const PostAnswer = published(
  'PostItem',
  z.strictObject({
    id: z.string(),
    unit: z.string().nullable(),
    taskForce: z.string().nullable(),
    role: z.string(),
    person: z.string(),
    from: z.string().nullable(),
    to: z.string().nullable(),
  }),
);
export type PostAnswer = z.infer<typeof PostAnswer>;

published('Post', Post);
const tag = 'organisation';

export const POST_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/posts',
    tag,
    summary: 'Posts',
    query: z.strictObject({
      ...pageQuery,
      unit: z.string().max(40).optional(),
      taskForce: z.string().max(40).optional(),
      person: z.string().max(40).optional(),
    }),
    answers: { 200: pageAnswer(PostAnswer) },
  }),
  read: defineCall({
    method: 'get',
    path: '/posts/{id}',
    tag,
    summary: 'A post',
    answers: { 200: PostAnswer },
  }),
  add: defineCall({
    method: 'post',
    path: '/posts',
    tag,
    summary: 'Fill a post',
    body: Post,
    bodyFaults: 'document',
    answers: { 201: PostAnswer },
  }),
  change: defineCall({
    method: 'patch',
    path: '/posts/{id}',
    tag,
    summary: 'Change a post',
    /** A place may also be taken away by null. */
    body: Post.partial().extend({ unit: Code.nullish(), taskForce: Code.nullish() }),
    bodyFaults: 'document',
    answers: { 200: PostAnswer },
  }),
};
