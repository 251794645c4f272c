// Hands in the reports of a workbook: a unit's own report, or of a desk one for each row without a problem, in order.
import { findVerdicts } from '../../db/queries/verdict.ts';
import type { Pool } from '../../db/pool.ts';
import type { Actor } from '../../domain/access/relation.ts';
import { COMMANDS, type Command } from '../../domain/assignment/command.ts';
import type { Millis } from '../../domain/instant.ts';
import { refusing, RefusalThrown } from '../../domain/refusal-thrown.ts';
import { parsedBy } from '../../domain/schema-faults.ts';
import type { JudgedUnit } from '../../reading/workbook/desk-workbook.ts';
import { commandId } from '../identity.ts';
import type { HandingIn, Prepared } from './handed-in.ts';

/** How a unit's report fared. `faulty`: its cells have problems. `failed`: refused before or by the door, or broken. */
export type ReportFared =
  { is: 'in' } | { is: 'alreadyIn' } | { is: 'faulty' } | { is: 'failed'; error: unknown };

type WorkbookSent = {
  actor: Actor;
  receivedMs: Millis;
  key: string | null;
  /** Hash of the workbook alone: the form around it has another boundary in each request. */
  request: string;
  requestId: string;
  /** For the request's line in the log: those that were handed in. */
  commandIds: string[];
  /** The issuer brings the reports of other units. */
  onBehalf: boolean;
};

/** Has this key been answered? Its reports have made the workbook an old one: it is not read again. */
export async function isAnswered(pool: Pool, actor: Actor, key: string | null): Promise<boolean> {
  if (key === null) return false;
  const [found] = await findVerdicts(pool, [commandId(actor.person, key, 0)]);
  return found !== undefined && !found.isExpired;
}

/** The same workbook under the same key fares the same again: a unit's place in it makes its command's id. */
export async function handInWorkbook(
  { pool, door }: { pool: Pool; door: HandingIn },
  directive: string,
  items: readonly JudgedUnit[],
  sent: WorkbookSent,
): Promise<{ item: JudgedUnit; fared: ReportFared }[]> {
  const { actor, key } = sent;
  const ids = items.map((_, index) => (key === null ? null : commandId(actor.person, key, index)));
  const found = await findVerdicts(
    pool,
    ids.filter((id) => id !== null),
  );
  const known = new Set(found.filter(({ isExpired }) => !isExpired).map(({ id }) => id));
  const isHandedIn = (item: JudgedUnit, index: number): boolean =>
    known.has(ids[index] ?? '') || (item.problems.length === 0 && !item.alreadyIn);
  const ready = await Promise.allSettled(
    items.map(async (item, index) =>
      isHandedIn(item, index) ? prepared(door, directive, item, sent, index) : null,
    ),
  );
  const fare = async (item: JudgedUnit, index: number): Promise<ReportFared> => {
    try {
      const each = ready[index];
      if (each?.status === 'rejected') throw each.reason;
      if (!each?.value) return { is: item.alreadyIn ? 'alreadyIn' : 'faulty' };
      sent.commandIds.push(each.value.posted.id);
      const outcome = await door.handIn(each.value);
      if (outcome.is === 'refused') throw new RefusalThrown(outcome.refusal);
      return { is: 'in' };
    } catch (error) {
      return { is: 'failed', error };
    }
  };
  return Promise.all(items.map(async (item, index) => ({ item, fared: await fare(item, index) })));
}

const isSaid = (explanations: object): boolean => Object.keys(explanations).length > 0;

async function prepared(
  door: HandingIn,
  directive: string,
  { assignment: id, values, rows, explanations, note }: JudgedUnit,
  { actor, key, request, requestId, receivedMs, onBehalf }: WorkbookSent,
  index: number,
): Promise<Prepared> {
  const saying = {
    ...(note === undefined ? {} : { note }),
    ...(isSaid(explanations) ? { explanations } : {}),
  };
  const said = { values, rows, ...saying, ...(onBehalf ? { onBehalf } : {}) };
  const parsed = parsedBy(COMMANDS.submit, said);
  if (!parsed.ok) throw refusing('MALFORMED', { errors: parsed.faults });
  const command: Command = { verb: 'submit', ...parsed.data };
  return door.prepare(
    { directive, id },
    {
      actor,
      command,
      identity: { key, index, request, requestId },
      ifMatch: null,
      receivedMs,
      bytes: JSON.stringify([values, rows, saying]).length,
    },
  );
}
