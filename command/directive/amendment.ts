// A directive that has gone out and now says something else: worked out, previewed, and taken down to every holder.
import {
  countAmendments,
  insertAmendment,
  saveAmended,
  type AmendedParts,
} from '../../db/queries/amendment.ts';
import { askDesks } from '../../db/queries/desk.ts';
import { findRequest } from '../../db/queries/directive.ts';
import { lockDesks } from '../../db/queries/ledger.ts';
import { findDepth } from '../../db/queries/replanning.ts';
import type { Db, Transaction } from '../../db/pool.ts';
import type { Actor } from '../../domain/access/relation.ts';
import { budget, type BudgetWarning } from '../../domain/directive/budget.ts';
import { resolveDue } from '../../domain/calendar/calendar.ts';
import type { AmendDirective, DirectiveRequest } from '../../domain/directive/directive.ts';
import { isRefusal, refuse, refuseFaults, type Refusal } from '../../domain/failure.ts';
import { readDuration, toIso, type Millis } from '../../domain/instant.ts';
import type { Order } from '../../domain/assignment/order.ts';
import { known } from '../../domain/assignment/retime.ts';
import { movesOf, type Moves } from './moving.ts';
import { openLedger } from '../ledger/opening.ts';
import type { Sources } from '../../reading/opening.ts';
import { carryTermsOf, type Directive } from '../../reading/terms.ts';

export type Amended = {
  n: number;
  before: AmendedParts;
  after: AmendedParts;
  request: DirectiveRequest;
  dueAt: Millis | null;
  officeDueAt: Millis | null;
  order: Order;
  /** Working milliseconds each level leaves to the one above, where the due time changes. */
  margins: number[] | null;
  warnings: BudgetWarning[];
};

type About = { id: string; change: AmendDirective; actor: Actor; receivedMs: Millis };

/** Works out the amendment; nothing is stored. */
async function workOut(db: Db, directive: Directive, about: About): Promise<Amended | Refusal> {
  const { id, change, actor, receivedMs } = about;
  const { phase, orders } = directive.standing;
  if (phase === 'draft') return refuse('NOT_ISSUED');
  if (phase === 'closed') return refuse('DIRECTIVE_CLOSED');
  if (phase === 'cancelled') return refuse('DIRECTIVE_CANCELLED');
  const request = await findRequest(db, id);
  if (request === null) return refuse('NOT_FOUND');
  const due = change.due === undefined ? null : await dueOf(db, directive, about);
  if (due !== null && isRefusal(due)) return due;
  const { before, after } = differences(directive, request, change, due?.dueAt ?? null);
  if (Object.keys(after).length === 0) return refuseFaults([{ path: '', code: 'NOTHING_CHANGES' }]);
  const n = (await countAmendments(db, id)) + 1;
  const order: Order = {
    kind: 'amend',
    n: orders.length + 1,
    by: actor.person,
    at: toIso(receivedMs),
    reason: change.note,
    amendment: n,
    ...(due === null ? {} : { margins: due.margins }),
  };
  return {
    n,
    before,
    after,
    // From now on it is due at an instant: a rule would be counted from the first receipt.
    request: {
      ...request,
      title: change.title ?? request.title,
      ...(change.body === undefined ? {} : { body: change.body }),
      ...(due === null ? {} : { due: toIso(due.dueAt) }),
    },
    dueAt: due?.dueAt ?? directive.terms.dueAtMs,
    officeDueAt: due?.officeDueAt ?? directive.terms.officeDueAtMs,
    order,
    margins: due?.margins ?? null,
    warnings: due?.warnings ?? [],
  };
}

/** The new due time and the time it leaves to each level, budgeted from now: a rule counts from the amendment. */
async function dueOf(
  db: Db,
  { calendar, terms }: Directive,
  { id, change, receivedMs }: About,
): Promise<Refusal | { dueAt: Millis; officeDueAt: Millis; margins: number[]; warnings: BudgetWarning[] }> {
  const rule = change.due;
  const dueAt = rule === undefined ? null : known(() => resolveDue(calendar, receivedMs, rule));
  if (dueAt === null) {
    const year =
      typeof rule === 'string' ? Number(rule.slice(0, 4)) : new Date(receivedMs).getUTCFullYear() + 1;
    return refuseFaults([{ path: 'due', code: 'CALENDAR_YEAR_UNKNOWN', params: { year } }]);
  }
  if (dueAt <= receivedMs)
    return refuseFaults([{ path: 'due', code: 'DUE_IN_PAST', params: { after: toIso(receivedMs) } }]);
  const depth = await findDepth(db, id);
  const margins = terms.policy.margins.map(readDuration);
  const whole = budget(calendar, { windowFrom: receivedMs, dueAt, margins, depth });
  return {
    dueAt,
    officeDueAt: whole.officeDueAt,
    margins: Array.from({ length: depth + 1 }, (_, level) => whole.margin(level)),
    warnings: whole.warnings,
  };
}

function differences(
  { terms }: Directive,
  request: DirectiveRequest,
  change: AmendDirective,
  dueAt: Millis | null,
): { before: AmendedParts; after: AmendedParts } {
  const before: AmendedParts = {};
  const after: AmendedParts = {};
  if (change.title !== undefined && change.title !== terms.title) {
    before.title = terms.title;
    after.title = change.title;
  }
  if (change.body !== undefined && change.body !== (request.body ?? '')) {
    before.body = request.body ?? null;
    after.body = change.body;
  }
  if (dueAt !== null && dueAt !== terms.dueAtMs) {
    before.dueAt = toIso(terms.dueAtMs ?? dueAt);
    after.dueAt = toIso(dueAt);
  }
  return { before, after };
}

/** The preview: the changes, and how many due times move with them. */
export async function previewAmendment(
  db: Db,
  sources: Sources,
  about: About,
): Promise<Refusal | { amended: Amended; moves: Moves }> {
  const directive = (await sources.terms.load(db, [about.id])).get(about.id);
  if (!directive) return refuse('NOT_FOUND');
  const amended = await workOut(db, directive, about);
  if (isRefusal(amended)) return amended;
  const { order, officeDueAt } = amended;
  const terms = carryTermsOf(directive);
  const { itemDueAt } = directive;
  const at = { directive: about.id, officeDueAt: officeDueAt ?? about.receivedMs, itemDueAt, order, terms };
  return { amended, moves: await movesOf(db, at) };
}

/** Stored at once for readers of the directive; the order goes down with `cascade`. Answers the desks to nudge. */
export async function amendDirective(
  tx: Transaction,
  sources: Sources,
  about: About & { command: string },
): Promise<Refusal | { n: number; nudges: string[] }> {
  const { id, actor, receivedMs, command, change } = about;
  await lockDesks(tx, [id]);
  const ledger = await openLedger(tx, sources, { directives: [id], desks: [id], assignments: [] });
  const directive = ledger.held.directives.get(id);
  const desk = ledger.held.desks.get(id);
  if (!directive) return refuse('NOT_FOUND');
  const amended = await workOut(tx, directive, about);
  if (isRefusal(amended)) return amended;
  if (!desk) return refuse('NOT_ISSUED');
  const { n, before, after, request, dueAt, officeDueAt, order } = amended;
  await saveAmended(tx, {
    id,
    title: request.title,
    request,
    dueAt: dueAt === null ? null : toIso(dueAt),
    officeDueAt: officeDueAt === null ? null : toIso(officeDueAt),
    orders: [...directive.standing.orders, order],
  });
  const note = change.note;
  await insertAmendment(tx, id, { n, before, after, note, by: actor.person, at: toIso(receivedMs) });
  // The notice itself may be a megabyte: the changed fields, before and after, are kept beside the log.
  const data = {
    amendment: n,
    note,
    changed: Object.keys(after),
    ...(after.dueAt ? { dueAt: after.dueAt } : {}),
  };
  ledger.appendToDesk(desk, 'amended', data, {
    actor: actor.person,
    token: actor.token,
    receivedMs,
    command,
  });
  await ledger.flush(tx);
  return { n, nudges: await askDesks(tx, { directive: id }) };
}
