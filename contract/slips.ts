// Supervision slips to read: the list, one of them, and its document (api.md §8).
import { z } from 'zod';
import { Code, MAX_ID_BYTES } from '../domain/code.ts';
import { DOCX_TYPE } from '../domain/paper/media-types.ts';
import { SlipColor } from '../domain/paper/slip/slip.ts';
import { defineCall, fileAnswer } from './call.ts';
import { pageAnswer, pageQuery } from './page.ts';
import { SlipAnswer } from './slip-answer.ts';

const tag = 'slips';

export const SLIP_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/slips',
    tag,
    summary: 'Supervision slips of what you see, newest first; `open`: not yet countersigned',
    query: z.strictObject({
      ...pageQuery,
      directive: Code.optional(),
      assignment: z.string().min(1).max(MAX_ID_BYTES).optional(),
      color: SlipColor.optional(),
      open: z.stringbool().optional(),
    }),
    answers: { 200: pageAnswer(SlipAnswer) },
  }),
  read: defineCall({
    method: 'get',
    path: '/slips/{id}',
    tag,
    summary: 'One slip; its id is that of its event, with `#` as %23',
    answers: { 200: SlipAnswer },
  }),
  document: defineCall({
    method: 'get',
    path: '/slips/{id}/document',
    tag,
    summary: 'The slip as a document to print, with its countersignature',
    answers: { 200: fileAnswer(DOCX_TYPE) },
  }),
};
