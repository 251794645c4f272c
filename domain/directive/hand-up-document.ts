// The record of a document handed up to the superior: sections, their words and their writers.
import { z } from 'zod';

const Author = z.strictObject({ unit: z.string(), unitName: z.string() });

export const HandUpDocument = z.strictObject({
  title: z.string(),
  sections: z.array(
    z.strictObject({
      key: z.string(),
      title: z.string(),
      level: z.int(),
      parts: z.array(
        Author.extend({
          text: z.string().optional(),
          file: z.strictObject({ id: z.string(), name: z.string() }).optional(),
          replaces: z.array(Author).optional(),
        }),
      ),
      missing: z.int(),
    }),
  ),
});
export type HandUpDocument = z.infer<typeof HandUpDocument>;
