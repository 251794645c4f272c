// The catalogue of data elements: one key, one meaning, one owner.
import { z } from 'zod';
import { ElementKey, KeepElement } from '../domain/form/element.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';

export const ElementAnswer = published(
  'Element',
  z.strictObject({
    key: ElementKey,
    ...KeepElement.shape,
    version: z.int(),
    by: z.string(),
    at: z.string(),
  }),
);
export type ElementAnswer = z.infer<typeof ElementAnswer>;

const tag = 'forms';

export const ELEMENT_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/elements',
    tag,
    summary: 'The catalogue of data elements, by key',
    query: z.strictObject({ ...pageQuery, q: z.string().max(200).optional() }),
    answers: { 200: pageAnswer(ElementAnswer) },
  }),
  read: defineCall({
    method: 'get',
    path: '/elements/{key}',
    tag,
    summary: 'One data element',
    answers: { 200: ElementAnswer },
  }),
  keep: defineCall({
    method: 'put',
    path: '/elements/{key}',
    tag,
    summary: 'Says what a data element means and who owns it (offices, administrators)',
    params: z.strictObject({ key: ElementKey }),
    body: KeepElement,
    bodyFaults: 'document',
    answers: { 200: ElementAnswer },
  }),
};
