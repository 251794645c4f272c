// The figures of each item as plain data, for a summary's workbook, its document or an office's own template.
import type { Language } from '../../failure.ts';
import type { BranchCoverage, SummaryTree } from './branch.ts';
import { rateText, say } from './summary-words.ts';
import type { FileNames } from './shown-value.ts';
import type { Basis } from './standing.ts';
import { whenText } from '../../instant.ts';

/** One item's figures, or those of one place's part of it. */
export type ItemFigures = SummaryTree & {
  key: string;
  title: string;
  /** Is everything below settled? */
  final: boolean;
  /** false: the result alone, as it was shared. */
  isWhole: boolean;
  /** How many levels of places are kept, and whether more lie below. */
  levels: number;
  isCut: boolean;
  files: FileNames;
};

export type SummaryFigures = {
  directive: { id: string; number: string; title: string };
  /** The office's own number of its hand-up; null where it has handed nothing up, and for a part of the whole. */
  number: string | null;
  /** The names of the sender and the receiver; null where that is not known. */
  from: string;
  to: string | null;
  basis: Basis;
  /** The instant it was read. */
  at: string;
  items: ItemFigures[];
};

/** `L-2023-0824-01　区办公室　2026-11-24 17:30　口径：只计审核通过的报送`. */
export function sourceLine(figures: SummaryFigures, language: Language): string {
  const basis = say(figures.basis === 'approved' ? 'basisApproved' : 'basisReported', language);
  const { number } = figures.directive;
  const at = whenText(figures.at) ?? figures.at;
  return say('source', language, { number, from: figures.from, at, basis });
}

export function coverageLine({ expected, reported, approved }: BranchCoverage, language: Language): string {
  if (expected === 0) return say('noneExpected', language);
  const rate = rateText(reported, expected);
  const missing = expected - reported;
  return say('coverage', language, { expected, reported, approved, rate, missing });
}
