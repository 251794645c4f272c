// How a style shows a number: as a day, a time of day, a percentage or a code with leading zeros. Only the style says
// so.
import { UnreadableWorkbook } from './unreadable.ts';
import { attributeOf } from './xml-tokens.ts';
import { readXml } from './xml-part.ts';
import type { ZipParts } from '../../package/zip-parts.ts';

/** A limit of the file format. */
const MAX_STYLES = 65_490;

/** Built-in formats by number: dates, and those of Chinese and Japanese editions. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Times of day, and percentages. */
const isBuiltInTime = (id: number): boolean => (id >= 18 && id <= 21) || (id >= 45 && id <= 47);
const isBuiltInPercent = (id: number): boolean => id === 9 || id === 10;

/** `digits`: at least this many are shown, with leading zeros: 0571, a postcode. */
export type Shown = 'date' | 'time' | 'percent' | { digits: number } | null;

const builtIn = (id: number): Shown =>
  isBuiltInDate(id) ? 'date' : isBuiltInTime(id) ? 'time' : isBuiltInPercent(id) ? 'percent' : null;

/** Hours that count on past a day. */
const ELAPSED = /\[(?:h+|m+|s+)\]/i;

/** Longer codes than these have lost digits anyway. */
const NOUGHTS = /^0{2,15}$/;

/** Looks at the part for positive numbers, without quoted, escaped and bracketed characters. */
function shownBy(code: string): Shown {
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').split(';', 1)[0] ?? '';
  if (/[dy年月日]/i.test(bare)) return 'date';
  if (ELAPSED.test(code) || /[hs时分秒]/i.test(bare)) return 'time';
  if (/general/i.test(bare)) return null;
  if (/m/i.test(bare)) return 'date';
  if (bare.includes('%')) return 'percent';
  return NOUGHTS.test(code) ? { digits: code.length } : null;
}

/** By the number with which a cell names its style. */
export async function readStyles(parts: ZipParts, path: string | null): Promise<Shown[]> {
  const styles: Shown[] = [];
  if (path === null) return styles;
  const codes = new Map<number, Shown>();
  let isCellStyles = false;
  await readXml(parts, path, {
    open: (name, attributes) => {
      if (name === 'cellXfs') isCellStyles = true;
      if (name === 'numFmt' && codes.size < MAX_STYLES)
        codes.set(
          Number(attributeOf(attributes, 'numFmtId')),
          shownBy(attributeOf(attributes, 'formatCode') ?? ''),
        );
      if (name !== 'xf' || !isCellStyles) return;
      if (styles.length >= MAX_STYLES) throw new UnreadableWorkbook('TOO_LARGE');
      const id = Number(attributeOf(attributes, 'numFmtId') ?? 0);
      const own = codes.get(id);
      styles.push(own === undefined ? builtIn(id) : own);
    },
    close: (name) => {
      if (name === 'cellXfs') isCellStyles = false;
    },
  });
  return styles;
}
