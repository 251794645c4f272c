// The cells of one sheet of an office's workbook, as its XML has them: some are written, all else stays letter by
// letter.
import { columnName } from '../../domain/paper/workbook/cell/cell.ts';
import { printable } from '../../domain/printable.ts';
import type { FilledCell } from '../../domain/paper/template/filling.ts';
import { attributesOf, escaped } from './xml-text.ts';

/** `xml` is all of it, from `<c` to its end. */
type KeptCell = { xml: string; style: string | undefined; inside: string };
type KeptRow = { attributes: string; cells: Map<number, KeptCell> };

/** Excel's limits: letters of one cell, rows of a sheet. */
const MAX_LETTERS = 32_767;
export const MAX_SHEET_ROWS = 1_048_576;

const DATA = /<((?:\w+:)?)sheetData(?:\s[^>]*)?(?:\/>|>([\s\S]*?)<\/\1sheetData>)/;

export class SheetPart {
  private readonly xml: string;
  private readonly prefix: string;
  private readonly data: { from: number; to: number };
  private readonly rows = new Map<number, KeptRow>();

  /** Throws where it is no sheet. */
  constructor(xml: string) {
    const found = DATA.exec(xml);
    if (!found) throw new Error('no sheet');
    this.xml = xml;
    this.prefix = found[1] ?? '';
    this.data = { from: found.index, to: found.index + found[0].length };
    let last = 0;
    for (const [, attributes = '', inside = ''] of (found[2] ?? '').matchAll(
      elementsOf(`${this.prefix}row`),
    )) {
      last = Number(attributesOf(attributes)['r'] ?? last + 1);
      this.rows.set(last, { attributes, cells: cellsIn(inside, this.prefix) });
    }
  }

  /** Has the office put something there? */
  isTaken(row: number, column: number): boolean {
    return (this.cellAt(row, column)?.inside ?? '') !== '';
  }

  /** A formula stays: it is the office's own. A cell without a style takes that of `like`. */
  write(row: number, column: number, cell: FilledCell, like?: { row: number; column: number }): void {
    const present = this.cellAt(row, column);
    if (present && new RegExp(`<${this.prefix}f[\\s>/]`).test(present.inside)) return;
    const style = present?.style ?? (like && this.cellAt(like.row, like.column)?.style);
    const kept = this.rows.get(row) ?? { attributes: ` r="${row}"`, cells: new Map<number, KeptCell>() };
    this.rows.set(row, kept);
    kept.cells.set(column, this.made(`${columnName(column)}${row}`, style, cell));
  }

  toXml(): string {
    const { prefix } = this;
    const rows = [...this.rows]
      .sort(([a], [b]) => a - b)
      .map(([, { attributes, cells }]) => {
        const inside = [...cells].sort(([a], [b]) => a - b).map(([, { xml }]) => xml);
        // A row's `spans` is only a hint, and may be wrong by now.
        const said = attributes.replace(/\sspans\s*=\s*("[^"]*"|'[^']*')/, '');
        return `<${prefix}row${said}>${inside.join('')}</${prefix}row>`;
      });
    const data = `<${prefix}sheetData>${rows.join('')}</${prefix}sheetData>`;
    return `${this.xml.slice(0, this.data.from)}${data}${this.xml.slice(this.data.to)}`;
  }

  private cellAt(row: number, column: number): KeptCell | undefined {
    return this.rows.get(row)?.cells.get(column);
  }

  /** The text is stored in the cell itself and may begin with any character: only a formula element is a formula. */
  private made(address: string, style: string | undefined, cell: FilledCell): KeptCell {
    const { prefix } = this;
    const look = style === undefined ? '' : ` s="${style}"`;
    const [kind, inside] = this.content(cell);
    const open = `<${prefix}c r="${address}"${look}${kind}`;
    return { xml: inside === '' ? `${open}/>` : `${open}>${inside}</${prefix}c>`, style, inside };
  }

  private content(cell: FilledCell): [kind: string, inside: string] {
    const { prefix } = this;
    if ('number' in cell) return ['', `<${prefix}v>${cell.number}</${prefix}v>`];
    if (cell.words === '' || cell.isNumber) return ['', ''];
    const text = escaped(printable(cell.words).slice(0, MAX_LETTERS));
    return [
      ' t="inlineStr"',
      `<${prefix}is><${prefix}t xml:space="preserve">${text}</${prefix}t></${prefix}is>`,
    ];
  }
}

const elementsOf = (name: string): RegExp =>
  new RegExp(`<${name}(\\s[^>]*?)?(?:/>|>([\\s\\S]*?)</${name}>)`, 'g');

function cellsIn(row: string, prefix: string): Map<number, KeptCell> {
  const cells = new Map<number, KeptCell>();
  let last = 0;
  for (const [xml, attributes = '', inside = ''] of row.matchAll(elementsOf(`${prefix}c`))) {
    const { r, s } = attributesOf(attributes);
    last = r === undefined ? last + 1 : columnOf(r);
    cells.set(last, { xml, style: s, inside });
  }
  return cells;
}

/** Of `AB12` the 28. */
export function columnOf(address: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/.exec(address)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column;
}
