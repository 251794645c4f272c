// The values the spreadsheet itself lets into an input cell while it is filled in; the form checks again later.
import type { Language } from '../../failure.ts';
import { isNumeric } from '../../form/field-kind.ts';
import { MAX_ABSOLUTE } from '../../exact.ts';
import { columnName, writable } from './cell/cell.ts';
import { hintOf, lengthOf } from './hint.ts';
import { LISTS_MARKER, LISTS_SHEET } from './marker.ts';
import type { Allowed, Format, PlannedRow, SheetPlan, Validation } from './sheet-plan.ts';
import type { Slot } from './cell/slot.ts';
import { noWord, worded, yesWord } from './words.ts';

/** The lists of all drop-downs, each a column of one hidden sheet: written out, they would be too long for a rule. */
export class Lists {
  readonly #columns: string[][] = [];
  readonly #known = new Map<string, number>();

  /** The place of a list; equal ones share theirs. */
  place(options: readonly string[]): { column: string; count: number } {
    const list = options.map(writable);
    const name = JSON.stringify(list);
    const at = this.#known.get(name) ?? this.#columns.push(list) - 1;
    this.#known.set(name, at);
    // Behind the column of the marker.
    return { column: columnName(at + 2), count: list.length };
  }

  sheet(): SheetPlan {
    const rows: PlannedRow[] = [{ at: 1, cells: [{ column: 1, value: LISTS_MARKER, look: 'hidden' }] }];
    const longest = Math.max(0, ...this.#columns.map((list) => list.length));
    for (let index = 0; index < longest; index += 1) {
      const cells = this.#columns.flatMap((list, at) =>
        index < list.length ? [{ column: at + 2, value: list[index] ?? '', look: 'hidden' as const }] : [],
      );
      if (index === 0) rows[0]?.cells.push(...cells);
      else rows.push({ at: index + 1, cells });
    }
    return {
      name: LISTS_SHEET,
      isHidden: true,
      columns: [],
      rows,
      validations: [],
      headRows: 0,
      isList: false,
    };
  }
}

export function fieldFormat({ of, part }: Slot): Format {
  if (part !== null) return 'text';
  switch (of.type) {
    case 'integer':
    case 'number':
    case 'percent':
    case 'date':
      return of.type;
    default:
      // As text: a value that begins with = is not worked out, and 007 stays 007.
      return 'text';
  }
}

function allowedIn(slot: Slot, lists: Lists, language: Language): Allowed {
  const { of, part } = slot;
  if (part !== null) return { kind: 'length', max: lengthOf(slot) };
  if (isNumeric(of.type)) {
    const [least, most] = of.type === 'percent' ? [0, 1] : [-MAX_ABSOLUTE, MAX_ABSOLUTE];
    const kind = of.type === 'integer' ? 'integer' : 'number';
    return { kind, min: of.min ?? least, max: of.max ?? most };
  }
  if (of.type === 'choice') return { kind: 'list', ...lists.place(of.options ?? []) };
  if (of.type === 'boolean') return { kind: 'list', ...lists.place([yesWord(language), noWord(language)]) };
  return of.type === 'date' ? { kind: 'date' } : { kind: 'length', max: lengthOf(slot) };
}

/** Characters of the message a spreadsheet shows. */
const MESSAGE_LENGTH = 250;

export const validationOf = (slot: Slot, range: string, lists: Lists, language: Language): Validation => ({
  range,
  allowed: allowedIn(slot, lists, language),
  title: worded('wrong', language),
  text: hintOf(slot, language).slice(0, MESSAGE_LENGTH),
});
