// The units expected below a place and not in its figures: each with the places above it, and all of them in one line.
import type { Language } from '../../failure.ts';
import type { SummaryBranch } from './branch.ts';
import type { ItemFigures } from './figures.ts';
import { absenceOf, type Absence, type Basis } from './standing.ts';
import { say } from './summary-words.ts';

export type Absent = { branch: SummaryBranch; above: string | null; why: Absence };

/** In the order of the tree. Cancelled assignments are not expected. */
export function* absentBelow(
  branch: SummaryBranch,
  basis: Basis,
  above: string | null = null,
): Generator<Absent> {
  const why = branch.kind === 'leaf' && branch.standing ? absenceOf(branch.standing, basis) : null;
  if (why !== null && why !== 'cancelled') yield { branch, above, why };
  for (const child of branch.children) yield* absentBelow(child, basis, branch.name);
}

/** Names of one line; more are counted. */
const MAX_NAMES = 30;

/** `未报 2 家：甲社区、乙社区。待审核 1 家：丙社区。`; empty where all are in, or the result alone is shared. */
export function absentWords(item: ItemFigures, basis: Basis, language: Language): string {
  const absent = item.isWhole ? [...absentBelow(item.root, basis)] : [];
  const waiting = absent.filter(({ why }) => why === 'waiting');
  const missing = absent.filter(({ why }) => why !== 'waiting');
  return [line('missingUnits', missing, language), line('waitingUnits', waiting, language)]
    .filter((said) => said !== '')
    .join(language === 'zh' ? '' : ' ');
}

function line(word: 'missingUnits' | 'waitingUnits', absent: readonly Absent[], language: Language): string {
  if (absent.length === 0) return '';
  const names = absent.slice(0, MAX_NAMES).map(({ branch }) => branch.name);
  const more = absent.length > MAX_NAMES ? '…' : '';
  return say(word, language, {
    n: absent.length,
    names: `${names.join(language === 'zh' ? '、' : ', ')}${more}`,
  });
}
