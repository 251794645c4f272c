// Units: the tree of offices, departments, streets, towns, communities (api.md §3).
import { z } from 'zod';
import { Unit } from '../domain/organisation/organisation.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';

export const UnitAnswer = published(
  'UnitItem',
  z.strictObject({
    code: z.string(),
    name: z.string(),
    kind: z.string(),
    parent: z.string().nullable(),
    /** Where it stands among its like; left out, as in the export, where it has none of its own. */
    order: z.int().optional(),
  }),
);
export type UnitAnswer = z.infer<typeof UnitAnswer>;

published('Unit', Unit);
const tag = 'organisation';

export const UNIT_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/units',
    tag,
    summary: 'Units',
    query: z.strictObject({
      ...pageQuery,
      q: z.string().min(1).max(100).optional(),
      kind: z.string().max(40).optional(),
      parent: z.string().max(40).optional(),
    }),
    answers: { 200: pageAnswer(UnitAnswer) },
  }),
  read: defineCall({
    method: 'get',
    path: '/units/{code}',
    tag,
    summary: 'A unit',
    answers: { 200: UnitAnswer },
  }),
  add: defineCall({
    method: 'post',
    path: '/units',
    tag,
    summary: 'Add a unit',
    body: Unit,
    bodyFaults: 'document',
    answers: { 201: UnitAnswer },
  }),
  change: defineCall({
    method: 'patch',
    path: '/units/{code}',
    tag,
    summary: 'Change a unit',
    body: Unit.omit({ code: true }).partial(),
    bodyFaults: 'document',
    answers: { 200: UnitAnswer },
  }),
};
