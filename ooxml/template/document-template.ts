// An office's own document: finds its `{{placeholders}}` and replaces each with its content.
import { patchDetector, patchDocument, PatchType, TextRun, type IPatch, type ParagraphChild } from 'docx';
import type { Filling } from '../../domain/paper/template/filling.ts';
import { printable } from '../../domain/printable.ts';
import { ruledTable, tableCell, TEXT_WIDTH } from '../document/writing/official-style.ts';

const BLACK = '000000';
/** Size of tables of figures, as in the summary's own document (half points). */
const TABLE_SIZE = 21;
/** The most rows on paper; the workbook has them all. */
const MAX_ROWS = 200;

export async function namesOfDocument(bytes: Uint8Array): Promise<string[]> {
  const found = await patchDetector({ data: bytes, trimPlaceholders: true });
  return [...new Set(found)].filter((name) => name !== '');
}

/** `nothing` is written where there is no figure, `rest` says how many rows are not listed. */
export async function fillDocument(
  bytes: Uint8Array,
  fillings: Readonly<Record<string, Filling>>,
  say: { nothing: string; rest: string },
): Promise<Uint8Array> {
  const patches = Object.fromEntries(
    Object.entries(fillings).map(([name, filling]): [string, IPatch] => [
      name,
      'cell' in filling ? wordsPatch(filling.cell.words || say.nothing) : tablePatch(filling, say),
    ]),
  );
  return patchDocument({
    outputType: 'uint8array',
    data: bytes,
    patches,
    keepOriginalStyles: true,
    trimPlaceholders: true,
  });
}

/** A unit's text is never read as a placeholder, even where it looks like one. */
const plain = (text: string): string => printable(text).replaceAll('{{', '{\u2060{');

const wordsPatch = (text: string): IPatch => ({
  type: PatchType.PARAGRAPH,
  children: plain(text)
    .split('\n')
    .map((line, at): ParagraphChild => new TextRun(at === 0 ? { text: line } : { text: line, break: 1 })),
});

function tablePatch(
  { head, rows }: Extract<Filling, { rows: unknown }>,
  say: { nothing: string; rest: string },
): IPatch {
  if (rows.length === 0 || head.length === 0) return wordsPatch(say.nothing);
  const width = Math.floor(TEXT_WIDTH / head.length);
  const cell = (text: string) => tableCell(plain(text), { width, run: { size: TABLE_SIZE } });
  const lines = rows.slice(0, MAX_ROWS).map((row) => row.map(({ words }) => cell(words)));
  const rest = rows.length > MAX_ROWS ? say.rest.replace('{n}', String(rows.length - MAX_ROWS)) : null;
  const last = rest === null ? [] : [head.map((_, at) => cell(at === 0 ? rest : ''))];
  return {
    type: PatchType.DOCUMENT,
    children: [
      ruledTable([head.map(cell), ...lines, ...last], {
        widths: head.map(() => width),
        color: BLACK,
        headRows: 1,
      }),
    ],
  };
}
