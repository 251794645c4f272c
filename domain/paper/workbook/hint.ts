// A field's hint for the person who fills it in: the limits of its check in words.
import type { Language } from '../../failure.ts';
import { DEFAULT_TEXT_LENGTH, isNumeric } from '../../form/field-kind.ts';
import { CONTACT_LENGTH } from '../../form/value.ts';
import { MAX_CELL_TEXT } from './cell/cell.ts';
import type { Slot } from './cell/slot.ts';
import { worded } from './words.ts';

/** Most characters of a slot for text. */
export const lengthOf = ({ of, part }: Slot): number =>
  part === null ? Math.min(of.maxLength ?? DEFAULT_TEXT_LENGTH, MAX_CELL_TEXT) : CONTACT_LENGTH;

export function hintOf(slot: Slot, language: Language): string {
  const { of } = slot;
  const parts = [kindOf(slot, language), limitsOf(slot, language)];
  if (of.required && slot.part !== 'phone') parts.unshift(worded('required', language));
  return parts.filter((part) => part !== '').join(language === 'zh' ? '；' : '; ');
}

function kindOf(slot: Slot, language: Language): string {
  switch (slot.of.type) {
    case 'number':
      return worded('decimal', language);
    case 'integer':
    case 'percent':
    case 'boolean':
    case 'choice':
    case 'date':
      return worded(slot.of.type, language);
    default:
      return worded('length', language, { max: lengthOf(slot) });
  }
}

function limitsOf({ of }: Slot, language: Language): string {
  if (!isNumeric(of.type)) return '';
  const shown = (bound: number): string =>
    of.type === 'percent' ? `${String(Number((bound * 100).toPrecision(15)))}%` : String(bound);
  const { min, max } = of;
  if (min !== undefined && max !== undefined)
    return worded('between', language, { min: shown(min), max: shown(max) });
  if (min !== undefined) return worded('atLeast', language, { min: shown(min) });
  return max === undefined ? '' : worded('atMost', language, { max: shown(max) });
}
