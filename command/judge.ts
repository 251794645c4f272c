// One command against a ledger: permitted, once, not outdated, decided, written; in the contract's order of refusals.
import { relate, type Actor, type Relation } from '../domain/access/relation.ts';
import type { Assignment } from '../domain/assignment/assignment.ts';
import { earliestDue, type Ordering } from '../domain/assignment/carry.ts';
import type { NewEvent } from '../domain/assignment/happening.ts';
import type { Command } from '../domain/assignment/command.ts';
import { decide } from '../domain/assignment/decide.ts';
import type {
  Called,
  DecideContext,
  Findings,
  Merged,
  NamedPlace,
  DecisionParts,
} from '../domain/assignment/decision.ts';
import { isOnBehalf, permit } from '../domain/assignment/permission.ts';
import { VERB_TABLE } from '../domain/assignment/verb-table.ts';
import type { CarriedFrom } from '../domain/form/carried.ts';
import { FAILURES, isRefusal, refuse, type FailureCode, type Refusal } from '../domain/failure.ts';
import type { Millis } from '../domain/instant.ts';
import { isLed } from '../domain/organisation/organisation.ts';
import type { AssignmentRow } from '../db/queries/ledger.ts';
import type { VerdictRow } from '../db/queries/verdict.ts';
import { assertSound } from './ledger/columns.ts';
import type { Snapshot } from '../reading/snapshot.ts';
import type { Ledger } from './ledger/ledger.ts';
import { asksSignature, directiveOf } from '../reading/terms.ts';

/** The part of a report that is kept: a reader of the assignment sees it again. */
export type KeptReport = {
  values: Record<string, unknown>;
  rows: Record<string, unknown>;
  attachments: string[];
  note: string | null;
  explanations: Record<string, string>;
  /** By field: the report its value is taken over from. Left out where there is none, so that old digests stay. */
  carried?: Record<string, CarriedFrom>;
  /** Where the form asks for something sensitive: 16 random bytes in hex, so that nobody finds a number by its digest. */
  salt?: string;
  zeroReport?: true;
  onBehalf?: true;
  /** Rules that only warn and did not hold, for its reviewer: judged by the figures known when it came in. */
  warnings?: KeptWarning[];
};

/** `message` is the rule's own. */
export type KeptWarning = { path: string; code: FailureCode; message: string };

/** A command as the API hands it in: parsed, its form judged, its receipt timed. */
export type Posted = {
  /** Unique in the log for ever; see identity.ts. */
  id: string;
  /** Hash of method, path and body. */
  request: string;
  actor: Actor;
  directive: string;
  assignment: string;
  /** The desk the assignment belongs to, for ever. */
  desk: string;
  command: Command;
  receivedMs: Millis;
  /** From `If-Match`. */
  ifMatch: number | null;
  findings: Findings;
  /** The report of a `submit`. */
  content: KeptReport | null;
  /** All it names, attached or in fields: they become the assignment's. */
  files: string[];
  /** Has the assignment handed parts out, as far as the API knew: then a `submit` sends the merged report up. */
  isNode: boolean;
  /** The id of the request that brought it, for the log. */
  requestId?: string;
  /** Bytes of the request, for the bound of a batch. */
  bytes: number;
  /** One urge of many; left out for all else. */
  called?: Called;
};

/**
 * The outcome of a command:
 * taken      the command is written; the row has the state after it
 * repeated   taken before, and its first verdict still kept: nothing is done, the row is that of now
 * forgotten  taken before, its verdict no longer kept: nothing is done, the state is to be read
 * refused    it was not taken, now or the first time; nothing is written but that verdict
 * stale      the assignment has handed parts out meanwhile: the request was read as another one, and must be read again
 */
export type JudgedCommand =
  | { is: 'taken'; row: AssignmentRow; snapshot: Snapshot }
  | { is: 'repeated'; row: AssignmentRow; snapshot: Snapshot }
  | { is: 'forgotten' }
  | { is: 'refused'; refusal: Refusal }
  | { is: 'stale' };

export const refusedWith = (refusal: Refusal): JudgedCommand => ({ is: 'refused', refusal });

/** Verdicts by command id, those of this batch included. */
export type Verdicts = Map<string, VerdictRow>;

/** The part of the record that some verbs need besides the rows of the ledger. */
export type Beside = {
  /** A node that sends its report up. */
  merged: { merged: Merged; content: unknown; old: Record<string, unknown> } | null;
  named: NamedPlace | null;
  parts: DecisionParts | null;
};
export const NOTHING_BESIDE: Beside = { merged: null, named: null, parts: null };

export function judgeCommand(
  ledger: Ledger,
  verdicts: Verdicts,
  posted: Posted,
  beside: Beside,
): JudgedCommand {
  const row = ledger.held.rows.get(posted.assignment);
  if (!row) return refusedWith(refuse('NOT_FOUND'));
  assertSound(row);
  ledger.carry(row);
  const relation = relationOf(ledger, row, posted);
  const known = verdicts.get(posted.id);
  // Before the check of permission: accepting or declining a transfer ends the very right it was done by.
  if (known?.request === posted.request)
    return known.status === 200
      ? { is: 'repeated', row, snapshot: ledger.held }
      : refusedWith(known.body as Refusal);
  const forbidden = permit(relation, posted.command.verb, isOnBehalf(posted.command));
  if (forbidden) return refusedWith(forbidden);
  if (known) return refusedWith(refuse('IDEMPOTENCY_KEY_REUSED'));
  if (isMisread(posted, row.state)) return { is: 'stale' };
  const decision =
    posted.ifMatch !== null && posted.ifMatch !== row.state.version
      ? refuse('PRECONDITION_FAILED')
      : decide(row.state, contextOf(ledger, row, relation, posted, beside), posted.command);

  if (isRefusal(decision)) {
    keep(ledger, verdicts, posted, decision);
    return refusedWith(decision);
  }
  apply(ledger, row, decision, posted, beside.merged);
  keep(ledger, verdicts, posted, null);
  return { is: 'taken', row, snapshot: ledger.held };
}

/** A leaf's report is judged by its form before it comes here; a node's is not. */
const isMisread = ({ command, isNode }: Posted, { node }: Assignment): boolean =>
  VERB_TABLE[command.verb].needs === 'figures' && node !== isNode;

function relationOf(ledger: Ledger, row: AssignmentRow, posted: Posted): Relation {
  return relate(ledger.held.directory, posted.actor.person, ledger.held.standingOf(row), posted.receivedMs);
}

/** How many orders each of them has given, of those that have given any. */
export const orderCounts = (levels: readonly Pick<Ordering, 'id' | 'orders'>[]): Record<string, number> =>
  Object.fromEntries(levels.flatMap(({ id, orders }) => (orders.length > 0 ? [[id, orders.length]] : [])));

function contextOf(
  ledger: Ledger,
  row: AssignmentRow,
  relation: Relation,
  posted: Posted,
  beside: Beside,
): DecideContext {
  const directive = ledger.held.directiveOf(row);
  const { directory } = ledger.held;
  const standing = ledger.held.standingAbove(row);
  return {
    received: posted.receivedMs,
    relation,
    person: posted.actor.person,
    directive: directiveOf(directive),
    review: directive.items.get(row.state.item)?.review ?? 'manual',
    signs: asksSignature(directive, row.state) && isLed(directory, row.state.holder, posted.receivedMs),
    above: ledger.held.levelsAbove(row),
    ordersAbove: orderCounts(standing),
    handedUp: directive.standing.handedUp > 0,
    parentDueAt: earliestDue(standing),
    calendar: directive.calendar,
    clocks: ledger.held.clocksOf(row),
    reach: ledger.held.reachOf(row, posted.receivedMs),
    findings: posted.findings,
    merged: beside.merged?.merged ?? null,
    named: beside.named,
    parts: beside.parts,
    called: posted.called ?? null,
  };
}

function apply(
  ledger: Ledger,
  row: AssignmentRow,
  events: readonly NewEvent[],
  posted: Posted,
  merged: { content: unknown; old: Record<string, unknown> } | null,
): void {
  const { actor, receivedMs } = posted;
  const by = { actor: actor.person, token: actor.token, receivedMs, command: posted.id };
  const before: Assignment = row.state;
  for (const event of events) {
    if (event.type === 'restated' && merged)
      ledger.append(row, { ...event, data: { ...event.data, old: merged.old } }, by);
    else ledger.append(row, event, by);
  }
  const { state } = row;
  if (merged) {
    if (state.current > before.current)
      ledger.report(row, state.current, 'roll-up', merged.content, actor.person, receivedMs);
    return;
  }
  if (!posted.content) return;
  if (state.part > before.part)
    ledger.report(row, state.part, 'part', posted.content, actor.person, receivedMs);
  else
    ledger.report(
      row,
      state.presented?.version ?? state.current,
      'report',
      posted.content,
      actor.person,
      receivedMs,
    );
  ledger.attach(row, posted.files);
}

function keep(ledger: Ledger, verdicts: Verdicts, posted: Posted, refusal: Refusal | null): void {
  const verdict = {
    id: posted.id,
    request: posted.request,
    status: refusal === null ? 200 : FAILURES[refusal.code].status,
    code: refusal?.code ?? null,
    body: refusal,
  };
  verdicts.set(posted.id, verdict);
  ledger.judge(verdict);
}
