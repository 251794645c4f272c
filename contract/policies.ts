// The named policies a directive can be issued with (api.md §6).
import { z } from 'zod';
import { Policy } from '../domain/policy/policy.ts';
import { Code } from '../domain/code.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, PageQuery } from './page.ts';

export const PolicyAnswer = published(
  'NamedPolicy',
  z.strictObject({
    name: z.string(),
    version: z.int(),
    ...Policy.shape,
    at: z.string().nullable(),
    by: z.string().nullable(),
  }),
);
export type PolicyAnswer = z.output<typeof PolicyAnswer>;

published('Policy', Policy);
const tag = 'policies';

export const POLICY_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/policies',
    tag,
    summary: 'All named policies, by name',
    query: PageQuery,
    answers: { 200: pageAnswer(PolicyAnswer) },
  }),
  read: defineCall({
    method: 'get',
    path: '/policies/{name}',
    tag,
    summary: 'One policy',
    answers: { 200: PolicyAnswer },
  }),
  put: defineCall({
    method: 'put',
    path: '/policies/{name}',
    tag,
    summary: 'Makes a policy, or a new version of it, for directives to come (administrator)',
    params: z.strictObject({ name: Code }),
    body: Policy,
    bodyFaults: 'document',
    answers: { 200: PolicyAnswer },
  }),
};
