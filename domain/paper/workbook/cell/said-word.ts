// Words people write into cells for yes, for no, for nothing at all, and for an option.

const isOneOf = (text: string, words: readonly string[]): boolean =>
  words.includes(text.normalize('NFKC').trim().toLowerCase());

/** In both languages, for any workbook; also the words spreadsheets use themselves, and people's ticks. */
const YES = ['是', '是的', '有', '对', '√', '✓', '✔', '☑', 'yes', 'y', 'true'];
const NO = ['否', '不是', '无', '没有', '×', '✗', '✘', '✕', '☒', 'no', 'n', 'false'];
export const isYes = (text: string): boolean => isOneOf(text, YES);
export const isNo = (text: string): boolean => isOneOf(text, NO);

const NOTHING = [
  '-',
  '--',
  '—',
  '——',
  '–',
  '/',
  '\\',
  '无',
  '没有',
  '暂无',
  '空',
  'n/a',
  'na',
  'none',
  'nil',
];

/** Written for nothing, where an empty cell says it. */
export const isNothing = (text: string): boolean => isOneOf(text, NOTHING);

/** An option without differences of keyboards: width, dash, colon, spaces, a 0 before an hour. */
const plainOption = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u2010-\u2015\u2212~～〜至]/g, '-')
    .replace(/\s+/g, '')
    .replace(/(?<!\d)0(?=\d:\d\d)/g, '')
    .toLowerCase();

/** The one option that is meant; null where none is, or more than one could be. */
export function meantOption(options: readonly string[], said: string): string | null {
  const found = options.filter((option) => plainOption(option) === plainOption(said));
  return found.length === 1 ? (found[0] ?? null) : null;
}
