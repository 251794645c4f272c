// A supervision slip as a Word document: A4, set as official documents are (GB/T 9704), the title in the slip's colour.
import {
  AlignmentType,
  BorderStyle,
  Document,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  convertMillimetersToTwip as mm,
  type IParagraphOptions,
  type IRunOptions,
} from 'docx';
import type { SlipColor } from '../../domain/slip/slip.ts';
import type { Line, SlipWords } from '../../domain/slip/slip-words.ts';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Dark enough to be read in print: a pure yellow is not. */
const COLORS: Readonly<Record<SlipColor, string>> = { blue: '1F4E9E', yellow: 'B7791F', red: 'C00000' };

/** A4 in twentieths of a point, as Word knows it. */
const PAGE = { width: 11_906, height: 16_838 };
/** GB/T 9704: these margins leave the 156 mm by 225 mm that text is set in. */
const MARGIN = { top: mm(37), left: mm(28), right: mm(26), bottom: mm(35) };
const TEXT_WIDTH = mm(156);
const LABEL_WIDTH = mm(34);

/** In half points: 26 pt (一号) and 18 pt (小二) in the head, 16 pt (三号) for text, 14 pt (四号) in tables, 12 pt below. */
const SIZE = { title: 52, office: 36, text: 32, cell: 28, note: 24 };
const FONTS = {
  text: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: 'FangSong' },
  head: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: 'SimHei' },
};
/** What separates the parts, in twentieths of a point: a slip of usual length stays on one page. */
const GAP = { small: 100, middle: 200, large: 320 };

/** XML has no place for most control characters: one in a title would make a file that Word refuses. */
const printable = (text: string): string =>
  text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');

const run = (text: string, more: Partial<IRunOptions> = {}): TextRun =>
  new TextRun({ text: printable(text), font: FONTS.text, size: SIZE.text, ...more });

const paragraph = (children: TextRun[], more: Partial<IParagraphOptions> = {}): Paragraph =>
  new Paragraph({ children, ...more });

const cell = (text: string, width: number, isLabel: boolean): TableCell =>
  new TableCell({
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    margins: { top: GAP.small, bottom: GAP.small, left: GAP.small, right: GAP.small },
    children: [
      paragraph([run(text, { size: SIZE.cell, ...(isLabel ? { font: FONTS.head } : {}) })], {
        alignment: isLabel ? AlignmentType.CENTER : AlignmentType.LEFT,
      }),
    ],
  });

const tableOf = (lines: readonly Line[], color: string): Table => {
  const widths = [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH];
  const border = { style: BorderStyle.SINGLE, size: 6, color };
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    borders: {
      top: border,
      bottom: border,
      left: border,
      right: border,
      insideHorizontal: border,
      insideVertical: border,
    },
    rows: lines.map(
      ({ label, text }) =>
        new TableRow({
          cantSplit: true,
          children: [cell(label, LABEL_WIDTH, true), cell(text, TEXT_WIDTH - LABEL_WIDTH, false)],
        }),
    ),
  });
};

/** The head as on a red-headed document: whose it is, what it is, its number above a line in its colour. */
const headOf = (words: SlipWords, color: string): Paragraph[] => [
  paragraph([run(words.office, { font: FONTS.head, size: SIZE.office, color })], {
    alignment: AlignmentType.CENTER,
    spacing: { after: GAP.small },
  }),
  paragraph([run(words.title, { font: FONTS.head, size: SIZE.title, bold: true, color })], {
    alignment: AlignmentType.CENTER,
    spacing: { after: GAP.middle },
  }),
  paragraph([run(words.number)], {
    alignment: AlignmentType.CENTER,
    border: { bottom: { style: BorderStyle.SINGLE, size: 18, color, space: 6 } },
    spacing: { after: GAP.large },
  }),
];

const signatureOf = (lines: readonly string[]): Paragraph[] =>
  lines.map((text, index) =>
    paragraph([run(text)], {
      alignment: AlignmentType.RIGHT,
      spacing: index === 0 ? { before: GAP.large } : {},
    }),
  );

export function renderSlip(words: SlipWords, slipColor: SlipColor): Promise<Buffer> {
  const color = COLORS[slipColor];
  const { countersign } = words;
  const document = new Document({
    title: `${words.title} ${words.number}`,
    creator: printable(words.office),
    sections: [
      {
        properties: { page: { size: PAGE, margin: MARGIN } },
        children: [
          ...headOf(words, color),
          tableOf(words.facts, color),
          ...signatureOf(words.signature),
          paragraph([run(countersign.title, { font: FONTS.head })], {
            keepNext: true,
            spacing: { before: GAP.large, after: GAP.small },
          }),
          tableOf(countersign.lines, color),
          paragraph([run(countersign.note, { size: SIZE.note })], { spacing: { before: GAP.small } }),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
