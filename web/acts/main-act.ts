// The one act that stands as a button, by what the reader may do now and what is waited for.
import type { ACT_WORDS, Act } from '../words/acts.ts';

export type Acting = {
  phase: string;
  allowed: readonly Act[];
  counts: unknown;
  amendment: { acknowledgedAt: string | null } | null;
};

export type MainAct = keyof (typeof ACT_WORDS)['zh'];

const isNode = ({ counts }: Acting): boolean => counts !== null;

/** How a report is called that may be handed in now. */
export function submitAct(item: Acting): MainAct {
  if (isNode(item)) return item.phase === 'approved' ? 'addOwn' : 'submitMerged';
  if (item.phase === 'returned') return 'resubmit';
  return item.phase === 'approved' ? 'correct' : 'submit';
}

export function mainActOf(item: Acting): MainAct | null {
  const may = (act: Act): boolean => item.allowed.includes(act);
  if (may('acknowledge')) {
    const isChange = item.phase !== 'issued' && item.amendment?.acknowledgedAt === null;
    return isChange ? 'acknowledgeChange' : 'acknowledge';
  }
  if (may('sign')) return 'sign';
  if (may('accept-transfer')) return 'accept-transfer';
  if (may('approve')) return 'approve';
  if (may('submit') && item.phase !== 'approved') return submitAct(item);
  return null;
}
