// The texts that cells refer to by number.
import { CellText } from './cell-text.ts';
import { UnreadableWorkbook } from './unreadable.ts';
import { readXml } from './xml-part.ts';
import type { ZipParts } from '../../package/zip-parts.ts';

/** All texts together, in UTF-16 units: 40 MB. */
const MAX_LENGTH = 20_000_000;
const MAX_STRINGS = 1_000_000;

export async function readSharedStrings(parts: ZipParts, path: string | null): Promise<string[]> {
  const strings: string[] = [];
  if (path === null) return strings;
  const text = new CellText();
  let length = 0;
  await readXml(parts, path, {
    open: (name) => {
      text.open(name);
    },
    text: (said) => {
      text.text(said);
    },
    close: (name) => {
      text.close(name);
      if (name !== 'si') return;
      const string = text.take();
      length += string.length;
      if (length > MAX_LENGTH || strings.length >= MAX_STRINGS) throw new UnreadableWorkbook('TOO_LARGE');
      strings.push(string);
    },
  });
  return strings;
}
