// A summary as the document an office hands up: figures by part, texts by unit, files by name, missing units and why.
import type { Language } from '../../../failure.ts';
import type { SummaryBranch } from '../branch.ts';
import { collected, texts } from '../contribution.ts';
import type { DocumentBlock, DocumentTable, OfficialDocument } from './document.ts';
import { figureTables } from './document-figures.ts';
import { fitTable } from './fit-table.ts';
import { unitedTable } from './document-rows.ts';
import { coverageLine, type ItemFigures, type SummaryFigures } from '../figures.ts';
import { standingWords } from '../workbook/figure-sheet.ts';
import { shownText } from '../shown-value.ts';
import { absentBelow, absentWords } from '../absent.ts';
import { dayText } from '../../../delivery/notification-text.ts';
import { ordinal, say, timeText } from '../summary-words.ts';

/** The most entries of each kind a document lists before it says where the rest is: it is read on paper. */
export const MAX_LISTED = 100;
/** Characters of one unit's text; longer ones are read in the system. */
const MAX_TEXT = 4_000;

export function summaryDocument(
  figures: SummaryFigures,
  about: { language: Language; nameOf: (code: string) => string },
): OfficialDocument {
  const { language } = about;
  const { directive, from, to, at, basis, items } = figures;
  return {
    office: from,
    title: say('documentTitle', language, { title: directive.title }),
    number: figures.number ?? say('numberLater', language, { year: at.slice(0, 4) }),
    to: to === null ? null : say('attention', language, { name: to }),
    blocks: [
      {
        text: say('opening', language, {
          title: directive.title,
          number: directive.number,
          time: timeText(at, language),
          basis: say(basis === 'approved' ? 'basisApproved' : 'basisReported', language),
        }),
      },
      ...(items.length > 1
        ? items.flatMap((item) => absentLines(figures, item, { language, isNamed: true }))
        : []),
      ...items.flatMap((item, index) => itemBlocks(figures, item, { ...about, nth: index + 1 })),
    ],
    signature: [from, dayText(at, language)],
  };
}

function itemBlocks(
  figures: SummaryFigures,
  item: ItemFigures,
  about: { language: Language; nameOf: (code: string) => string; nth: number },
): DocumentBlock[] {
  const { language, nth } = about;
  const parts: DocumentBlock[][] = [
    figureTables(figures, item, language),
    item.form.fields.flatMap((field) => unitedTable(item, field, about)),
    textBlocks(item, language),
    fileBlocks(item, language),
    missingBlocks(figures, item, language),
  ];
  const final = say(item.final ? 'final' : 'notFinal', language);
  const stop = language === 'zh' ? '。' : '. ';
  return [
    { heading: `${ordinal(nth, language)}${item.title}`, level: 1 },
    { text: `${coverageLine(item.root.coverage, language)}${stop}${final}` },
    ...(figures.items.length === 1 ? absentLines(figures, item, { language, isNamed: false }) : []),
    ...parts.flat(),
  ];
}

/** Texts in order of their places, each with its unit. */
function textBlocks({ form, whole }: ItemFigures, language: Language): DocumentBlock[] {
  return form.fields.flatMap((field): DocumentBlock[] => {
    if (field.type !== 'text') return [];
    const all = texts(whole.values[field.key] ?? null);
    if (all.length === 0) return [];
    const colon = language === 'zh' ? '：' : ': ';
    return [
      { heading: field.label, level: 2 },
      ...all.slice(0, MAX_LISTED).map(({ unitName, text }) => {
        const said = shownText(field, text, { language, files: {} });
        return {
          text: `${unitName}${colon}${said.length > MAX_TEXT ? `${said.slice(0, MAX_TEXT)}…` : said}`,
        };
      }),
      ...rest(all.length, language),
    ];
  });
}

function fileBlocks({ form, whole, files }: ItemFigures, language: Language): DocumentBlock[] {
  return form.fields.flatMap((field): DocumentBlock[] => {
    if (field.type !== 'file') return [];
    const all = collected(whole.values[field.key] ?? null);
    if (all.length === 0) return [];
    const rows = all.slice(0, MAX_LISTED).map((given) => ({
      cells: [given.unitName, shownText(field, given.files, { language, files })],
      look: 'plain' as const,
    }));
    const columns = [
      { text: say('unit', language), isNumber: false },
      { text: field.label, isNumber: false },
    ];
    return [
      { heading: field.label, level: 2 },
      ...fitTable({ columns, rows }),
      ...rest(all.length, language),
    ];
  });
}

function missingBlocks(figures: SummaryFigures, item: ItemFigures, language: Language): DocumentBlock[] {
  const { expected, reported } = item.root.coverage;
  const absent = item.isWhole ? [...absentBelow(item.root, figures.basis)] : [];
  if (absent.length === 0) {
    const owed = expected - reported;
    return owed === 0 ? [] : [{ text: say('owedBelow', language, { n: owed }) }];
  }
  const rows = absent
    .slice(0, MAX_LISTED)

    .map(({ branch: { name, standing }, above }): DocumentTable['rows'][number] => ({
      cells: [name, above ?? '', standing ? whyText(standing, figures, language) : ''],
      look: standing?.phase === 'submitted' ? 'waiting' : 'missing',
    }));
  const columns = [
    { text: say('unit', language), isNumber: false },
    { text: say('above', language), isNumber: false },
    { text: say('standing', language), isNumber: false },
  ];
  return [
    { heading: say('absent', language), level: 2 },
    ...fitTable({ columns, rows }),
    ...rest(absent.length, language),
    ...(item.isCut ? [{ note: say('cutLevels', language, { level: item.levels }) }] : []),
  ];
}

/** On the first page: a reader sees at once which units' figures are not in. */
function absentLines(
  figures: SummaryFigures,
  item: ItemFigures,
  { language, isNamed }: { language: Language; isNamed: boolean },
): DocumentBlock[] {
  const said = absentWords(item, figures.basis, language);
  if (said === '') return [];
  const colon = language === 'zh' ? '：' : ': ';
  return [{ text: isNamed ? `${item.title}${colon}${said}` : said }];
}

function whyText(
  standing: NonNullable<SummaryBranch['standing']>,
  figures: SummaryFigures,
  language: Language,
): string {
  const words = standingWords(standing, figures, language);
  if (standing.returnedFor === null) return words;
  return `${words}${language === 'zh' ? '：' : ': '}${standing.returnedFor}`;
}

/** Where the rest of a list is. */
const rest = (all: number, language: Language): DocumentBlock[] =>
  all > MAX_LISTED ? [{ note: say('restInWorkbook', language, { shown: MAX_LISTED, all }) }] : [];
