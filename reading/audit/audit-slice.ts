// A slice of the whole record, from where the last one stopped: chains, the content they vouch for, and rows (laws 7 and 8).
import { inTransaction, type Pool, type Transaction } from '../../db/pool.ts';
import { findAnchor } from '../../db/queries/checkpoint.ts';
import {
  listChainHeads,
  type BrokenPart,
  type ChainHead,
  type ChainPlace,
} from '../../db/queries/chain-check.ts';
import { listChain, listLogsOf, type LoggedEvent } from '../../db/queries/event.ts';
import { findSecurityHead, listSecurityEvents } from '../../db/queries/security-event.ts';
import { listRowsAfter } from '../../db/queries/verification.ts';
import { ChainWalk, loggedLink, type Link } from '../chain.ts';
import { readSecurityLink } from '../security-link.ts';
import { findWrongContent } from './digested.ts';
import { isFoldOf } from './fold-check.ts';

/** The installation's own log: it comes before every desk's. */
export const INSTALLATION_CHAIN = '';

export const AUDIT_BEGINNING: ChainPlace = { chain: INSTALLATION_CHAIN, seq: 0, hash: '', row: null };

export type AuditFault = {
  seq: number;
  what: BrokenPart;
  assignment: string | null;
};

/** `directive` is empty for the installation's own log. `events`: how many hold so far. */
export type AuditedChain = {
  chain: string;
  directive: string;
  events: number;
  fault: AuditFault | null;
  isDone: boolean;
};
/** `place` is null after the last chain. */
export type AuditSlice = { place: ChainPlace | null; chains: AuditedChain[] };

/** `events` are read at most, or content and rows as costly; `desks` looked at. */
export type AuditBudget = { events: number; desks: number };

/** Events read in one go: a megabyte or two. */
const EVENTS_A_PAGE = 500;
const ROWS_A_PAGE = 50;
/** So much content is read and hashed in the time of one event. */
const BYTES_AN_EVENT = 2_000;

/** Read at one moment, so that a chain's head fits its events; no other waits for a transaction that only reads. */
export async function readAuditSlice(
  pool: Pool,
  from: ChainPlace,
  budget: AuditBudget,
  directive: string | null = null,
): Promise<AuditSlice> {
  return inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const chains: AuditedChain[] = [];
    const heads = await headsFrom(tx, from, budget.desks, directive);
    let place = from;
    let left = budget.events;
    for (const head of heads) {
      const walked = await auditChain(
        tx,
        head,
        head.id === from.chain && from.seq !== null ? from : null,
        left,
      );
      left -= walked.cost;
      const { fault, events, stopped } = walked;
      chains.push({ chain: head.id, directive: head.directive, events, fault, isDone: stopped === null });
      if (stopped !== null) return { place: stopped, chains };
      place = { chain: head.id, seq: null, hash: null, row: null };
    }
    return { place: heads.length < budget.desks ? null : place, chains };
  });
}

async function headsFrom(
  tx: Transaction,
  { chain, seq }: ChainPlace,
  most: number,
  directive: string | null,
): Promise<ChainHead[]> {
  const isFirst = chain === INSTALLATION_CHAIN && seq !== null && directive === null;
  const own = isFirst ? [{ id: INSTALLATION_CHAIN, directive: '', ...(await findSecurityHead(tx)) }] : [];
  const inclusive = seq !== null;
  return [...own, ...(await listChainHeads(tx, { desk: chain, inclusive, directive }, most - own.length))];
}

type Audited = { cost: number; events: number; fault: AuditFault | null; stopped: ChainPlace | null };

async function auditChain(
  tx: Transaction,
  head: ChainHead,
  from: ChainPlace | null,
  most: number,
): Promise<Audited> {
  if (from !== null && from.row !== null) return auditRows(tx, head, from.row, most);
  const start = { seq: from?.seq ?? 0, hash: from?.hash ?? '' };
  const chain = new ChainWalk(start, await findAnchor(tx, head.id));
  let cost = 0;
  for (;;) {
    const limit = Math.min(EVENTS_A_PAGE, most - cost);
    const { seq } = chain.place();
    if (limit <= 0)
      return { cost, events: seq, fault: null, stopped: { chain: head.id, ...chain.place(), row: null } };
    const page = await pageOf(tx, head, seq, limit);
    cost += page.links.length;
    for (const link of page.links) chain.take(link);
    const isLast = page.links.length < limit;
    const brokenAt = isLast ? chain.brokenAt(head.hash) : chain.brokenSoFar();
    if (brokenAt !== null) return found(cost, brokenAt, { seq: brokenAt, what: 'chain', assignment: null });
    const { wrong, bytes } = await findWrongContent(tx, head.directive, page.events);
    cost += Math.ceil(bytes / BYTES_AN_EVENT);
    if (wrong !== null) return found(cost, wrong.seq, wrong);
    if (!isLast) continue;
    if (head.id === INSTALLATION_CHAIN) return { cost, events: head.seq, fault: null, stopped: null };
    const rows = await auditRows(tx, head, '', most - cost);
    return { ...rows, cost: cost + rows.cost };
  }
}

const found = (cost: number, seq: number, fault: AuditFault): Audited => ({
  cost,
  events: seq - 1,
  fault,
  stopped: null,
});

type ChainPage = { links: (Link & { hash: string })[]; events: LoggedEvent[] };

async function pageOf(tx: Transaction, head: ChainHead, after: number, limit: number): Promise<ChainPage> {
  if (head.id === INSTALLATION_CHAIN) {
    const rows = await listSecurityEvents(tx, { after, limit, types: null });
    return { links: rows.map(readSecurityLink), events: [] };
  }
  const events = await listChain(tx, head.directive, head.id, after, limit);
  return { links: events.map((event) => loggedLink(head.directive, event)), events };
}

/** Each row against the fold of its log. A row that was added has no log, and is none either. */
async function auditRows(tx: Transaction, head: ChainHead, after: string, most: number): Promise<Audited> {
  let cost = 0;
  let last = after;
  for (;;) {
    if (cost >= most)
      return {
        cost,
        events: head.seq,
        fault: null,
        stopped: { chain: head.id, seq: head.seq, hash: null, row: last },
      };
    const rows = await listRowsAfter(tx, head.id, last, ROWS_A_PAGE);
    const events = await listLogsOf(
      tx,
      head.id,
      rows.map(({ id }) => id),
    );
    const logs = Map.groupBy(events, ({ assignment }) => assignment);
    cost += rows.length + events.length;
    for (const row of rows) {
      const log = logs.get(row.id) ?? [];
      if (isFoldOf(head.directive, row, log)) continue;
      const seq = log.at(-1)?.seq ?? head.seq;
      return { cost, events: head.seq, fault: { seq, what: 'row', assignment: row.id }, stopped: null };
    }
    if (rows.length < ROWS_A_PAGE) return { cost, events: head.seq, fault: null, stopped: null };
    last = rows.at(-1)?.id ?? last;
  }
}
