// The sheet of one table field: rows united, the names of each row's units, and their differences.
import type { Language } from '../../../failure.ts';
import type { Column, Field } from '../../../form/field.ts';
import { cellIn, type Json, type Row } from '../../../form/value.ts';
import { figureFormat, widthOf } from './figure-column.ts';
import { sourceLine, type ItemFigures, type SummaryFigures } from '../figures.ts';
import {
  dayNumber,
  emptyCell,
  numberCell,
  textCell,
  type SummaryCell,
  type SummarySheet,
  type SheetRow,
} from './sheet.ts';
import { MASK } from '../../../form/masking.ts';
import { shownText, type FileNames } from '../shown-value.ts';
import { say } from '../summary-words.ts';

/** A united row as merging leaves it (domain/merge/merge-lists.ts). */
export type UnitedRow = {
  row: Row;
  sources: string[];
  differences: Record<string, { unit: string; value: Json }[]>;
};

/** Most units named as the source of one row. */
const MAX_SOURCES = 50;

export function unitedRows(rows: Json): UnitedRow[] {
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row) => {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return [];
    const { sources, differences, ...rest } = row;
    return [
      {
        row: rest,
        sources: Array.isArray(sources) ? sources.filter((code) => typeof code === 'string') : [],
        differences: (differences ?? {}) as UnitedRow['differences'],
      },
    ];
  });
}

export type TableAbout = {
  language: Language;
  nameOf: (code: string) => string;
  files: FileNames;
};

export const sourcesText = ({ sources }: UnitedRow, { nameOf, language }: TableAbout): string => {
  const named = sources
    .slice(0, MAX_SOURCES)
    .map(nameOf)
    .join(language === 'zh' ? '、' : ', ');
  return sources.length > MAX_SOURCES ? `${named} … (${sources.length})` : named;
};

/** `状态：东大街道 报 完好；三元里街道 报 破损`. */
export function differencesText(
  { differences }: UnitedRow,
  field: Field,
  { nameOf, language, files }: TableAbout,
): string {
  if (field.sensitive) return Object.keys(differences).length > 0 ? MASK : '';
  const said = (field.columns ?? []).flatMap((column) => {
    const given = Object.hasOwn(differences, column.key) ? (differences[column.key] ?? []) : [];
    if (given.length === 0) return [];
    const each = given.slice(0, MAX_SOURCES).map(({ unit, value }) => {
      const text = shownText(column, value, { language, files });
      return say('saidBy', language, {
        unit: nameOf(unit),
        value: text === '' ? say('empty', language) : text,
      });
    });
    return [say('differs', language, { label: column.label, said: each.join('；') })];
  });
  return said.join('\n');
}

export function tableSheet(
  figures: SummaryFigures,
  item: ItemFigures,
  field: Field,
  about: TableAbout & { name: string; maxRows: number },
): SummarySheet {
  const { language } = about;
  const columns = field.columns ?? [];
  const all = unitedRows(item.whole.rows[field.key] ?? null);
  const shown = all.slice(0, about.maxRows);
  const hasDifferences = shown.some(({ differences }) => Object.keys(differences).length > 0);
  const lines = [
    sourceLine(figures, language),
    ...(shown.length < all.length
      ? [say('cutRows', language, { shown: shown.length, all: all.length })]
      : []),
    ...(hasDifferences ? [say('differencesNote', language)] : []),
    ...(item.masked.includes(field.key) ? [say('maskedNote', language)] : []),
  ];
  const width = columns.length + (hasDifferences ? 2 : 1);
  const heading = say('rowsOf', language, { title: item.title, label: field.label });
  const head: SheetRow[] = [
    { cells: [textCell(heading, 'title')] },
    ...lines.map((line) => ({ cells: [textCell(line, 'line')] })),
    {
      cells: [
        ...columns.map((column) => textCell(headOf(column), 'head')),
        textCell(say('sources', language), 'head'),
        ...(hasDifferences ? [textCell(say('differences', language), 'head')] : []),
      ],
    },
  ];
  return {
    name: about.name,
    widths: [...columns.map((column) => widthOf(headOf(column), 14)), 24, ...(hasDifferences ? [40] : [])],
    frozen: { rows: head.length, columns: 0 },
    headRows: 1,
    merged: head.slice(0, -1).map((_, row) => ({ row, from: 0, to: width - 1 })),
    rows: [
      ...head,
      ...shown.map((row) => ({
        cells: [
          ...columns.map((column) => cellOf(row, column, field, about)),
          textCell(sourcesText(row, about)),
          ...(hasDifferences ? [textCell(differencesText(row, field, about))] : []),
        ],
      })),
    ],
  };
}

const headOf = ({ label, unit }: Column): string => (unit === undefined ? label : `${label}\n${unit}`);

function cellOf(
  { row, differences }: UnitedRow,
  column: Column,
  field: Field,
  about: TableAbout,
): SummaryCell {
  const look = Object.hasOwn(differences, column.key) ? 'differing' : 'text';
  const value = cellIn(row, column.key);
  if (value === null) return emptyCell(look);
  if (field.sensitive || value === MASK) return textCell(MASK, 'masked');
  if (typeof value === 'number') return numberCell(value, figureFormat(column, value), look);
  if (column.type === 'date' && typeof value === 'string')
    return numberCell(dayNumber(value), 'yyyy-mm-dd', look);
  return textCell(shownText(column, value, about), look);
}
