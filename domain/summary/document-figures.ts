// The figures of an item as tables for paper: a row a part directly below with the total first, a few columns at a time.
import type { Language } from '../failure.ts';
import { aggregateName, isNumeric, type Field } from '../form/field.ts';
import type { Json } from '../form/value.ts';
import { counted } from './contribution.ts';
import type { Branch } from './branch.ts';
import type { Block, DocumentTable } from './document.ts';
import { howText } from './figure-column.ts';
import type { ItemFigures, SummaryFigures } from './figures.ts';
import { MASK, shownText } from './shown-value.ts';
import { absenceOf } from './standing.ts';
import { say } from './summary-words.ts';

/** Figures beside the name: more do not fit an upright page in the size official documents are set in. */
const COLUMNS_A_TABLE = 5;
/** Parts listed before the workbook is named instead. */
const MAX_PARTS = 200;

const LISTED = new Set(['concat', 'collect', 'union', 'none']);

export function figureTables(figures: SummaryFigures, item: ItemFigures, language: Language): Block[] {
  const fields = item.form.fields.filter(({ aggregate }) => !LISTED.has(aggregateName(aggregate)));
  const parts = item.isWhole ? item.root.children.filter(isExpected) : [];
  const shown = parts.slice(0, MAX_PARTS);
  const blocks: Block[] = [];
  for (let from = 0; from < fields.length; from += COLUMNS_A_TABLE) {
    const some = fields.slice(from, from + COLUMNS_A_TABLE);
    blocks.push({ table: tableOf(figures, item, shown, some, language) });
  }
  if (parts.length > shown.length && fields.length > 0)
    blocks.push({ note: say('restInWorkbook', language, { shown: shown.length, all: parts.length }) });
  return blocks;
}

/** What has been cancelled is no part any more. */
const isExpected = ({ standing, coverage, report }: Branch): boolean =>
  standing?.phase !== 'cancelled' || coverage.expected > 0 || report !== null;

function tableOf(
  figures: SummaryFigures,
  item: ItemFigures,
  parts: readonly Branch[],
  fields: readonly Field[],
  language: Language,
): DocumentTable {
  const { root } = item;
  const row = (name: string, values: Branch['values']): string[] => [
    name,
    ...fields.map((field) => figureText(field, values[field.key] ?? null, item, language)),
  ];
  const own = root.kind === 'node' && root.report !== null && item.isWhole;
  return {
    columns: [
      { text: say('unit', language), share: 3, isNumber: false },
      ...fields.map((field) => ({
        text: headOf(field, item, language),
        share: isNumeric(field.type) ? 2 : 3,
        isNumber: isNumeric(field.type),
      })),
    ],
    rows: [
      { cells: row(say('total', language), root.values), look: 'total' },
      ...(own
        ? [
            {
              cells: [
                say('ownPart', language, { name: root.name }),
                ...fields.map((field) => ownText(field, root, item, language)),
              ],
              look: 'plain' as const,
            },
          ]
        : []),
      ...parts.map((part): DocumentTable['rows'][number] => {
        const absence = absenceIn(part, figures);
        if (absence === null) return { cells: row(part.name, part.values), look: 'plain' };
        const words = say(absence === 'waiting' ? 'waiting' : 'missing', language);
        return { cells: [part.name, ...fields.map(() => words)], look: absence };
      }),
    ],
  };
}

/** A part of which nothing is in says so in every cell: an empty one would be taken for nought. */
function absenceIn(part: Branch, { basis }: SummaryFigures): 'missing' | 'waiting' | null {
  const { kind, standing, coverage, report } = part;
  if (kind === 'leaf') {
    const absence = standing && absenceOf(standing, basis);
    return absence === null ? null : absence === 'waiting' ? 'waiting' : 'missing';
  }
  const isIn = Object.values(part.values).some((value) => value !== null) || report !== null;
  if (isIn || coverage.approved > 0) return null;
  return coverage.reported > 0 ? (basis === 'approved' ? 'waiting' : null) : 'missing';
}

const headOf = (field: Field, { form }: ItemFigures, language: Language): string => {
  const how = howText(field, form, language);
  const unit = field.unit ?? '';
  const detail = [unit, aggregateName(field.aggregate) === 'sum' ? '' : how].filter((part) => part !== '');
  return detail.length === 0 ? field.label : `${field.label}\n（${detail.join('，')}）`;
};

/** The node's own part as it was handed in. */
const ownText = (field: Field, root: Branch, item: ItemFigures, language: Language): string => {
  const value = Object.hasOwn(root.report?.values ?? {}, field.key)
    ? (root.report?.values[field.key] ?? null)
    : null;
  return value === null ? '—' : shownText(field, value, { language, files: item.files });
};

function figureText(field: Field, value: Json, item: ItemFigures, language: Language): string {
  if (value === null) return '—';
  const how = aggregateName(field.aggregate);
  if (how === 'count') return JSON.stringify(value);
  if (field.sensitive) return MASK;
  if (how === 'countByValue') return countsText(field, value, language);
  return shownText(field, value, { language, files: item.files });
}

function countsText(field: Field, value: Json, language: Language): string {
  const words: Readonly<Record<string, string>> = { true: say('yes', language), false: say('no', language) };
  return counted(value)
    .map(([said, n]) => `${field.type === 'boolean' ? (words[said] ?? said) : said} ${n}`)
    .join('\n');
}
