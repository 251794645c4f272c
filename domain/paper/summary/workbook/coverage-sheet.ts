// The sheet of coverage: the state of every place below, with its times: issued, received, reported, in time, settled.
import type { Language } from '../../../failure.ts';
import { branches, type SummaryBranch } from '../branch.ts';
import { shareText, standingWords } from './figure-sheet.ts';
import { coverageLine, sourceLine, type ItemFigures, type SummaryFigures } from '../figures.ts';
import {
  emptyCell,
  instantNumber,
  numberCell,
  textCell,
  type SummaryCell,
  type CellLook,
  type SummarySheet,
  type SheetRow,
} from './sheet.ts';
import { absenceOf } from '../standing.ts';
import { say, type SummaryWord } from '../summary-words.ts';

const COLUMNS: readonly { word: SummaryWord; width: number }[] = [
  { word: 'unit', width: 28 },
  { word: 'standing', width: 26 },
  { word: 'expected', width: 8 },
  { word: 'reportedCount', width: 8 },
  { word: 'approvedCount', width: 10 },
  { word: 'issued', width: 17 },
  { word: 'acknowledged', width: 17 },
  { word: 'due', width: 17 },
  { word: 'submitted', width: 17 },
  { word: 'onTime', width: 10 },
  { word: 'settled', width: 17 },
  { word: 'version', width: 10 },
  { word: 'why', width: 36 },
];

export function coverageSheet(
  figures: SummaryFigures,
  item: ItemFigures,
  { name, language }: { name: string; language: Language },
): SummarySheet {
  const lines = [
    sourceLine(figures, language),
    coverageLine(item.root.coverage, language),
    ...(item.isCut ? [say('cutLevels', language, { level: item.levels })] : []),
  ];
  const head: SheetRow[] = [
    { cells: [textCell(say('coverageOf', language, { title: item.title }), 'title')] },
    ...lines.map((line) => ({ cells: [textCell(line, 'line')] })),
    { cells: COLUMNS.map(({ word }) => textCell(say(word, language), 'head')) },
  ];
  return {
    name,
    widths: COLUMNS.map(({ width }) => width),
    frozen: { rows: head.length, columns: 1 },
    headRows: 1,
    merged: head.slice(0, -1).map((_, row) => ({ row, from: 0, to: COLUMNS.length - 1 })),
    rows: [...head, ...[...branches(item.root)].map((branch) => rowOf(branch, figures, language))],
  };
}

function rowOf(branch: SummaryBranch, figures: SummaryFigures, language: Language): SheetRow {
  const { standing, coverage, level } = branch;
  const absence = standing && branch.kind === 'leaf' ? absenceOf(standing, figures.basis) : null;
  const isGone = absence === 'cancelled';
  const look: CellLook =
    branch.kind === 'node'
      ? 'total'
      : absence === null || isGone
        ? 'text'
        : absence === 'waiting'
          ? 'waiting'
          : 'missing';
  const whole = (value: number): SummaryCell => numberCell(value, '0', look);
  const time = (instant: string | null | undefined): SummaryCell =>
    instant === null || instant === undefined
      ? emptyCell(look)
      : numberCell(instantNumber(instant), 'yyyy-mm-dd hh:mm', look);
  const onTime = standing?.onTime ?? null;
  const version = branch.version ?? 0;
  return {
    depth: level,
    cells: [
      textCell(`${'　'.repeat(level)}${branch.name}`, look),
      textCell(standingOf(branch, figures, language), look),
      whole(coverage.expected),
      whole(coverage.reported),
      whole(coverage.approved),
      time(standing?.issuedAt),
      time(standing?.acknowledgedAt),
      time(standing?.dueAt),
      time(standing?.submittedAt),
      onTime === null ? emptyCell(look) : textCell(say(onTime ? 'yes' : 'no', language), look),
      time(standing?.settledAt),
      version > 0 ? whole(version) : emptyCell(look),
      textCell(standing?.returnedFor ?? '', look),
    ],
  };
}

const standingOf = (branch: SummaryBranch, figures: SummaryFigures, language: Language): string => {
  const { standing, kind, coverage } = branch;
  if (kind === 'leaf' && standing) return standingWords(standing, figures, language);
  return shareText(coverage, figures.basis, language);
};
