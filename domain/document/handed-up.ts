// A document as the superior is handed it: every section with its words and whose they are; how many are missing, not who.
import { z } from 'zod';
import type { Composed } from './composed.ts';

const Author = z.object({ unit: z.string(), unitName: z.string() });

export const HandUpDocument = z.object({
  title: z.string(),
  sections: z.array(
    z.object({
      key: z.string(),
      title: z.string(),
      level: z.int(),
      parts: z.array(
        Author.extend({
          text: z.string().optional(),
          file: z.object({ id: z.string(), name: z.string() }).optional(),
          replaces: z.array(Author).optional(),
        }),
      ),
      missing: z.int(),
    }),
  ),
});
export type HandUpDocument = z.infer<typeof HandUpDocument>;

/** Who wrote stands with the words; how the tree below is made, and who is late in it, is the office's to know. */
export const handedUp = ({ title, sections }: Composed): HandUpDocument => ({
  title,
  sections: sections.map(({ key, title: heading, level, parts, missing, moreMissing }) => ({
    key,
    title: heading,
    level,
    parts: parts.map(({ unit, unitName, text, file, replaces }) => ({
      unit,
      unitName,
      ...(text === undefined ? {} : { text }),
      ...(file === undefined ? {} : { file }),
      ...(replaces === undefined
        ? {}
        : { replaces: replaces.map((author) => ({ unit: author.unit, unitName: author.unitName })) }),
    })),
    missing: missing.length + moreMissing,
  })),
});
