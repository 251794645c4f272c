// Does a directive's record match its log? Chains, folds, counts and due times, read at one moment (laws 2, 4, 7, 8).
import { inTransaction, type Db, type Pool } from '../db/pool.ts';
import { listChain, type LoggedEvent } from '../db/queries/event.ts';
import {
  listDesksToVerify,
  listDirectivesToVerify,
  listDueAfterParent,
  listRowsToVerify,
  type DeskToVerify,
} from '../db/queries/verification.ts';
import { findAnchor } from '../db/queries/checkpoint.ts';
import { findSecurityHead, listSecurityEvents } from '../db/queries/security-event.ts';
import { findWrongContent } from './audit/digested.ts';
import { isFoldOf } from './audit/fold-check.ts';
import { ChainWalk, loggedLink } from './chain.ts';
import { readSecurityLink } from './security-link.ts';

/** Events read in one go: some megabytes. */
const EVENTS_A_PAGE = 2_000;
const DIRECTIVES_A_PAGE = 100;
/** Beyond these a list of faults says nothing new. */
const MAX_FAULTS = 1_000;

export type Verified = {
  directives: number;
  desks: number;
  events: number;
  assignments: number;
  /** Each names its place: a desk and the number of its event, or an assignment. */
  faults: string[];
};

/** The installation's own log: how many events it has, and where it breaks. */
export async function verifySecurityLog(pool: Pool): Promise<{ events: number; faults: string[] }> {
  return inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const head = await findSecurityHead(tx);
    const chain = new ChainWalk(undefined, await findAnchor(tx, ''));
    let events = 0;
    for (;;) {
      const page = await listSecurityEvents(tx, {
        after: chain.place().seq,
        limit: EVENTS_A_PAGE,
        types: null,
      });
      for (const row of page) chain.take(readSecurityLink(row));
      events += page.length;
      if (page.length < EVENTS_A_PAGE || chain.brokenSoFar() !== null) break;
    }
    const at = chain.brokenAt(head.hash);
    return { events, faults: at === null ? [] : [`the installation’s own log breaks at ${at}`] };
  });
}

/** All directives, one after the other. Reads only; `onDirective` after each. */
export async function verifyRecord(pool: Pool, onDirective: (done: number) => void): Promise<Verified> {
  const total: Verified = { directives: 0, desks: 0, events: 0, assignments: 0, faults: [] };
  let after = '';
  for (;;) {
    const page = await listDirectivesToVerify(pool, after, DIRECTIVES_A_PAGE);
    for (const directive of page) {
      const one = await verifyDirective(pool, directive);
      total.directives += 1;
      total.desks += one.desks;
      total.events += one.events;
      total.assignments += one.assignments;
      total.faults.push(...one.faults.slice(0, MAX_FAULTS - total.faults.length));
      onDirective(total.directives);
    }
    const last = page.at(-1);
    if (last === undefined) return total;
    after = last;
  }
}

/** Reads one moment while commands and clockwork go on, desk by desk: so the largest directive needs little memory. */
export async function verifyDirective(pool: Pool, directive: string): Promise<Omit<Verified, 'directives'>> {
  return inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    // Between two queries we fold a desk's log; this transaction only reads, so no other waits for it.
    await tx.query(`set local idle_in_transaction_session_timeout = '60s'`);
    const desks = await listDesksToVerify(tx, directive);
    const late = await listDueAfterParent(tx, directive, MAX_FAULTS);
    const found: Omit<Verified, 'directives'> = {
      desks: desks.length,
      events: 0,
      assignments: 0,
      faults: late.map((id) => `${id} is due after its parent`),
    };
    for (const desk of desks) {
      const log = await walk(tx, directive, desk);
      const rows = await listRowsToVerify(tx, desk.id);
      found.events += log.events;
      found.assignments += rows.length;
      found.faults.push(...log.faults);
      for (const row of rows)
        if (!isFoldOf(directive, row, log.byAssignment.get(row.id) ?? []))
          found.faults.push(`${row.id} is not the fold of its log`);
    }
    return found;
  });
}

type Walked = { events: number; faults: string[]; byAssignment: Map<string, LoggedEvent[]> };

/** The desk's chain from its beginning to the head kept on its row. */
async function walk(db: Db, directive: string, desk: DeskToVerify): Promise<Walked> {
  const walked: Walked = { events: 0, faults: [], byAssignment: new Map() };
  const chain = new ChainWalk(undefined, await findAnchor(db, desk.id));
  for (let after = 0; ;) {
    const page = await listChain(db, directive, desk.id, after, EVENTS_A_PAGE);
    for (const event of page) {
      walked.events += 1;
      chain.take(loggedLink(directive, event));
      if (event.assignment === null) continue;
      const log = walked.byAssignment.get(event.assignment);
      if (log === undefined) walked.byAssignment.set(event.assignment, [event]);
      else log.push(event);
    }
    const { wrong } = await findWrongContent(db, directive, page);
    if (wrong !== null)
      walked.faults.push(
        wrong.what === 'row'
          ? `${wrong.assignment} was issued by event ${wrong.seq} of ${desk.id} and has no row`
          : `the content of event ${wrong.seq} of ${desk.id} is not what was digested (${wrong.assignment ?? directive})`,
      );
    if (page.length < EVENTS_A_PAGE) break;
    after = page.at(-1)?.seq ?? after;
  }
  const brokenAt = chain.brokenAt(desk.hash);
  if (brokenAt !== null) walked.faults.push(`the chain of ${desk.id} breaks at ${brokenAt}`);
  if (walked.events !== desk.seq)
    walked.faults.push(`${desk.id} counts ${desk.seq} events and has ${walked.events}`);
  if (desk.unsettled !== desk.open)
    walked.faults.push(`${desk.id} counts ${desk.unsettled} unsettled and has ${desk.open}`);
  return walked;
}
