// A composed document: each section with the writers of its parts, its editor and the units that still owe it.
import { z } from 'zod';

const Place = z.object({ assignment: z.string(), unit: z.string(), unitName: z.string() });
export type PartPlace = z.infer<typeof Place>;

/** A unit's words for a section; `version`, `by` and `at` are those of the report these words came with. */
export const ComposedPart = Place.extend({
  version: z.int(),
  by: z.string().nullable(),
  at: z.string(),
  text: z.string().optional(),
  file: z.object({ id: z.string(), name: z.string() }).optional(),
  /** Of an edit: the parts it replaces. */
  replaces: z.array(Place.extend({ version: z.int() })).optional(),
});
export type ComposedPart = z.infer<typeof ComposedPart>;

/** The node's own edit; `overtaken`: words have come in below since, and replace the edit. */
export const SectionEdit = z.object({
  version: z.int(),
  by: z.string().nullable(),
  at: z.string(),
  overtaken: z.boolean(),
});
export type SectionEdit = z.infer<typeof SectionEdit>;

export const ComposedSection = z.object({
  key: z.string(),
  /** The field that takes it as a file. */
  fileKey: z.string(),
  title: z.string(),
  level: z.int(),
  guide: z.string().optional(),
  parts: z.array(ComposedPart),
  edited: SectionEdit.nullable(),
  /** At most `MAX_MISSING`; `moreMissing` counts the rest. */
  missing: z.array(Place),
  moreMissing: z.int(),
});
export type ComposedSection = z.infer<typeof ComposedSection>;

export const Composed = z.object({ title: z.string(), sections: z.array(ComposedSection) });
export type Composed = z.infer<typeof Composed>;
