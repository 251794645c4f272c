// A document asked for instead of figures: its sections in order, and the units that owe each.
import { z } from 'zod';
import { Code } from '../code.ts';
import type { Fault } from '../failure.ts';
import { Field } from '../form/field.ts';

/** Two fields a section: as many as a form may have. */
const MAX_SECTIONS = 100;
/** Units one section names; a desk has no more. */
const MAX_UNITS = 2_000;

export const Section = z.strictObject({
  key: Field.shape.key,
  title: z.string().trim().min(1).max(200),
  /** The level of its heading. */
  level: z.int().min(1).max(3).default(1),
  /** What the section should say, for its writer. */
  guide: z.string().max(2000).optional(),
  maxLength: Field.shape.maxLength,
  /** Receivers of the item; each owes the section with all that is below it. Absent: all receivers owe it. */
  units: z.array(Code).min(1).max(MAX_UNITS).optional(),
});
export type Section = z.infer<typeof Section>;

export const DocumentTask = z.strictObject({
  /** Else the item's title. */
  title: z.string().trim().min(1).max(500).optional(),
  sections: z.array(Section).min(1).max(MAX_SECTIONS),
});
export type DocumentTask = z.infer<typeof DocumentTask>;

/** As it is kept with the item: each section with the field that takes it as a file. */
export type StoredSection = Section & { fileKey: string };
export type StoredDocument = { title?: string | undefined; sections: StoredSection[] };

/** `receivers`: codes of the task forces and units the item goes to; `path` is where the document stands in the request. */
export function faultsOfDocument(
  { sections }: DocumentTask,
  receivers: ReadonlySet<string>,
  path: string,
): Fault[] {
  const seen = new Set<string>();
  return sections.flatMap(({ key, units = [] }, s) => {
    const here = `${path}.sections[${s}]`;
    const faults: Fault[] = [];
    if (seen.has(key)) faults.push({ path: `${here}.key`, code: 'REPEATED', params: { value: key } });
    seen.add(key);
    units.forEach((unit, u) => {
      const at = { path: `${here}.units[${u}]`, params: { value: unit } };
      if (units.indexOf(unit) < u) faults.push({ ...at, code: 'REPEATED' });
      else if (!receivers.has(unit)) faults.push({ ...at, code: 'NOT_A_RECEIVER' });
    });
    return faults;
  });
}
