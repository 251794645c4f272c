// People and their accounts (api.md §3).
import { z } from 'zod';
import { Person } from '../domain/organisation/organisation.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';

export const PersonAnswer = published(
  'PersonItem',
  z.strictObject({
    id: z.string(),
    name: z.string(),
    unit: z.string().nullable(),
    login: z.string(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
  }),
);
export type PersonAnswer = z.infer<typeof PersonAnswer>;

published('Person', Person);
const tag = 'organisation';

export const PEOPLE_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/people',
    tag,
    summary: 'People',
    query: z.strictObject({
      ...pageQuery,
      q: z.string().min(1).max(100).optional(),
      unit: z.string().max(40).optional(),
    }),
    answers: { 200: pageAnswer(PersonAnswer) },
  }),
  read: defineCall({
    method: 'get',
    path: '/people/{id}',
    tag,
    summary: 'A person',
    answers: { 200: PersonAnswer },
  }),
  add: defineCall({
    method: 'post',
    path: '/people',
    tag,
    summary: 'Add a person',
    body: Person,
    bodyFaults: 'document',
    answers: { 201: PersonAnswer },
  }),
  change: defineCall({
    method: 'patch',
    path: '/people/{id}',
    tag,
    summary: 'Change a person',
    body: Person.omit({ id: true }).partial(),
    bodyFaults: 'document',
    answers: { 200: PersonAnswer },
  }),
};
