// Assignments to read: what I owe, what waits for my review, one of them, its versions and what happened to it.
import { Router } from 'express';
import { z } from 'zod';
import {
  listHeld,
  listIssued,
  listOffered,
  listSeen,
  type After,
  type Listed,
  type ListFilter,
} from '../../db/queries/assignment.ts';
import { listEvents } from '../../db/queries/event.ts';
import { findSubmission, listSubmissions } from '../../db/queries/submission.ts';
import { Code } from '../../domain/code.ts';
import { readsAll } from '../../domain/access.ts';
import { submissionView } from '../assignment-view.ts';
import { actorOf } from '../authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { EventAnswer, eventView, EventCursor, positionOf } from '../event-view.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, PageQuery, readCursor, SeqCursor, type Page } from '../page.ts';
import { param, parseQuery } from '../parse.ts';
import { namedIn, readLedger, seatsOf, seenRow, viewAll, viewOne } from '../reading.ts';
import { slipsOf } from '../slip-view.ts';

export const AssignmentAnswer = named(
  'Assignment',
  z.looseObject({ id: z.string(), phase: z.string(), version: z.int() }),
);
const SubmissionAnswer = named('Submission', z.looseObject({ version: z.int() }));

const PHASES = [
  'issued',
  'acknowledged',
  'submitted',
  'returned',
  'approved',
  'cancelled',
  'missing',
] as const;
const OWED = ['issued', 'acknowledged', 'returned'];

const ListQuery = z.strictObject({
  ...pageQuery,
  holder: z.literal('me').optional(),
  role: z.enum(['holder', 'issuer', 'target']).optional(),
  phase: z.enum(PHASES).optional(),
  overdue: z.stringbool().optional(),
  directive: Code.optional(),
  unit: Code.optional(),
});
const ListCursor = z.tuple([z.iso.datetime({ offset: true }), z.string()]);

describe({
  method: 'get',
  path: '/assignments',
  tag: 'assignments',
  summary:
    'What you owe, earliest due first; or by holder, issuer, target of a transfer, phase, directive, unit',
  query: ListQuery,
  answer: pageSchema(AssignmentAnswer),
});
describe({
  method: 'get',
  path: '/assignments/{id}',
  tag: 'assignments',
  summary: 'One assignment',
  answer: AssignmentAnswer,
});
describe({
  method: 'get',
  path: '/assignments/{id}/submissions',
  tag: 'assignments',
  summary: 'Every version of its report, newest first',
  query: PageQuery,
  answer: pageSchema(SubmissionAnswer),
});
describe({
  method: 'get',
  path: '/assignments/{id}/submissions/{version}',
  tag: 'assignments',
  summary: 'One version of its report',
  answer: SubmissionAnswer,
});
describe({
  method: 'get',
  path: '/assignments/{id}/events',
  tag: 'assignments',
  summary: 'What happened to it, oldest first',
  query: PageQuery,
  answer: pageSchema(EventAnswer),
});

export function assignmentsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  /** Which list is asked for: mine, what I issued, what I am asked to take over, all I see of a directive or a unit. */
  async function list(query: z.output<typeof ListQuery>, person: string, limit: number): Promise<Listed[]> {
    const now = deps.now();
    const directory = await deps.directory.current(pool);
    const { seats, offices } = seatsOf(directory, person, now);
    const position = readCursor(ListCursor, query.cursor);
    const after: After = position === null ? null : { dueAt: position[0], id: position[1] };
    const isMine =
      query.holder === 'me' ||
      query.role === 'holder' ||
      (query.directive === undefined && query.unit === undefined);
    const owes = isMine && query.role !== 'issuer' && query.role !== 'target';
    const phases = query.phase ? [query.phase] : owes ? OWED : null;
    const filter: ListFilter = {
      seats,
      offices,
      phases,
      overdueAtMs: query.overdue ? now : null,
      directive: query.directive ?? null,
      unit: query.unit ?? null,
      after,
      limit: limit + 1,
    };
    if (query.role === 'issuer') {
      const awaiting = query.phase === 'submitted';
      // A correction waits for review as well, though its assignment stays approved.
      return listIssued(pool, { ...filter, phases: awaiting ? null : phases, awaiting });
    }
    if (query.role === 'target') return listOffered(pool, filter);
    if (isMine) return listHeld(pool, filter);
    return listSeen(pool, { ...filter, seats: readsAll(directory, person, now) ? null : seats });
  }

  router.get('/assignments', async (req, res) => {
    const query = parseQuery(ListQuery, req);
    const actor = actorOf(req);
    const listed = await list(query, actor.person, query.limit);
    const page: Page<Listed> = pageOf(
      listed,
      query.limit,
      ({ dueAt, id }) => [dueAt, id],
      (each) => each,
    );
    const ledger = await readLedger(deps, pool, page.items);
    const rows = page.items.flatMap(({ id }) => ledger.rows.get(id) ?? []);
    res.json({ items: await viewAll(deps, actor, ledger, rows), nextCursor: page.nextCursor });
  });

  router.get('/assignments/:id', async (req, res) => {
    const view = await viewOne(deps, req, namedIn(req));
    res.setHeader('etag', `"${String(view['version'])}"`);
    res.json(view);
  });

  router.get('/assignments/:id/submissions', async (req, res) => {
    const { limit, cursor } = parseQuery(PageQuery, req);
    const { directive, id } = namedIn(req);
    seenRow(await readLedger(deps, pool, [{ directive, id }]), id, actorOf(req), deps.now());
    const before = readCursor(SeqCursor, cursor) ?? 2 ** 31 - 1;
    const rows = await listSubmissions(pool, directive, id, before, limit + 1);
    res.json(pageOf(rows, limit, ({ version }) => version, submissionView));
  });

  router.get('/assignments/:id/submissions/:version', async (req, res) => {
    const { directive, id } = namedIn(req);
    seenRow(await readLedger(deps, pool, [{ directive, id }]), id, actorOf(req), deps.now());
    const version = /^[1-9]\d{0,8}$/.exec(param(req, 'version'));
    const found = version === null ? null : await findSubmission(pool, directive, id, Number(version[0]));
    if (!found) throw refused('NOT_FOUND');
    res.json(submissionView(found));
  });

  router.get('/assignments/:id/events', async (req, res) => {
    const { limit, cursor } = parseQuery(PageQuery, req);
    const { directive, id } = namedIn(req);
    seenRow(await readLedger(deps, pool, [{ directive, id }]), id, actorOf(req), deps.now());
    const after = readCursor(EventCursor, cursor);
    const events = await listEvents(pool, {
      directive,
      assignment: id,
      under: null,
      types: null,
      after,
      limit: limit + 1,
    });
    const slips = await slipsOf(pool, events);
    res.json(pageOf(events, limit, positionOf, (event) => eventView(event, slips)));
  });

  return router;
}
