// Word documents as people upload them, and the text read from one again.
import {
  Document,
  HeadingLevel,
  Math,
  MathFraction,
  MathRun,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  type IRunOptions,
} from 'docx';
import mammoth from 'mammoth';

const IMPORTANT: IRunOptions = { text: '重点', bold: true };

/** A heading, a paragraph with bold words, a list of two and a table of one row. */
export async function docxOf(words: string): Promise<Uint8Array<ArrayBuffer>> {
  const cell = (of: string): TableCell => new TableCell({ children: [new Paragraph(of)] });
  const document = new Document({
    sections: [
      {
        children: [
          new Paragraph({ text: `${words}标题`, heading: HeadingLevel.HEADING_1 }),
          new Paragraph({ children: [new TextRun(words), new TextRun(IMPORTANT)] }),
          new Paragraph({ text: '第一条', bullet: { level: 0 } }),
          new Paragraph({ text: '第二条', bullet: { level: 0 } }),
          new Table({ rows: [new TableRow({ children: [cell('站点'), cell('12')] })] }),
        ],
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

/** One paragraph of deleted and hidden words, of superscripts and subscripts, and a formula. */
export async function oddDocx(): Promise<Uint8Array<ArrayBuffer>> {
  const runs: IRunOptions[] = [
    { text: '面积 12 m' },
    { text: '2', superScript: true },
    { text: '，CO' },
    { text: '2', subScript: true },
    { text: '作废的话', strike: true },
    { text: '看不见的话', vanish: true },
    { text: '，比例为' },
  ];
  const formula = new Math({
    children: [new MathFraction({ numerator: [new MathRun('a')], denominator: [new MathRun('b')] })],
  });
  const children = [...runs.map((run) => new TextRun(run)), formula];
  const document = new Document({ sections: [{ children: [new Paragraph({ children })] }] });
  return new Uint8Array(await Packer.toBuffer(document));
}

/** As HTML: what a reader sees, in order. */
export async function htmlOf(bytes: Uint8Array): Promise<string> {
  return (await mammoth.convertToHtml({ buffer: Buffer.from(bytes) })).value;
}
