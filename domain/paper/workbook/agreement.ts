// Do the visible words of a workbook agree with the form? Its hidden names alone do not show that a cell was moved.
import type { Language } from '../../failure.ts';
import { isBlankCell, writable, type Cell } from './cell/cell.ts';
import type { Slot } from './cell/slot.ts';

/** A workbook made in one language is read in the other. */
export type InBoth<T> = Readonly<Record<Language, T>>;
const LANGUAGES: readonly Language[] = ['zh', 'en'];

export const inBoth = <T>(make: (language: Language) => T): InBoth<T> => ({ zh: make('zh'), en: make('en') });

/** Without spaces, widths and stars: people change these without a meaning. */
const bareText = (text: string): string =>
  writable(text)
    .normalize('NFKC')
    .replace(/[\s*]+/g, '');

export const textIn = (cell: Cell | undefined): string =>
  typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '';

/** In either language. */
export const agrees = (cell: Cell | undefined, expected: InBoth<string>): boolean =>
  (cell === undefined || typeof cell === 'string' || typeof cell === 'number') &&
  LANGUAGES.some((language) => bareText(textIn(cell)) === bareText(expected[language]));

/** Words added to a cell beside the ones we wrote; null where ours have gone, `''` where nothing was added. */
function addedTo(cell: Cell | undefined, expected: InBoth<string>): string | null {
  const said = bareText(textIn(cell));
  for (const language of LANGUAGES) {
    const words = bareText(expected[language]);
    if (words !== '' && said.includes(words)) return said.replace(words, '');
  }
  return null;
}

export type Hint = { cell: Cell | undefined; expected: InBoth<string> };

/**
 * Hints as they stand now, by place. `another`: the first that is the hint of another place, so that a cell was moved.
 * `kept`: hints as we wrote them; `gone`: other words. `added`: words written beside a hint.
 */
export type JudgedHints = {
  another: number | null;
  kept: number;
  gone: number[];
  added: Map<number, string>;
};

export function judgeHints(hints: readonly Hint[]): JudgedHints {
  const judged: JudgedHints = { another: null, kept: 0, gone: [], added: new Map() };
  for (const [place, { cell, expected }] of hints.entries()) {
    const more = addedTo(cell, expected);
    if (more !== null) judged.kept += 1;
    else if (!isBlankCell(cell)) {
      if (hints.some((other) => agrees(cell, other.expected))) judged.another ??= place;
      judged.gone.push(place);
    }
    const words = more ?? textIn(cell).trim();
    if (words !== '') judged.added.set(place, words);
  }
  return judged;
}

/** The words of each slot, by the function that gives them. */
export const slotWords = (
  slots: InBoth<readonly Slot[]>,
  place: number,
  textOf: (slot: Slot, language: Language) => string,
): InBoth<string> =>
  inBoth((language) => {
    const slot = slots[language][place];
    return slot ? textOf(slot, language) : '';
  });
