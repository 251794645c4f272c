// Sets the content of an uploaded document in the house style, beneath the heading of its section.
import {
  AlignmentType,
  ImageRun,
  LevelFormat,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
  type INumberingOptions,
  type IParagraphOptions,
} from 'docx';
import type {
  DocxBlock,
  DocxCell,
  Paragraph as ReadParagraph,
  Run,
  Table as ReadTable,
} from '../reading/docx-content.ts';
import { printable } from '../../../domain/printable.ts';
import { FONTS, GAP, ruledIn, run, SIZE, TEXT_WIDTH } from './official-style.ts';

/** Twice the text's size, in twentieths of a point. */
export const INDENT = SIZE.text * 20;
/** GB/T 9704 sets 22 lines a page: 28 pt a line, more where a picture stands in it. */
const LINES = { line: 560, lineRule: LineRuleType.AT_LEAST };
const TABLE_LINES = { line: 320, lineRule: LineRuleType.AT_LEAST };

/** Pixels at 96 to the inch, as pictures are measured. */
const PIXELS = { width: Math.round((TEXT_WIDTH / 1440) * 96), height: 800 };
/** Word's own limit. */
const MAX_COLUMNS = 63;
/** Word has nine heading levels, the house style six. */
const MAX_LEVEL = 6;
const LEVELS = ['Heading1', 'Heading2', 'Heading3', 'Heading4', 'Heading5', 'Heading6'] as const;
const CELL_MARGIN = 80;
const BLACK = '000000';

const ORDERED = 'ordered';
const BULLETED = 'bulleted';

/** Lists of the whole document: 1. 2. 3. or dots, each level indented by two letters. */
export const NUMBERING: INumberingOptions = {
  config: [
    { reference: ORDERED, format: LevelFormat.DECIMAL },
    { reference: BULLETED, format: LevelFormat.BULLET },
  ].map(({ reference, format }) => ({
    reference,
    levels: Array.from({ length: 9 }, (_, level) => ({
      level,
      format,
      text: format === LevelFormat.BULLET ? '•' : `%${level + 1}.`,
      style: {
        run: { font: FONTS.text, size: SIZE.text },
        paragraph: { indent: { left: INDENT * (level + 2), hanging: INDENT } },
      },
    })),
  })),
};

/** 黑体, 楷体, 仿宋 bold: the three levels of an official document; deeper levels look as the third. */
export function heading(runs: readonly (TextRun | ImageRun)[], level: number): Paragraph {
  const shown = Math.min(level, MAX_LEVEL);
  return new Paragraph({
    children: [...runs],
    keepNext: true,
    heading: LEVELS[shown - 1] ?? 'Heading6',
    indent: { firstLine: INDENT },
    spacing: { ...LINES, before: shown === 1 ? GAP.middle : GAP.small, after: 0 },
  });
}

export function headingRun(text: string, level: number): TextRun {
  const kai = { ...FONTS.text, eastAsia: 'KaiTi' };
  const font = level === 1 ? FONTS.head : level === 2 ? kai : FONTS.text;
  return run(text, { font, bold: level > 2, italics: false, color: '000000' });
}

export type Setting = {
  /** Level of the section's heading: headings inside it go below. */
  level: number;
  lostPicture: string;
  lostFormula: string;
  /** A number for each ordered list, so that every one begins at 1. */
  nextList: () => number;
};

export function blocksOf(blocks: readonly DocxBlock[], setting: Setting): (Paragraph | Table)[] {
  return new Setter(setting).all(blocks, { width: PIXELS.width, isCell: false });
}

type Room = { width: number; isCell: boolean };

class Setter {
  private readonly setting: Setting;
  /** The list under way; any other block ends it. */
  private list: number | null = null;

  constructor(setting: Setting) {
    this.setting = setting;
  }

  all(blocks: readonly DocxBlock[], room: Room): (Paragraph | Table)[] {
    return blocks.flatMap((block) =>
      block.kind === 'table' ? this.table(block, room) : this.paragraph(block, room),
    );
  }

  private paragraph(read: ReadParagraph, room: Room): Paragraph[] {
    if (read.runs.every((each) => each.kind === 'text' && each.text.trim() === '')) return [];
    if (read.list === null || read.heading > 0) this.list = null;
    const level = this.setting.level + read.heading;
    if (read.heading > 0 && !room.isCell)
      return [
        heading(
          this.runs(read.runs, room, (text) => headingRun(text, Math.min(level, MAX_LEVEL))),
          level,
        ),
      ];
    return [new Paragraph({ children: this.runs(read.runs, room), ...this.layout(read, room) })];
  }

  private layout({ list, centered, runs }: ReadParagraph, { isCell }: Room): Partial<IParagraphOptions> {
    const spacing = isCell ? TABLE_LINES : LINES;
    if (list !== null) {
      this.list ??= this.setting.nextList();
      const { level, ordered } = list;
      return ordered
        ? { spacing, numbering: { reference: ORDERED, level, instance: this.list } }
        : { spacing, numbering: { reference: BULLETED, level } };
    }
    const isPicture = runs.some(({ kind }) => kind === 'picture');
    if (centered || (isPicture && !isCell)) return { spacing, alignment: AlignmentType.CENTER };
    return isCell ? { spacing } : { spacing, indent: { firstLine: INDENT } };
  }

  private runs(
    runs: readonly Run[],
    { width, isCell }: Room,
    set: (text: string) => TextRun = (text) => run(text),
  ): (TextRun | ImageRun)[] {
    return runs.map((each) => {
      switch (each.kind) {
        case 'text': {
          const { text, bold, italic, underline, script } = each;
          if (!bold && !italic && !underline && !isCell && script === undefined) return set(text);
          return run(text, {
            bold,
            italics: italic,
            ...(underline ? { underline: {} } : {}),
            superScript: script === 'super',
            subScript: script === 'sub',
            ...(isCell ? { size: SIZE.note } : {}),
          });
        }
        case 'break':
          return new TextRun({ break: 1 });
        case 'lost-picture':
          return set(this.setting.lostPicture);
        case 'lost-formula':
          return set(this.setting.lostFormula);
        case 'picture': {
          const scale = Math.min(1, width / each.width, PIXELS.height / each.height);
          const transformation = {
            width: Math.max(1, Math.round(each.width * scale)),
            height: Math.max(1, Math.round(each.height * scale)),
          };
          return new ImageRun({ type: each.type, data: Buffer.from(each.data), transformation });
        }
      }
    });
  }

  private table({ rows }: ReadTable, room: Room): (Paragraph | Table)[] {
    const columns = Math.min(MAX_COLUMNS, Math.max(0, ...rows.map(widthOf)));
    if (columns === 0) return [];
    this.list = null;
    const width = Math.floor(room.width / columns);
    const table = new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      alignment: AlignmentType.CENTER,
      margins: { left: CELL_MARGIN, right: CELL_MARGIN, top: CELL_MARGIN, bottom: CELL_MARGIN },
      borders: ruledIn(BLACK),
      rows: rows.map(
        (cells) => new TableRow({ cantSplit: true, children: cells.map((cell) => this.cell(cell, width)) }),
      ),
    });
    // Word would join two tables without a paragraph between them.
    return [table, new Paragraph({ spacing: { before: 0, after: GAP.small } })];
  }

  private cell({ colSpan, rowSpan, blocks }: DocxCell, width: number): TableCell {
    const columnSpan = Math.min(Math.max(1, colSpan), MAX_COLUMNS);
    const children = this.all(blocks, { width: width * columnSpan, isCell: true });
    return new TableCell({
      columnSpan,
      verticalAlign: VerticalAlignTable.CENTER,
      rowSpan: Math.max(1, rowSpan),
      children: children.length === 0 ? [new Paragraph('')] : children,
    });
  }
}

const widthOf = (cells: readonly DocxCell[]): number =>
  cells.reduce((sum, { colSpan }) => sum + Math.max(1, colSpan), 0);

/** A line of body text as in an official document. */
export const bodyLine = (text: string): Paragraph =>
  new Paragraph({
    children: [run(printable(text.trim()))],
    indent: { firstLine: INDENT },
    spacing: LINES,
  });

/** Small and at the right, beneath the part it belongs to. */
export const sideLine = (text: string, color = '000000'): Paragraph =>
  new Paragraph({
    children: [run(text, { size: SIZE.note, font: { ...FONTS.text, eastAsia: 'KaiTi' }, color })],
    alignment: AlignmentType.RIGHT,
    spacing: { after: GAP.small },
  });
