// The catalogue of data elements: a figure's meaning, its unit of measure, and the unit that owns it.
import { z } from 'zod';
import { Code } from '../code.ts';
import { Column, FieldType, type Form } from './field.ts';

export const ElementKey = Column.shape.key;

/** `PUT /elements/{key}`. */
export const KeepElement = z.strictObject({
  label: Column.shape.label,
  /** What counts and what does not. */
  meaning: z.string().trim().min(1).max(2000).optional(),
  type: FieldType,
  /** Of measure. */
  unit: Column.shape.unit,
  /** The unit that owns the figure. */
  sourceUnit: Code.optional(),
});
export type KeepElement = z.infer<typeof KeepElement>;
export type Element = KeepElement & { key: string };

export type ElementWarning = {
  /**
   * ELEMENT_DIFFERS: a field with the key of an element has another type or unit of measure.
   * ELEMENT_HAS_SOURCE: the unit that owns the figure is not asked, others are.
   */
  code: 'ELEMENT_DIFFERS' | 'ELEMENT_HAS_SOURCE';
  path: string;
  params: Record<string, string>;
};

/** `at` is where the form stands in the request: `items[0].form.`, or nothing. */
export function differingFields(
  form: Form,
  elements: ReadonlyMap<string, Element>,
  at: string,
): ElementWarning[] {
  return form.fields.flatMap((field, n): ElementWarning[] => {
    const element = elements.get(field.key);
    if (!element) return [];
    const { type, unit = '' } = element;
    if (field.type === type && (field.unit ?? '') === unit) return [];
    const params = { field: field.key, type: field.type, unit: field.unit ?? '' };
    return [
      {
        code: 'ELEMENT_DIFFERS',
        path: `${at}fields[${n}]`,
        params: { ...params, expectedType: type, expectedUnit: unit },
      },
    ];
  });
}

/** `asked`: the codes of the units the item goes to. */
export function fieldsOfOthers(
  form: Form,
  elements: ReadonlyMap<string, Element>,
  asked: ReadonlySet<string>,
  at: string,
): ElementWarning[] {
  return form.fields.flatMap((field, n): ElementWarning[] => {
    const source = elements.get(field.key)?.sourceUnit;
    if (source === undefined || asked.has(source)) return [];
    const params = { field: field.key, source };
    return [{ code: 'ELEMENT_HAS_SOURCE', path: `${at}fields[${n}]`, params }];
  });
}
