// The input cells of a form: one for each value, two for a contact, none for files and tables.
import type { Column, Field } from '../../../form/field.ts';

type Asked = Column | Field;
export type ContactPart = 'name' | 'phone';

/** One input cell, or one column of them; `id` is its name in the workbook's hidden cells. */
export type Slot = { id: string; key: string; part: ContactPart | null; of: Asked };

const CONTACT_PARTS: readonly ContactPart[] = ['name', 'phone'];

export function slotsOf(asked: Asked): Slot[] {
  const { key, type } = asked;
  if (type === 'table' || type === 'file') return [];
  if (type !== 'contact') return [{ id: key, key, part: null, of: asked }];
  return CONTACT_PARTS.map((part) => ({ id: `${key}.${part}`, key, part, of: asked }));
}

export const slotsOfAll = (all: readonly Asked[]): Slot[] => all.flatMap(slotsOf);
