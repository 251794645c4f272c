// The form library: forms kept by name and version (api.md §7).
import { z } from 'zod';
import { Code } from '../domain/code.ts';
import { Form } from '../domain/form/field.ts';
import { CloneForm, FormOf, KeepForm } from '../domain/form/library.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, PageQuery, pageQuery } from './page.ts';
import { PlanWarningAnswer } from './warnings.ts';

const Head = {
  name: z.string(),
  version: z.int(),
  title: z.string(),
  note: z.string().nullable(),
  office: z.string().nullable(),
  clonedFrom: FormOf.nullable(),
  by: z.string(),
  at: z.string(),
};

/** `fields`: how many it has. */
export const KeptFormBrief = published('KeptFormBrief', z.strictObject({ ...Head, fields: z.int() }));
export type KeptFormBrief = z.infer<typeof KeptFormBrief>;

/** `warnings`: fields that differ from the catalogue. */
export const KeptFormAnswer = published(
  'KeptForm',
  z.strictObject({ ...Head, ...Form.shape, warnings: z.array(PlanWarningAnswer) }),
);
export type KeptFormAnswer = z.infer<typeof KeptFormAnswer>;

const tag = 'forms';

export const FORM_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/forms',
    tag,
    summary: 'The form library: the latest version of each form, by name',
    query: z.strictObject({ ...pageQuery, q: z.string().max(200).optional() }),
    answers: { 200: pageAnswer(KeptFormBrief) },
  }),
  read: defineCall({
    method: 'get',
    path: '/forms/{name}',
    tag,
    summary: 'A kept form, in its latest version',
    answers: { 200: KeptFormAnswer },
  }),
  versions: defineCall({
    method: 'get',
    path: '/forms/{name}/versions',
    tag,
    summary: 'All versions of a kept form, newest first',
    query: PageQuery,
    answers: { 200: pageAnswer(KeptFormBrief) },
  }),
  version: defineCall({
    method: 'get',
    path: '/forms/{name}/versions/{version}',
    tag,
    summary: 'One version of a kept form',
    answers: { 200: KeptFormAnswer },
  }),
  keep: defineCall({
    method: 'put',
    path: '/forms/{name}',
    tag,
    summary: 'Keeps a form, or a new version of it (offices, administrators); If-Match: the version you know',
    params: z.strictObject({ name: Code }),
    body: KeepForm,
    bodyFaults: 'document',
    answers: { 200: KeptFormAnswer },
  }),
  clone: defineCall({
    method: 'post',
    path: '/forms/{name}/clone',
    tag,
    summary: 'The latest version under a name of its own (offices, administrators)',
    body: CloneForm,
    bodyFaults: 'document',
    answers: { 201: KeptFormAnswer },
  }),
};
