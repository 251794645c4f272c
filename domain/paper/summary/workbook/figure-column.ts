// The columns of a sheet of figures: the value each shows of a report, and how its totals come from the rows below.
import type { Language } from '../../../failure.ts';
import { aggregateName, isNumeric } from '../../../form/field-kind.ts';
import type { Field, Form } from '../../../form/field.ts';
import type { Json } from '../../../form/value.ts';
import type { Report } from '../../../merge/aggregate.ts';
import { AGGREGATE_TABLE } from '../../../merge/aggregate-table.ts';
import { valueOf } from '../../../merge/merge-part.ts';
import { collected, counted, texts } from '../contribution.ts';
import { dayNumber, emptyCell, numberCell, textCell, type SummaryCell } from './sheet.ts';
import { MASK } from '../../../form/masking.ts';
import { shownText, type FileNames } from '../shown-value.ts';
import { KINDS, say } from '../summary-words.ts';
import { filled } from '../../../filled.ts';
import { totalFormula, type TotalledRows } from './total-formula.ts';

/** Choices with more options than this are counted in words, in one column. */
const MAX_OPTION_COLUMNS = 30;
/** All choices are counted in words where a sheet would have more columns than this. */
const MAX_COLUMNS = 300;

export type FigureColumn = {
  field: Field;
  /** Of a choice that is counted: this option's column. */
  option: string | null;
  label: string;
  /** Unit of measure, the option, and how the totals are made. */
  detail: string;
  width: number;
  /** The value of a report here. */
  cell(report: Report): SummaryCell;
  /** A total with its formula, where there is one: `block` is where the rows below stand, null where none does. */
  total(values: Record<string, Json>, block: TotalledRows | null): SummaryCell;
};

type About = { form: Form; language: Language; files: FileNames };

export function figureColumns(about: About): FigureColumn[] {
  const fields = about.form.fields.filter(({ type }) => type !== 'table');
  const width = fields.reduce((sum, field) => sum + (isCounted(field) ? optionsOf(field).length : 1), 0);
  return fields.flatMap((field) =>
    isCounted(field) && width <= MAX_COLUMNS ? optionColumns(field, about) : [fieldColumn(field, about)],
  );
}

/** Each option has a column of its own: its count is a sum that can be traced. */
const isCounted = (field: Field): boolean =>
  field.aggregate === 'countByValue' && !field.sensitive && optionsOf(field).length <= MAX_OPTION_COLUMNS;

const optionsOf = (field: Field): string[] =>
  field.type === 'boolean' ? ['true', 'false'] : (field.options ?? []);

function optionColumns(field: Field, { language }: About): FigureColumn[] {
  const kind = AGGREGATE_TABLE.countByValue.words[language];
  return optionsOf(field).map((option) => {
    const name = optionText(field, option, language);
    return {
      field,
      option,
      label: field.label,
      detail: `${name}\n${kind}`,
      width: widthOf(name, 9),
      cell: (report) => {
        const value = valueOf(report, field.key);
        const isChosen = value === option || (typeof value === 'boolean' && option === String(value));
        // A 0 says that another option was chosen; it is not shown, and makes the total a sum.
        return value === null ? emptyCell('figure') : numberCell(isChosen ? 1 : 0, ONE_OR_NONE);
      },
      total: (values, block) => {
        const counts = counted(figureIn(values, field.key));
        const result = counts.find(([said]) => said === option)?.[1] ?? 0;
        const cell = counts.length === 0 ? emptyCell('total') : numberCell(result, '#,##0', 'total');
        return withFormula(cell, block && totalFormula('sum', true, block), '#,##0');
      },
    };
  });
}

const ONE_OR_NONE = '0;-0;;@';
const DAY = 'yyyy-mm-dd';

function fieldColumn(field: Field, about: About): FigureColumn {
  const { language } = about;
  const how = aggregateName(field.aggregate);
  const isMasked = field.sensitive;
  const shown = (value: Json, look: SummaryCell['look']): SummaryCell => cellOf(field, value, look, about);
  const detail = [
    field.unit ?? '',
    isMasked ? say('masked', language) : '',
    howText(field, about.form, language),
  ].filter((part) => part !== '');
  return {
    field,
    option: null,
    label: field.label,
    detail: detail.join('\n'),
    width: isNumeric(field.type) ? 15 : field.type === 'text' ? 60 : 22,
    cell: (report) => shown(valueOf(report, field.key), isMasked ? 'masked' : 'figure'),
    total: (values, block) => {
      const value = figureIn(values, field.key);
      const formula =
        isMasked || block === null || !canCompute(field, how)
          ? null
          : totalFormula(how, field.type === 'integer', block);
      return withFormula(
        totalCell(field, value, about),
        formula,
        how === 'count' ? '#,##0' : formatFor(field),
      );
    },
  };
}

/** Own properties only: `constructor` is a possible key. */
const figureIn = (values: Record<string, Json>, key: string): Json =>
  Object.hasOwn(values, key) ? (values[key] ?? null) : null;

function totalCell(field: Field, value: Json, about: About): SummaryCell {
  if (value === null) return emptyCell('total');
  switch (aggregateName(field.aggregate)) {
    case 'none':
      return emptyCell('total');
    case 'concat':
    case 'collect':
      return textCell(listText(field, value, about), 'total');
    case 'countByValue':
      return textCell(field.sensitive ? MASK : countsText(field, value, about.language), 'total');
    case 'count':
      return typeof value === 'number' ? numberCell(value, '#,##0', 'total') : emptyCell('total');
    default:
      return cellOf(field, value, 'total', about);
  }
}

/** Values a formula can work with: numbers and dates by size, yes and no by their words. */
function canCompute(field: Field, how: string): boolean {
  if (how === 'min' || how === 'max') return isNumeric(field.type) || field.type === 'date';
  if (how === 'all' || how === 'any') return field.type === 'boolean';
  return isNumeric(field.type) && how !== 'last';
}

/** Of a result that stands alone: each unit's value. */
function listText(field: Field, value: Json, about: About): string {
  const said =
    field.type === 'file'
      ? collected(value).map(({ unitName, files }) => [unitName, shownText(field, files, about)])
      : texts(value).map(({ unitName, text }) => [unitName, shownText(field, text, about)]);
  return said.map((each) => each.join(about.language === 'zh' ? '：' : ': ')).join('\n');
}

/** A total of nothing is a formula all the same: it shows values typed in below it later. */
const withFormula = (cell: SummaryCell, formula: string | null, format: string): SummaryCell =>
  formula === null ? cell : { format, ...cell, formula };

const formatFor = (field: Field): string => (field.type === 'date' ? DAY : figureFormat(field, 0));

const countsText = (field: Field, value: Json, language: Language): string =>
  counted(value)
    .map(([said, n]) => `${optionText(field, said, language)} ${n}`)
    .join('；');

/** An option as it is read; of yes and no, their words. */
export const optionText = (field: Field, option: string, language: Language): string =>
  field.type === 'boolean' ? say(option === 'true' ? 'yes' : 'no', language) : option;

/** How the figures of a field are merged, in words; none where they are not. */
export function howText(field: Field, form: Form, language: Language): string {
  const { aggregate } = field;
  const words = AGGREGATE_TABLE[aggregateName(aggregate)].words[language];
  if (typeof aggregate === 'string' || 'union' in aggregate) return words;
  const weight =
    form.fields.find(({ key }) => key === aggregate.weightedMean)?.label ?? aggregate.weightedMean;
  return filled(words, { weight });
}

/** A value as a cell a spreadsheet can count with: numbers and dates as such, all else as words. */
function cellOf(field: Field, value: Json, look: SummaryCell['look'], about: About): SummaryCell {
  if (value === null) return emptyCell(look);
  if (field.sensitive || value === MASK) return textCell(shownText(field, value, about), 'masked');
  if (typeof value === 'number' && isNumeric(field.type))
    return numberCell(value, figureFormat(field, value), look);
  if (field.type === 'date' && typeof value === 'string') return numberCell(dayNumber(value), DAY, look);
  return textCell(shownText(field, value, about), look);
}

/** Whole numbers grouped; others with the decimals of their field, else with two and as many more as they have, up to six. */
export function figureFormat({ type, decimals }: Pick<Field, 'type' | 'decimals'>, value: number): string {
  const places = decimals === undefined ? null : decimals === 0 ? '' : `.${'0'.repeat(decimals)}`;
  if (type === 'percent') return `0${places ?? '.00##'}%`;
  return Number.isInteger(value) && type === 'integer' ? '#,##0' : `#,##0${places ?? '.00####'}`;
}

/** In characters of a spreadsheet; Chinese letters are as wide as two others. */
export function widthOf(text: string, least: number): number {
  const wide = text.match(/[\u2000-\uffff]/g)?.length ?? 0;
  return Math.min(40, Math.max(least, 2 + wide * 2.1 + (text.length - wide) * 1.1));
}

export const kindText = (kind: keyof typeof KINDS, language: Language): string => KINDS[kind][language];
