// The house style of Word documents: A4 as official documents are (GB/T 9704), and the parts they are made of.
import {
  AlignmentType,
  BorderStyle,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  convertMillimetersToTwip as mm,
  type IParagraphOptions,
  type ITableBordersOptions,
  type IRunOptions,
  type ISectionPropertiesOptions,
} from 'docx';
import { printable } from '../../../domain/printable.ts';

/** A4 in twentieths of a point, Word's unit. */
const PAGE = { width: 11_906, height: 16_838 };
/** GB/T 9704: these margins leave 156 mm by 225 mm for the text. */
const MARGIN = { top: mm(37), left: mm(28), right: mm(26), bottom: mm(35) };
export const TEXT_WIDTH = mm(156);

/** The same for a turned page: the binding margin becomes the upper one. */
const MARGIN_TURNED = { top: MARGIN.left, right: MARGIN.top, bottom: MARGIN.right, left: MARGIN.bottom };
export const WIDE_TEXT_WIDTH = mm(225);

export const OFFICIAL_PAGE: ISectionPropertiesOptions = { page: { size: PAGE, margin: MARGIN } };
export const TURNED_PAGE: ISectionPropertiesOptions = {
  page: { size: { ...PAGE, orientation: PageOrientation.LANDSCAPE }, margin: MARGIN_TURNED },
};

/**
 * In half points: 26 pt (一号) and 18 pt (小二) in the head, 22 pt (二号) for a title beneath it, 16 pt (三号) for text,
 * 14 pt (四号) in tables, 12 pt below.
 */
export const SIZE = { title: 52, office: 36, heading: 44, text: 32, cell: 28, note: 24 };
export const FONTS = {
  text: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: 'FangSong' },
  /** 小标宋 is the font of titles; a machine without it uses the nearest (`packDocument`). */
  title: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体' },
  head: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: 'SimHei' },
};
/** Space between the parts, in twentieths of a point: a slip of usual length stays on one page. */
export const GAP = { small: 100, middle: 200, large: 320 };

export const run = (text: string, more: Partial<IRunOptions> = {}): TextRun =>
  new TextRun({ text: printable(text), font: FONTS.text, size: SIZE.text, ...more });

export const paragraph = (children: TextRun[], more: Partial<IParagraphOptions> = {}): Paragraph =>
  new Paragraph({ children, ...more });

export type CellStyle = {
  width: number;
  run?: Partial<IRunOptions>;
  alignment?: IParagraphOptions['alignment'];
  /** Above and below the text. */
  padding?: number;
  /** Behind the text, as `FDE9E7`. */
  fill?: string;
  /** On one page with the row below. */
  keepNext?: boolean;
};

/** A cell with a paragraph for each line of its text. */
export const tableCell = (text: string, style: CellStyle): TableCell =>
  new TableCell({
    width: { size: style.width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: {
      top: style.padding ?? GAP.small,
      bottom: style.padding ?? GAP.small,
      left: GAP.small,
      right: GAP.small,
    },
    ...(style.fill === undefined ? {} : { shading: { fill: style.fill } }),
    children: text.split('\n').map((line) =>
      paragraph([run(line, { size: SIZE.cell, ...style.run })], {
        keepNext: style.keepNext === true,
        ...(style.alignment === undefined ? {} : { alignment: style.alignment }),
      }),
    ),
  });

/** Lines around a table and between its cells. */
export function ruledIn(color: string): ITableBordersOptions {
  const line = { style: BorderStyle.SINGLE, size: 6, color };
  return { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line };
}

/** Ruled all around in one colour; `headRows` are repeated on every page. */
export function ruledTable(
  rows: readonly TableCell[][],
  { widths, color, headRows = 0 }: { widths: readonly number[]; color: string; headRows?: number },
): Table {
  return new Table({
    width: { size: widths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths: [...widths],
    borders: ruledIn(color),
    rows: rows.map(
      (children, index) => new TableRow({ cantSplit: true, tableHeader: index < headRows, children }),
    ),
  });
}

/** The number, above the line that ends a head. */
const underline = (number: string, color: string): Paragraph =>
  paragraph([run(number)], {
    alignment: AlignmentType.CENTER,
    border: { bottom: { style: BorderStyle.SINGLE, size: 18, color, space: 6 } },
    spacing: { after: GAP.large },
  });

/** The head of a red-headed document: the office, the kind, its number above a line in its colour. */
export const officialHead = (
  words: { office: string; title: string; number: string },
  color: string,
): Paragraph[] => [
  paragraph([run(words.office, { font: FONTS.title, size: SIZE.office, color })], {
    alignment: AlignmentType.CENTER,
    spacing: { after: GAP.small },
  }),
  paragraph([run(words.title, { font: FONTS.title, size: SIZE.title, color })], {
    alignment: AlignmentType.CENTER,
    spacing: { after: GAP.middle },
  }),
  underline(words.number, color),
];

/** The head of a document that goes up: the office in its colour, the number above the line, the title beneath. */
export const letterHead = (
  words: { office: string; title: string; number: string },
  color: string,
): Paragraph[] => [
  paragraph([run(words.office, { font: FONTS.title, size: SIZE.heading, color })], {
    alignment: AlignmentType.CENTER,
    spacing: { after: GAP.middle },
  }),
  underline(words.number, color),
  paragraph([run(words.title, { font: FONTS.title, size: SIZE.heading })], {
    alignment: AlignmentType.CENTER,
    spacing: { after: GAP.large },
  }),
];

/** Signer and date, at the right. */
export const signature = (lines: readonly string[]): Paragraph[] =>
  lines.map((text, index) =>
    paragraph([run(text)], {
      alignment: AlignmentType.RIGHT,
      keepNext: index < lines.length - 1,
      spacing: index === 0 ? { before: GAP.large } : {},
    }),
  );
