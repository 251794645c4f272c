// Which styles show a number as a date: a date in a cell is a number, and nothing but its style says so.
import { UnreadableWorkbook } from './unreadable.ts';
import { attributeOf } from './xml-tokens.ts';
import { readXml } from './xml-part.ts';
import type { Parts } from '../../office-file/zip-parts.ts';

/** A limit of the file format. */
const MAX_STYLES = 65_490;

/** Formats every spreadsheet knows by number: dates, and those of Chinese and Japanese editions. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** Of a format's code what is neither quoted, escaped nor in brackets; with a day or a year in it, it shows a date. */
const isDateCode = (code: string): boolean =>
  /[dy年月日]/i.test(code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').split(';', 1)[0] ?? '');

/** By the number a cell gives its style. */
export async function readDateStyles(parts: Parts, path: string | null): Promise<boolean[]> {
  const styles: boolean[] = [];
  if (path === null) return styles;
  const codes = new Map<number, boolean>();
  let isCellStyles = false;
  await readXml(parts, path, {
    open: (name, attributes) => {
      if (name === 'cellXfs') isCellStyles = true;
      if (name === 'numFmt' && codes.size < MAX_STYLES)
        codes.set(
          Number(attributeOf(attributes, 'numFmtId')),
          isDateCode(attributeOf(attributes, 'formatCode') ?? ''),
        );
      if (name !== 'xf' || !isCellStyles) return;
      if (styles.length >= MAX_STYLES) throw new UnreadableWorkbook('TOO_LARGE');
      const id = Number(attributeOf(attributes, 'numFmtId') ?? 0);
      styles.push(codes.get(id) ?? isBuiltInDate(id));
    },
    close: (name) => {
      if (name === 'cellXfs') isCellStyles = false;
    },
  });
  return styles;
}
