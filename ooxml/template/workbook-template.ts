// An office's own workbook: finds its names and fills its named cells. All else stays as it is: looks, charts,
// formulas.
import path from 'node:path';
import { columnName } from '../../domain/paper/workbook/cell/cell.ts';
import type { FilledCell, Filling } from '../../domain/paper/template/filling.ts';
import { noteParts, type CellNote } from './cell-notes.ts';
import { packParts } from '../package/pack-parts.ts';
import { columnOf, MAX_SHEET_ROWS, SheetPart } from './sheet-part.ts';
import type { TemplateParts } from './template-parts.ts';
import { elements } from './xml-text.ts';

const WORKBOOK = 'xl/workbook.xml';
const RELATIONS = 'xl/_rels/workbook.xml.rels';

/** A name's place: the part of its sheet, its first cell, its size. */
type Place = { part: string; row: number; column: number; rows: number; columns: number };

/** Names a spreadsheet makes by itself, such as a print area. */
const BUILT_IN = /^_xl/i;
/** `'Sheet 1'!$B$3` or `Sheet1!$B$3:$F$9`. */
const RANGE = /^(?:'((?:[^']|'')+)'|([^'!]+))!\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$/;

export const namesOfWorkbook = (parts: TemplateParts): string[] => [...placesIn(parts).keys()];

/** `rest` says how many rows (`{n}`) had no room. */
export function fillWorkbook(
  parts: TemplateParts,
  fillings: Readonly<Record<string, Filling>>,
  rest: string,
): Buffer {
  const places = placesIn(parts);
  const all = new Set(sheetsIn(parts).values());
  const sheets = new Map<string, SheetPart>();
  const notes = new Map<string, CellNote[]>();
  for (const [name, filling] of Object.entries(fillings)) {
    const place = places.get(name);
    // A name that is missing was reported when the template was stored.
    if (!place) continue;
    const sheet = sheets.get(place.part) ?? new SheetPart(textOf(parts, place.part));
    sheets.set(place.part, sheet);
    if ('cell' in filling) {
      sheet.write(place.row, place.column, filling.cell);
      noteCell(notes, place, filling.cell);
    } else fillRows(sheet, place, filling, rest);
  }
  const filled = [...parts].map(([name, content]): [string, Buffer] => {
    if (name === WORKBOOK) return [name, Buffer.from(reckonedAnew(content.toString()))];
    const sheet = sheets.get(name);
    if (!sheet && !all.has(name)) return [name, content];
    return [name, Buffer.from(withoutResults(sheet?.toXml() ?? content.toString()))];
  });
  return packParts(withNotes(new Map(filled), notes));
}

/** A comment beside a cell says what is written instead of a number. */
function noteCell(notes: Map<string, CellNote[]>, { part, row, column }: Place, cell: FilledCell): void {
  if (!('isNumber' in cell) || cell.words === '') return;
  const note = { address: `${columnName(column)}${row}`, row, column, words: cell.words };
  notes.set(part, [...(notes.get(part) ?? []), note]);
}

function withNotes(
  parts: Map<string, Buffer>,
  notes: ReadonlyMap<string, readonly CellNote[]>,
): Map<string, Buffer> {
  for (const [part, some] of notes) {
    const sheet = { part, xml: textOf(parts, part) };
    for (const [name, xml] of noteParts(parts, sheet, some)) parts.set(name, Buffer.from(xml));
  }
  return parts;
}

const textOf = (parts: TemplateParts, name: string): string =>
  (parts.get(name) ?? Buffer.alloc(0)).toString();

/** Parts of the sheets by the sheets' names. */
function sheetsIn(parts: TemplateParts): Map<string, string> {
  const relations = elements(textOf(parts, RELATIONS), 'Relationship');
  const targets = new Map([...relations].map(({ at }) => [at['Id'], at['Target'] ?? '']));
  const sheets = new Map<string, string>();
  for (const { at } of elements(textOf(parts, WORKBOOK), 'sheet')) {
    const [, id] = Object.entries(at).find(([name]) => name.endsWith(':id')) ?? [];
    // Absolute within the file, or relative to the workbook.
    const part = path.posix.resolve('/xl', targets.get(id) ?? '').slice(1);
    if (at['name'] !== undefined && parts.has(part)) sheets.set(at['name'], part);
  }
  return sheets;
}

/** Names of one cell or one range; a formula or a name of several places cannot be written to. */
function placesIn(parts: TemplateParts): Map<string, Place> {
  const sheets = sheetsIn(parts);
  const places = new Map<string, Place>();
  for (const { at, text } of elements(textOf(parts, WORKBOOK), 'definedName')) {
    const name = at['name'] ?? '';
    if (name === '' || BUILT_IN.test(name) || at['hidden'] === '1' || places.has(name)) continue;
    const place = placeOf(text, sheets);
    if (place) places.set(name, place);
  }
  return places;
}

function placeOf(range: string, sheets: ReadonlyMap<string, string>): Place | null {
  const [, quoted, plain = '', letters = '', digits = '', toLetters = letters, toDigits = digits] =
    RANGE.exec(range) ?? [];
  const part = sheets.get(quoted?.replaceAll("''", "'") ?? plain);
  const [row, column] = [Number(digits), columnOf(letters)];
  const [rows, columns] = [Number(toDigits) - row + 1, columnOf(toLetters) - column + 1];
  if (part === undefined || row < 1 || rows < 1 || columns < 1 || row + rows > MAX_SHEET_ROWS) return null;
  return { part, row, column, rows, columns };
}

function fillRows(
  sheet: SheetPart,
  { row, column, ...size }: Place,
  { rows }: Extract<Filling, { rows: unknown }>,
  rest: string,
): void {
  const isRange = size.rows > 1;
  const width = size.columns > 1 ? size.columns : Math.max(1, rows[0]?.length ?? 1);
  const room = isRange ? size.rows : roomBelow(sheet, { row, column, width }, rows.length);
  const shown = rows.length > room ? rows.slice(0, room - 1) : rows;
  // A range says how far its sample rows go; below a single cell no row is a sample.
  const lines = Math.max(shown.length, isRange ? Math.min(size.rows, MAX_CLEARED) : 1);
  for (let at = 0; at < lines; at += 1) {
    for (let n = 0; n < width; n += 1) {
      // Further lines look as the first.
      const like = { row, column: column + n };
      sheet.write(row + at, column + n, shown[at]?.[n] ?? { words: '' }, like);
    }
  }
  if (shown.length < rows.length) {
    const words = rest.replace('{n}', String(rows.length - shown.length));
    sheet.write(row + shown.length, column, { words }, { row, column });
  }
}

/** Empties the sample rows of a range, up to this many; no template has more. */
const MAX_CLEARED = 10_000;

/** The free lines down to the next that has something of the office's own: that is never written over. */
function roomBelow(
  sheet: SheetPart,
  { row, column, width }: { row: number; column: number; width: number },
  wanted: number,
): number {
  for (let at = 1; at < wanted; at += 1) {
    for (let n = 0; n < width; n += 1) if (sheet.isTaken(row + at, column + n)) return at;
  }
  return Math.max(1, Math.min(wanted, MAX_SHEET_ROWS - row));
}

/**
 * The stored results of the office's formulas are out of date and are removed: a program that does not calculate shows
 * nothing.
 */
const withoutResults = (sheet: string): string =>
  sheet.replace(/(<((?:\w+:)?)f(?:\s[^>]*?)?(?:\/>|>[^<]*<\/\2f>))<\2v(?:\s[^>]*)?>[^<]*<\/\2v>/g, '$1');

/** Tells the spreadsheet to calculate everything on opening, without asking whether anything has changed. */
function reckonedAnew(workbook: string): string {
  const anew = ' fullCalcOnLoad="1"';
  if (/<(?:\w+:)?calcPr[\s/>]/.test(workbook))
    return workbook
      .replace(/(<(?:\w+:)?calcPr[^>]*?)\sfullCalcOnLoad\s*=\s*("[^"]*"|'[^']*')/, '$1')
      .replace(/(<(?:\w+:)?calcPr)/, `$1${anew}`);
  return workbook.replace(
    /<\/((?:\w+:)?)definedNames>/,
    (end, prefix: string) => `${end}<${prefix}calcPr${anew}/>`,
  );
}
