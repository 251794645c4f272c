// An office's document written for Word in the layout of official documents.
import {
  AlignmentType,
  Document,
  Footer,
  PageNumber,
  Paragraph,
  type ISectionOptions,
  type Table,
} from 'docx';
import type {
  DocumentBlock,
  DocumentTable,
  OfficialDocument,
} from '../../../domain/paper/summary/document/document.ts';
import { packDocument } from './pack-document.ts';
import { printable } from '../../../domain/printable.ts';
import {
  FONTS,
  GAP,
  OFFICIAL_PAGE,
  SIZE,
  TEXT_WIDTH,
  TURNED_PAGE,
  WIDE_TEXT_WIDTH,
  letterHead,
  paragraph,
  ruledTable,
  run,
  signature,
  tableCell,
} from './official-style.ts';

const RED = 'C00000';
const BLACK = '000000';
/** Twice the text's size, in twentieths of a point. */
const INDENT = SIZE.text * 20;
const FILLS: Readonly<Record<DocumentTable['rows'][number]['look'], string | undefined>> = {
  plain: undefined,
  total: 'F4F6F9',
  missing: 'FDE2E0',
  waiting: 'FFF4CF',
};
/** Tables of figures are set smaller than text, so that six columns fit. */
const TABLE_SIZE = 21;
/** Tables with up to this many rows are not split across pages. */
const KEPT_TOGETHER = 6;
/** In twentieths of a point: a dozen parts and their head fit on one page together with their text. */
const TABLE_PADDING = 40;

export function renderDocument(document: OfficialDocument): Promise<Buffer> {
  const { office, title, number, to } = document;
  const lead = to === null ? [] : [paragraph([run(to)])];
  const pages = pagesOf(document.blocks);
  return packDocument(
    new Document({
      title: printable(title),
      creator: printable(office),
      sections: pages.map(({ isWide, blocks }, nth): ISectionOptions => ({
        properties: isWide ? TURNED_PAGE : OFFICIAL_PAGE,
        footers: { default: pageFooter() },
        children: [
          ...(nth === 0 ? [...letterHead({ office, title, number }, RED), ...lead] : []),
          ...blocks.flatMap(blockOf),
          ...(nth === pages.length - 1 ? signature(document.signature) : []),
        ],
      })),
    }),
  );
}

type Pages = { isWide: boolean; blocks: DocumentBlock[] };

/** Begins and ends upright; a heading goes with the table below it, a note with the table above it. */
function pagesOf(blocks: readonly DocumentBlock[]): Pages[] {
  const first: Pages = { isWide: false, blocks: [] };
  const pages = [first];
  let last = first;
  for (const block of blocks) {
    const isWide = 'table' in block ? block.isWide === true : last.isWide && 'note' in block;
    if (isWide !== last.isWide) {
      const next: Pages = { isWide, blocks: isWide ? headingsAtEnd(last.blocks) : [] };
      pages.push(next);
      last = next;
    }
    last.blocks.push(block);
  }
  return last.isWide ? [...pages, { isWide: false, blocks: [] }] : pages;
}

/** Taken from the end. */
function headingsAtEnd(blocks: DocumentBlock[]): DocumentBlock[] {
  const from = blocks.findLastIndex((block) => !('heading' in block)) + 1;
  return blocks.splice(from);
}

/** The page's number between two dashes. */
export const pageFooter = (): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          run('— ', { size: SIZE.cell }),
          run('', { children: [PageNumber.CURRENT], size: SIZE.cell }),
          run(' —', { size: SIZE.cell }),
        ],
      }),
    ],
  });

function blockOf(block: DocumentBlock): (Paragraph | Table)[] {
  if ('heading' in block) return [headingOf(block.heading, block.level)];
  if ('note' in block)
    return [
      paragraph([run(block.note, { size: SIZE.note })], { spacing: { before: GAP.small, after: GAP.small } }),
    ];
  // Word would join two tables with nothing between them.
  if ('table' in block) return [tableOf(block.table, block.isWide ? WIDE_TEXT_WIDTH : TEXT_WIDTH), gap()];
  return block.text.split('\n').map((line) => paragraph([run(line)], { indent: { firstLine: INDENT } }));
}

const gap = (): Paragraph => paragraph([run('', { size: 2 })], { spacing: { after: GAP.small } });

const headingOf = (text: string, level: 1 | 2): Paragraph =>
  paragraph([run(text, { font: FONTS.head, bold: level === 2, color: BLACK })], {
    keepNext: true,
    heading: level === 1 ? 'Heading1' : 'Heading2',
    indent: { firstLine: INDENT },
    spacing: { before: GAP.middle, after: GAP.small },
  });

function tableOf({ columns, rows }: DocumentTable, width: number): Table {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((width * share) / shares));
  const head = columns.map(({ text }, index) =>
    tableCell(text, {
      width: widths[index] ?? 0,
      keepNext: true,
      run: { font: FONTS.head, size: TABLE_SIZE },
      alignment: AlignmentType.CENTER,
    }),
  );
  const body = rows.map(({ cells, look }, nth) =>
    cells.map((text, index) => {
      const fill = FILLS[look];
      return tableCell(text, {
        width: widths[index] ?? 0,
        padding: TABLE_PADDING,
        keepNext: rows.length <= KEPT_TOGETHER && nth < rows.length - 1,
        run: { size: TABLE_SIZE, bold: look === 'total' },
        alignment: columns[index]?.isNumber === true ? AlignmentType.RIGHT : AlignmentType.LEFT,
        ...(fill === undefined ? {} : { fill }),
      });
    }),
  );
  return ruledTable([head, ...body], { widths, color: BLACK, headRows: 1 });
}
