// Task forces: their office, lead unit, members, their end, and the posts of their own (api.md §3).
import { z } from 'zod';
import { Code } from '../domain/code.ts';
import { TaskForce } from '../domain/organisation/organisation.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';

published('TaskForce', TaskForce);
const tag = 'organisation';

export const TASK_FORCE_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/task-forces',
    tag,
    summary: 'Task forces',
    query: z.strictObject({ ...pageQuery, q: z.string().min(1).max(100).optional() }),
    answers: { 200: pageAnswer(TaskForce) },
  }),
  read: defineCall({
    method: 'get',
    path: '/task-forces/{code}',
    tag,
    summary: 'A task force',
    answers: { 200: TaskForce },
  }),
  add: defineCall({
    method: 'post',
    path: '/task-forces',
    tag,
    summary: 'Set up a task force',
    body: TaskForce,
    bodyFaults: 'document',
    answers: { 201: TaskForce },
  }),
  change: defineCall({
    method: 'patch',
    path: '/task-forces/{code}',
    tag,
    summary: 'Change a task force',
    /** Members anew without their default: left out they stay. Posts are changed under /posts. */
    body: TaskForce.omit({ code: true, posts: true, members: true })
      .partial()
      .extend({ members: z.array(Code).max(2000).optional() }),
    bodyFaults: 'document',
    answers: { 200: TaskForce },
  }),
};
