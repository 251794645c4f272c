// A form's templates: an office's own workbooks and documents, kept with the mapping of their places.
import { z } from 'zod';
import { Code } from '../domain/code.ts';
import { KeepTemplate, Mapping, TemplateKind } from '../domain/paper/template/template.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, PageQuery } from './page.ts';

export const TemplateAnswer = published(
  'Template',
  z.strictObject({
    form: z.string(),
    name: z.string(),
    version: z.int(),
    kind: TemplateKind,
    file: z.string(),
    mapping: Mapping,
    office: z.string().nullable(),
    by: z.string(),
    at: z.string(),
  }),
);
export type TemplateAnswer = z.infer<typeof TemplateAnswer>;

const KeptTemplateAnswer = published(
  'KeptTemplate',
  TemplateAnswer.extend({
    warnings: z.array(z.strictObject({ path: z.string(), code: z.string(), message: z.string() })),
  }),
);

const tag = 'forms';

export const TEMPLATE_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/forms/{name}/templates',
    tag,
    summary: 'The templates of a form, each in its latest version, by name',
    query: PageQuery,
    answers: { 200: pageAnswer(TemplateAnswer) },
  }),
  read: defineCall({
    method: 'get',
    path: '/forms/{name}/templates/{template}',
    tag,
    summary: 'One template of a form',
    answers: { 200: TemplateAnswer },
  }),
  keep: defineCall({
    method: 'put',
    path: '/forms/{name}/templates/{template}',
    tag,
    summary: 'Keeps an uploaded workbook or document with what goes where in it (offices, administrators)',
    params: z.strictObject({ name: z.string(), template: Code }),
    body: KeepTemplate,
    bodyFaults: 'document',
    answers: { 200: KeptTemplateAnswer },
  }),
};
