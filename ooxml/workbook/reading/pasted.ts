// Cells under a picture, a text box or a comment: these are not read, and the reader's result says so.
import { cellName } from '../../../domain/paper/workbook/cell/cell.ts';
import type { ZipParts } from '../../package/zip-parts.ts';
import { UnreadableWorkbook } from './unreadable.ts';
import { relationsName, relationsOf } from './workbook-parts.ts';
import { attributeOf } from './xml-tokens.ts';
import { readXml } from './xml-part.ts';

/** Of one sheet; the first ones stand for the rest. */
const MOST = 20;
/** Limits of the file format, in digits. */
const NUMBER = /^\d{1,7}$/;

export async function pastedOver(parts: ZipParts, sheet: string): Promise<string[]> {
  const cells = new Set<string>();
  if (!parts.has(relationsName(sheet))) return [];
  for (const { type, target } of await relationsOf(parts, sheet)) {
    const read = parts.has(target) ? READERS.get(type) : undefined;
    if (read) await read(parts, target, cells).catch(toldSomewhere(cells));
  }
  return [...cells];
}

/** A drawing that cannot be read is no reason to refuse the cells: it is reported all the same. */
const toldSomewhere = (cells: Set<string>) => (error: unknown) => {
  if (!(error instanceof UnreadableWorkbook && error.reason === 'DAMAGED')) throw error;
  keep(cells, 'A1');
};

const keep = (cells: Set<string>, cell: string): void => {
  if (cells.size < MOST) cells.add(cell);
};

async function readDrawing(parts: ZipParts, path: string, cells: Set<string>): Promise<void> {
  const from = { isOpen: false, tag: '', col: 0, row: 0 };
  await readXml(parts, path, {
    open: (tag) => {
      if (tag === 'from') from.isOpen = true;
      from.tag = tag;
      if (tag === 'pic' || tag === 'sp' || tag === 'graphicFrame')
        keep(cells, cellName(from.row + 1, from.col + 1));
    },
    text: (said) => {
      if (from.isOpen && (from.tag === 'col' || from.tag === 'row') && NUMBER.test(said))
        from[from.tag] = Number(said);
    },
    close: (tag) => {
      if (tag === 'from') from.isOpen = false;
      from.tag = '';
    },
  });
}

async function readComments(parts: ZipParts, path: string, cells: Set<string>): Promise<void> {
  await readXml(parts, path, {
    open: (tag, attributes) => {
      const cell = tag === 'comment' ? attributeOf(attributes, 'ref') : undefined;
      if (cell !== undefined && /^[A-Z]{1,3}\d{1,7}$/.test(cell)) keep(cells, cell);
    },
  });
}

const READERS: ReadonlyMap<string, typeof readDrawing> = new Map([
  ['drawing', readDrawing],
  ['comments', readComments],
]);
