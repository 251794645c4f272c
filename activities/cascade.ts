// Carries orders from above down to every assignment of a desk, and passes them on to the desks below.
import { askDesks, findMark, findOrders, saveOrders } from '../db/queries/desk.ts';
import { loadUncarried } from '../db/queries/ledger.ts';
import { loadInto } from '../command/ledger/opening.ts';
import { ancestorsOf } from '../domain/code.ts';
import type { Turn } from './contracts.ts';
import { AT_ONCE, onDesks, treat, type ActivityDeps } from './desk-transaction.ts';

/** The mark is read before anything is done, so a later request stays open. */
export async function cascadeDesk(deps: ActivityDeps, desk: string): Promise<Turn> {
  const mark = await findMark(deps.pool, desk);
  if (mark === null || mark.ended) return { asked: mark?.asked ?? 0, ended: true };
  const { directive, node, asked, issued } = mark;
  const above = node === null ? [] : [...ancestorsOf(node), node];
  const ordering = await findOrders(deps.pool, { id: desk, directive, above });
  const given = ordering.reduce((count, { orders }) => count + orders.length, 0);
  // Orders only grow, and later rows know the orders before them: an order carried to all rows stays carried.
  if (given === mark.orders) return { asked, ended: false, issued };
  for (const { id, orders } of ordering) {
    const amendment = orders.findLast(({ kind }) => kind === 'amend')?.n ?? 0;
    // A cancelled directive leaves settled assignments as they were (domain/assignment/carry.ts).
    const cancel = id === directive ? 0 : (orders.findLast(({ kind }) => kind === 'cancel')?.n ?? 0);
    await carryAll(deps, { desk, directive }, { of: id, n: orders.length, amendment, cancel });
  }
  deps.nudge(await askDesks(deps.pool, { parent: desk }));
  await saveOrders(deps.pool, desk, given);
  return { asked, ended: false, issued };
}

async function carryAll(
  deps: ActivityDeps,
  about: { desk: string; directive: string },
  order: { of: string; n: number; amendment: number; cancel: number },
): Promise<void> {
  let after = '';
  for (;;) {
    const last = await onDesks(
      deps,
      { directive: about.directive, desks: [about.desk] },
      async (tx, ledger) => {
        const rows = await loadUncarried(tx, about.desk, order, after, AT_ONCE);
        await loadInto(ledger, tx, rows);
        for (const { id } of rows) {
          const row = ledger.held.rows.get(id);
          if (row) await treat(deps, ledger, row, () => void ledger.carry(row));
        }
        return rows.length < AT_ONCE ? null : (rows.at(-1)?.id ?? null);
      },
    );
    if (last === null) return;
    after = last;
  }
}
