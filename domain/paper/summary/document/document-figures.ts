// The figures of an item as tables for paper: a row a part directly below with the total first, as many columns as fit.
import { isListed } from '../../../merge/aggregate-table.ts';
import type { Language } from '../../../failure.ts';
import { aggregateName, isNumeric } from '../../../form/field-kind.ts';
import type { Field } from '../../../form/field.ts';
import type { Json } from '../../../form/value.ts';
import { counted } from '../contribution.ts';
import { countedIn, type SummaryBranch } from '../branch.ts';
import { shareText } from '../workbook/figure-sheet.ts';
import type { DocumentBlock, DocumentTable } from './document.ts';
import { fitTable, type LooseTable } from './fit-table.ts';
import { howText, optionText } from '../workbook/figure-column.ts';
import type { ItemFigures, SummaryFigures } from '../figures.ts';
import { MASK } from '../../../form/masking.ts';
import { numberText, shownText } from '../shown-value.ts';
import { absenceOf } from '../standing.ts';
import { say } from '../summary-words.ts';

/** Parts listed before the workbook is named instead. */
const MAX_PARTS = 200;

/** One column of figures: of a choice that is counted each option has its own. */
type Shown = {
  head: string;
  isNumber: boolean;
  text: (values: Record<string, Json>, isTotal: boolean) => string;
};

/** Options with a column each; more are counted in words, in one. */
const MAX_OPTIONS = 4;

export function figureTables(
  figures: SummaryFigures,
  item: ItemFigures,
  language: Language,
): DocumentBlock[] {
  const columns = item.form.fields
    .filter(({ aggregate }) => aggregate !== 'none' && !isListed(aggregateName(aggregate)))
    .flatMap((field) => columnsOf(field, item, language));
  const parts = item.isWhole ? partsOf(item.root) : [];
  const shown = parts.slice(0, MAX_PARTS);
  const blocks = columns.length === 0 ? [] : fitTable(tableOf(figures, item, shown, columns, language));
  if (parts.length > shown.length && columns.length > 0)
    blocks.push({ note: say('restInWorkbook', language, { shown: shown.length, all: parts.length }) });
  return blocks;
}

/** The places directly below; where that is one place alone, it repeats the total: then the places below it. */
function partsOf(root: SummaryBranch): SummaryBranch[] {
  const parts = root.children.filter(isExpected);
  const [only] = parts;
  const isAlone = parts.length === 1 && root.report === null && only && only.children.length > 0;
  return isAlone && only.report === null ? partsOf(only) : parts;
}

/** A cancelled assignment is no part any more. */
const isExpected = ({ standing, coverage, report }: SummaryBranch): boolean =>
  standing?.phase !== 'cancelled' || coverage.expected > 0 || report !== null;

function columnsOf(field: Field, item: ItemFigures, language: Language): Shown[] {
  const options = field.type === 'boolean' ? ['true', 'false'] : (field.options ?? []);
  const isCounted = aggregateName(field.aggregate) === 'countByValue' && !field.sensitive;
  if (!isCounted || options.length > MAX_OPTIONS) {
    return [
      {
        head: headOf(field, item, language),
        isNumber: isNumeric(field.type),
        text: (values, isTotal) => figureText(field, valueIn(values, field.key), { item, language, isTotal }),
      },
    ];
  }
  return options.map((option) => ({
    head: `${field.label}\n${optionText(field, option, language)}`,
    isNumber: true,
    text: (values, isTotal) => {
      const value = valueIn(values, field.key);
      const counts = isTotal
        ? counted(value)
        : value === null
          ? []
          : [[JSON.stringify(value).replaceAll('"', ''), 1] as const];
      if (counts.length === 0) return NOTHING;
      return numberText(counts.find(([said]) => said === option)?.[1] ?? 0);
    },
  }));
}

const NOTHING = '—';

const valueIn = (values: Record<string, Json>, key: string): Json =>
  Object.hasOwn(values, key) ? (values[key] ?? null) : null;

function tableOf(
  figures: SummaryFigures,
  item: ItemFigures,
  parts: readonly SummaryBranch[],
  columns: readonly Shown[],
  language: Language,
): LooseTable {
  const { root } = item;
  const own = root.kind === 'node' && item.isWhole ? root.report : null;
  const row = (name: string, values: SummaryBranch['values'], isTotal: boolean): string[] => [
    name,
    ...columns.map(({ text }) => text(values, isTotal)),
  ];
  /** A part whose figures are not whole yet says how many reports they are from. */
  const sharedName = (name: string, { coverage, kind }: SummaryBranch): string =>
    kind === 'leaf' || countedIn(coverage, figures.basis) === coverage.expected
      ? name
      : `${name}\n${shareText(coverage, figures.basis, language)}`;
  return {
    columns: [
      { text: say('unit', language), isNumber: false },
      ...columns.map(({ head, isNumber }) => ({ text: head, isNumber })),
    ],
    rows: [
      { cells: row(sharedName(say('total', language), root), root.values, true), look: 'total' },
      ...(own === null
        ? []
        : [
            {
              cells: row(say('ownPart', language, { name: root.name }), own.values, false),
              look: 'plain' as const,
            },
          ]),
      ...parts.map((part): DocumentTable['rows'][number] => {
        const absence = absenceIn(part, figures);
        if (absence === null)
          return { cells: row(sharedName(part.name, part), part.values, true), look: 'plain' };
        const words = say(absence, language);
        return { cells: [part.name, ...columns.map(() => words)], look: absence };
      }),
    ],
  };
}

/** A part without a report says so in every cell: an empty cell would be taken for 0. */
export function absenceIn(part: SummaryBranch, { basis }: SummaryFigures): 'missing' | 'waiting' | null {
  const { kind, standing, coverage, report } = part;
  if (kind === 'leaf') {
    const absence = standing && absenceOf(standing, basis);
    return absence === null ? null : absence === 'waiting' ? 'waiting' : 'missing';
  }
  const isIn = report !== null || Object.values(part.values).some((value) => value !== null);
  if (isIn || coverage.approved > 0) return null;
  if (coverage.reported === 0) return 'missing';
  return basis === 'approved' ? 'waiting' : null;
}

function headOf(field: Field, { form }: ItemFigures, language: Language): string {
  const how = aggregateName(field.aggregate) === 'sum' ? '' : howText(field, form, language);
  const detail = [field.unit ?? '', how].filter((part) => part !== '');
  if (detail.length === 0) return field.label;
  return `${field.label}\n${language === 'zh' ? `（${detail.join('，')}）` : `(${detail.join(', ')})`}`;
}

/** A total as it is merged; a node's own part as it was handed in. */
function figureText(
  field: Field,
  value: Json,
  { item, language, isTotal }: { item: ItemFigures; language: Language; isTotal: boolean },
): string {
  if (value === null) return NOTHING;
  const how = isTotal ? aggregateName(field.aggregate) : 'none';
  if (how === 'count') return JSON.stringify(value);
  if (field.sensitive) return MASK;
  if (how !== 'countByValue') return shownText(field, value, { language, files: item.files });
  return counted(value)
    .map(([said, n]) => `${optionText(field, said, language)} ${n}`)
    .join('\n');
}
