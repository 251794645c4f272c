// The values for each place of a template: figures as numbers, texts and lists as lines, rows as rows.
import type { Language } from '../../failure.ts';
import { aggregateName, isNumeric } from '../../form/field-kind.ts';
import type { Field } from '../../form/field.ts';
import { cellIn, type Json } from '../../form/value.ts';
import { branches, type SummaryBranch } from '../summary/branch.ts';
import { collected, counted, texts } from '../summary/contribution.ts';
import { absenceIn } from '../summary/document/document-figures.ts';
import type { ItemFigures, SummaryFigures } from '../summary/figures.ts';
import { MASK } from '../../form/masking.ts';
import { numberText, shownText } from '../summary/shown-value.ts';
import { absenceOf } from '../summary/standing.ts';
import { dayText } from '../../delivery/notification-text.ts';
import { rateText, say, timeText } from '../summary/summary-words.ts';
import { unitedRows } from '../summary/workbook/table-sheet.ts';
import { readPath, type CoverageKey, type Path, type Plain } from './path.ts';

/**
 * A number keeps its words beside it: a cell takes the one, a sentence the other. `isNumber`: a number whose report is
 * not in. Its cell stays empty, since a formula may add it.
 */
export type FilledCell = { number: number; words: string } | { words: string; isNumber?: true };
export type Filling = { cell: FilledCell } | { head: string[]; rows: FilledCell[][] };

type About = {
  figures: SummaryFigures;
  item: ItemFigures;
  language: Language;
};

/** Names listed before the rest is counted, and lines of a text or list. */
const MAX_LISTED = 200;
/** Rows of one table, as in the summary's own workbook. */
const MAX_ROWS = 10_000;

const NOTHING: FilledCell = { words: '' };
const words = (text: string): FilledCell => ({ words: text });
const number = (value: number): FilledCell => ({ number: value, words: numberText(value) });

/** By the names of the mapping. A field this version of the form does not ask is left empty: never an old figure. */
export function fillings(mapping: Readonly<Record<string, string>>, about: About): Record<string, Filling> {
  return Object.fromEntries(
    Object.entries(mapping).map(([name, text]) => {
      const path = readPath(text);
      return [name, path === null ? { cell: NOTHING } : fillingOf(path, about)];
    }),
  );
}

function fillingOf(path: Path, about: About): Filling {
  const { item, language } = about;
  switch (path.kind) {
    case 'plain':
      return { cell: words(plainText(path.key, about)) };
    case 'coverage': {
      const branch = placeOf(path.below, item);
      return { cell: branch === null ? NOTHING : coverageCell(path.key, branch, about) };
    }
    case 'name':
      return { cell: words(placeOf(path.below, item)?.name ?? '') };
    case 'value': {
      const field = item.form.fields.find(({ key }) => key === path.field);
      const branch = placeOf(path.below, item);
      if (!field || branch === null) return { cell: NOTHING };
      const isWhole = path.below.length === 0;
      // A place without a report says so: an empty cell would be taken for 0.
      const absence = isWhole ? null : absenceIn(branch, about.figures);
      if (absence !== null)
        return {
          cell: inPlaceOf(field, path.option, say(absence === 'waiting' ? 'waiting' : 'missing', language)),
        };
      const values = isWhole ? item.whole.values : branch.values;
      return { cell: valueCell(field, values[field.key] ?? null, path.option, about) };
    }
    case 'rows':
      return rowsOf(path.field, about);
  }
}

/** Words in place of a value: a number's own cell takes none. */
const inPlaceOf = (field: Field, option: string | null, said: string): FilledCell =>
  isNumeric(field.type) || option !== null || aggregateName(field.aggregate) === 'count'
    ? { words: said, isNumber: true }
    : words(said);

/** From the place the summary is of; each code leads to the nearest place of that name, if there is but one so near. */
function placeOf(below: readonly string[], item: ItemFigures): SummaryBranch | null {
  if (below.length > 0 && !item.isWhole) return null;
  let from: SummaryBranch = item.root;
  for (const code of below) {
    const named = [...branches(from)].filter((branch) => branch !== from && branch.code === code);
    const nearest = Math.min(...named.map(({ level }) => level));
    const [found, another] = named.filter(({ level }) => level === nearest);
    if (!found || another) return null;
    from = found;
  }
  return from;
}

function plainText(key: Plain, { figures, item, language }: About): string {
  switch (key) {
    case 'directive.number':
      return figures.directive.number;
    case 'directive.title':
      return figures.directive.title;
    case 'item.title':
      return item.title;
    case 'from':
      return figures.from;
    case 'to':
      return figures.to ?? '';
    case 'at':
      return timeText(figures.at, language);
    case 'day':
      return dayText(figures.at, language);
    case 'basis':
      return say(figures.basis === 'approved' ? 'basisApproved' : 'basisReported', language);
    case 'final':
      return say(item.final ? 'final' : 'notFinal', language);
  }
}

function coverageCell(
  key: CoverageKey,
  branch: SummaryBranch,
  { figures, item, language }: About,
): FilledCell {
  const { expected, reported, approved } = branch.coverage;
  switch (key) {
    case 'expected':
      return number(expected);
    case 'reported':
      return number(reported);
    case 'approved':
      return number(approved);
    case 'unreported':
      return number(expected - reported);
    case 'rate':
      return expected === 0 ? NOTHING : { number: reported / expected, words: rateText(reported, expected) };
    case 'missing': {
      if (!item.isWhole) return NOTHING;
      const absent = [...branches(branch)].filter(({ kind, standing }) => {
        const absence = kind === 'leaf' && standing ? absenceOf(standing, figures.basis) : null;
        return absence !== null && absence !== 'cancelled' && absence !== 'waiting';
      });
      return words(
        listed(
          absent.map(({ name }) => name),
          '、',
          language,
        ),
      );
    }
  }
}

function valueCell(field: Field, value: Json, option: string | null, { item, language }: About): FilledCell {
  if (value === null) return NOTHING;
  const how = aggregateName(field.aggregate);
  if (how === 'count') return typeof value === 'number' ? number(value) : NOTHING;
  if (field.sensitive && how !== 'collect') return inPlaceOf(field, option, MASK);
  const about = { language, files: item.files };
  if (how === 'countByValue') {
    const counts = counted(value);
    if (option !== null) return number(counts.find(([said]) => said === option)?.[1] ?? 0);
    const saidIn = (said: string): string =>
      field.type === 'boolean' ? say(said === 'true' ? 'yes' : 'no', language) : said;
    return words(counts.map(([said, n]) => `${saidIn(said)} ${n}`).join('\n'));
  }
  const colon = language === 'zh' ? '：' : ': ';
  if (how === 'concat')
    return words(
      listed(
        texts(value).map(({ unitName, text }) => `${unitName}${colon}${text}`),
        '\n',
        language,
      ),
    );
  if (how === 'collect')
    return words(
      listed(
        collected(value).map(({ unitName, files }) => `${unitName}${colon}${shownText(field, files, about)}`),
        '\n',
        language,
      ),
    );
  return cellOf(field, value, about);
}

function cellOf(
  field: Parameters<typeof shownText>[0],
  value: Json,
  about: Parameters<typeof shownText>[2],
): FilledCell {
  if (value === null) return NOTHING;
  if (typeof value === 'number' && isNumeric(field.type))
    return { number: value, words: shownText(field, value, about) };
  return words(shownText(field, value, about));
}

function rowsOf(key: string, { item, language }: About): Filling {
  const field = item.form.fields.find((each) => each.key === key);
  if (!field) return { cell: NOTHING };
  const columns = field.columns ?? [];
  const about = { language, files: item.files };
  const united = unitedRows(item.whole.rows[key] ?? null).slice(0, MAX_ROWS);
  return {
    head: columns.map(({ label, unit }) => (unit === undefined ? label : `${label}（${unit}）`)),
    rows: united.map(({ row }) =>
      columns.map((column) => {
        const value = cellIn(row, column.key);
        return field.sensitive && value !== null ? words(MASK) : cellOf(column, value, about);
      }),
    ),
  };
}

/** The beginning of a long list, and how long it is. */
function listed(all: readonly string[], between: string, language: Language): string {
  const shown = all.slice(0, MAX_LISTED).join(between);
  if (all.length <= MAX_LISTED) return shown;
  return `${shown}${between}${language === 'zh' ? `…共 ${all.length} 项` : `… ${all.length} in all`}`;
}
