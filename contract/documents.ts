// Documents composed from the words of units: at any place of the tree, of a whole item, and as they were sent up.
import { z } from 'zod';
import { defineCall, fileAnswer } from './call.ts';
import { DOCX_TYPE } from '../domain/paper/media-types.ts';
import { published } from './naming.ts';

const ContributorPlace = { assignment: z.string(), unit: z.string(), unitName: z.string() };

/** A unit's words for a section; `version`, `by` and `at` are those of the report these words came with. */
const DocumentPart = z.strictObject({
  ...ContributorPlace,
  version: z.int(),
  by: z.string().nullable(),
  at: z.string(),
  text: z.string().optional(),
  file: z.strictObject({ id: z.string(), name: z.string() }).optional(),
  /** Of an edit: the parts it stands for. */
  replaces: z.array(z.strictObject({ ...ContributorPlace, version: z.int() })).optional(),
});

const DocumentSection = z.strictObject({
  key: z.string(),
  /** The field that takes it as a file. */
  fileKey: z.string(),
  title: z.string(),
  level: z.int(),
  guide: z.string().optional(),
  parts: z.array(DocumentPart),
  /** The node's own edit; `overtaken`: something has come in below since, and stands instead. */
  edited: z
    .strictObject({
      version: z.int(),
      by: z.string().nullable(),
      at: z.string(),
      overtaken: z.boolean(),
    })
    .nullable(),
  missing: z.array(z.strictObject(ContributorPlace)),
  moreMissing: z.int(),
});

const BasisOfDocument = z.enum(['approved', 'reported']);

export const DocumentAnswer = published(
  'Document',
  z.strictObject({
    assignment: z.string().nullable(),
    item: z.string(),
    title: z.string(),
    sections: z.array(DocumentSection),
    /** null of a version. */
    basis: BasisOfDocument.nullable(),
    version: z.int().nullable(),
    at: z.string(),
  }),
);
export type DocumentAnswer = z.infer<typeof DocumentAnswer>;

/** `version`: of a report, or of a copy sent up, as it was; it has no other basis than its own. */
export const DocumentAtQuery = z.strictObject({
  basis: BasisOfDocument.optional(),
  version: z.coerce.number().int().min(1).max(999_999_999).optional(),
});
export type DocumentAtQuery = z.output<typeof DocumentAtQuery>;

/** `item` may be left out where only one asks for a document. */
const OneItem = { item: z.string().max(40).optional() };
export const DocumentOfItemQuery = z.strictObject({ basis: BasisOfDocument.default('approved'), ...OneItem });
export type DocumentOfItemQuery = z.output<typeof DocumentOfItemQuery>;

const tag = 'documents';
const DOCX = fileAnswer(DOCX_TYPE);

export const DOCUMENT_CALLS = {
  at: defineCall({
    costly: true,
    method: 'get',
    path: '/assignments/{id}/document',
    tag,
    summary:
      'The document at this place: its sections with who wrote them, who edited them and who owes them',
    query: DocumentAtQuery,
    answers: { 200: DocumentAnswer },
  }),
  atForWord: defineCall({
    costly: true,
    method: 'get',
    path: '/assignments/{id}/document.docx',
    tag,
    summary: 'The same for Word; with `version` exactly what was sent',
    query: DocumentAtQuery,
    answers: { 200: DOCX },
  }),
  ofItem: defineCall({
    costly: true,
    method: 'get',
    path: '/directives/{id}/document',
    tag,
    summary: 'The document of an item, over all its task forces',
    query: DocumentOfItemQuery,
    answers: { 200: DocumentAnswer },
  }),
  ofItemForWord: defineCall({
    costly: true,
    method: 'get',
    path: '/directives/{id}/document.docx',
    tag,
    summary: 'The same for Word',
    query: DocumentOfItemQuery,
    answers: { 200: DOCX },
  }),
  handedUp: defineCall({
    costly: true,
    method: 'get',
    path: '/directives/{id}/hand-ups/{n}/document.docx',
    tag,
    summary: 'The document as it was handed up to the superior, for Word',
    query: z.strictObject(OneItem),
    answers: { 200: DOCX },
  }),
};
