// A supervision slip as a Word document, with title and lines in the slip's colour.
import { packDocument } from './pack-document.ts';
import { AlignmentType, Document, convertMillimetersToTwip as mm, type Table } from 'docx';
import type { SlipColor } from '../../../domain/paper/slip/slip.ts';
import type { Line, SlipWords } from '../../../domain/paper/slip/slip-words.ts';
import { printable } from '../../../domain/printable.ts';
import {
  FONTS,
  GAP,
  OFFICIAL_PAGE,
  SIZE,
  TEXT_WIDTH,
  officialHead,
  paragraph,
  ruledTable,
  run,
  signature,
  tableCell,
} from './official-style.ts';

/** Dark enough to be read in print, unlike pure yellow. */
const COLORS: Readonly<Record<SlipColor, string>> = { blue: '1F4E9E', yellow: 'B7791F', red: 'C00000' };

const LABEL_WIDTH = mm(34);

const tableOf = (lines: readonly Line[], color: string): Table => {
  const widths = [LABEL_WIDTH, TEXT_WIDTH - LABEL_WIDTH] as const;
  return ruledTable(
    lines.map(({ label, text }) => [
      tableCell(label, {
        width: widths[0],
        run: { font: FONTS.head },
        alignment: AlignmentType.CENTER,
      }),
      tableCell(text, { width: widths[1], alignment: AlignmentType.LEFT }),
    ]),
    { widths, color },
  );
};

export function renderSlip(words: SlipWords, slipColor: SlipColor): Promise<Buffer> {
  const color = COLORS[slipColor];
  const { countersign } = words;
  const document = new Document({
    title: `${words.title} ${words.number}`,
    creator: printable(words.office),
    sections: [
      {
        properties: OFFICIAL_PAGE,
        children: [
          ...officialHead(words, color),
          tableOf(words.facts, color),
          ...signature(words.signature),
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
  return packDocument(document);
}
