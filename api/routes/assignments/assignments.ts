// Assignments to read: those the reader owes, those that wait for or are shared with the reader, one of them and its events.
import { Router } from 'express';
import { z } from 'zod';
import {
  listBelow,
  listHeld,
  listIssued,
  listSeen,
  listShared,
  listOffered,
  type ListedAssignment,
  type ListFilter,
  type WaitingFor,
} from '../../../db/queries/assignment.ts';
import { listEvents } from '../../../db/queries/event.ts';
import {
  ASSIGNMENT_CALLS,
  PHASES,
  type AssignmentAnswer,
  type AssignmentBrief,
} from '../../../contract/assignments.ts';
import type { Phase } from '../../../domain/assignment/assignment.ts';
import { placesNamed } from '../../../domain/organisation/named-places.ts';
import { assignmentBrief } from '../../views/assignment-brief.ts';
import { readingOf, type Viewer } from '../../../reading/gate.ts';
import { actorOf } from '../../access/authenticate.ts';
import { viewerOf } from '../../access/viewer.ts';
import type { RouteDeps } from '../../deps.ts';
import { refused } from '../../errors.ts';
import { eventView, EventCursor, formsOf, positionOf } from '../../views/event-view.ts';
import { pageOf, readCursor, type Page } from '../../page.ts';
import { Reply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import { namedIn, viewAll, viewOne } from '../../views/reading.ts';
import { readSnapshot, seenRow } from '../../../reading/seen-row.ts';
import { slipsOf } from '../../views/slip-view.ts';

const OWED = ['issued', 'acknowledged', 'returned'];

type ListQuery = z.output<(typeof ASSIGNMENT_CALLS)['list']['query']>;
/** Filters that would say more of an assignment than the list of shared results shows. */
const OF_SEEN = [
  'holder',
  'scope',
  'q',
  'phase',
  'overdue',
  'unacknowledged',
  'suspended',
  'asked',
  'unit',
] as const;
const ListCursor = z.tuple([z.iso.datetime({ offset: true }), z.string()]);

export function assignmentsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  /** Reads the list asked for: assignments the reader holds, is offered or issued, or all the reader sees of a directive or a unit. */
  async function list(query: ListQuery, viewer: Viewer): Promise<ListedAssignment[]> {
    const { directory, now } = viewer;
    const position = readCursor(ListCursor, query.cursor);
    const filter: ListFilter = {
      reading: readingOf(viewer),
      phases: phasesOf(query),
      overdueAtMs: query.overdue ? now : null,
      directive: query.directive ?? null,
      unit: query.unit ?? null,
      suspended: query.suspended ?? null,
      asked: query.asked ?? null,
      sought: query.q === undefined ? null : { q: query.q, places: placesNamed(directory, query.q, now) },
      after: position === null ? null : { dueAt: position[0], rank: position[1] },
      limit: query.limit + 1,
    };
    if (query.scope === 'below') {
      if (query.role !== undefined || query.holder !== undefined)
        throw refused('MALFORMED', { errors: [{ path: 'scope', code: 'INVALID' }] });
      return listBelow(pool, filter);
    }
    if (query.role === 'target') return listOffered(pool, filter);
    if (query.role === 'issuer') return listIssued(pool, waitingFor(filter));
    const isMine =
      query.holder === 'me' ||
      query.role === 'holder' ||
      (query.directive === undefined && query.unit === undefined);
    if (isMine) return listHeld(pool, { ...filter, phases: filter.phases ?? owed(filter) });
    return listSeen(pool, filter);
  }

  /** Others' assignments of which the reader sees the merged result: in order of rank, since the reader may not see due times. */
  async function listResults(query: ListQuery, viewer: Viewer): Promise<Page<AssignmentBrief>> {
    for (const name of OF_SEEN)
      if (query[name] !== undefined)
        throw refused('MALFORMED', { errors: [{ path: name, code: 'UNKNOWN_FIELD' }] });
    const listed = await listShared(pool, {
      reading: readingOf(viewer),
      directive: query.directive ?? null,
      after: readCursor(z.string().max(300), query.cursor),
      limit: query.limit + 1,
    });
    const page = pageOf(
      listed,
      query.limit,
      ({ rank }) => rank,
      (each) => each,
    );
    const snapshot = await readSnapshot(deps, pool, page.items);
    const rows = page.items.flatMap(({ id }) => snapshot.rows.get(id) ?? []);
    return { items: rows.map((row) => assignmentBrief(snapshot, row)), nextCursor: page.nextCursor };
  }

  serve(
    router,
    ASSIGNMENT_CALLS.list,
    async ({ req, query }): Promise<Page<AssignmentAnswer | AssignmentBrief>> => {
      const viewer = await viewerOf(deps, req);
      if (query.role === 'shared') return listResults(query, viewer);
      const page: Page<ListedAssignment> = pageOf(
        await list(query, viewer),
        query.limit,
        ({ dueAt, rank }) => [dueAt, rank],
        (each) => each,
      );
      const snapshot = await readSnapshot(deps, pool, page.items);
      const rows = page.items.flatMap(({ id }) => snapshot.rows.get(id) ?? []);
      return { items: await viewAll(deps, actorOf(req), snapshot, rows), nextCursor: page.nextCursor };
    },
  );

  serve(router, ASSIGNMENT_CALLS.read, async ({ req }) => {
    const view = await viewOne(deps, req, namedIn(req));
    return new Reply(200, view, { etag: `"${view.version}"` });
  });

  serve(router, ASSIGNMENT_CALLS.events, async ({ req, query: { limit, cursor } }) => {
    const { directive, id } = namedIn(req);
    const snapshot = await readSnapshot(deps, pool, [{ directive, id }]);
    const row = seenRow(snapshot, id, actorOf(req), deps.now());
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
    const formOf = formsOf(snapshot.directiveOf(row).terms);
    return pageOf(events, limit, positionOf, (event) => eventView(event, slips, formOf));
  });

  return router;
}

/** The phase asked for; an unacknowledged assignment is issued, and so in no other phase. */
function phasesOf({ phase, unacknowledged }: ListQuery): Phase[] | null {
  const asked = phase === undefined ? null : [phase];
  if (unacknowledged === undefined) return asked;
  return (asked ?? PHASES).filter((each) => (each === 'issued') === unacknowledged);
}

/** The phases in which the holder owes work, unless the reader asks for suspended assignments or those with an open request. */
const owed = ({ suspended, asked }: ListFilter): string[] | null => (suspended || asked ? null : OWED);

/** A correction waits for review as well, though its assignment stays approved. */
function waitingFor(filter: ListFilter): ListFilter & { waiting: WaitingFor } {
  if (filter.asked) return { ...filter, waiting: 'decision' };
  const isReview = filter.phases?.[0] === 'submitted';
  return isReview ? { ...filter, phases: null, waiting: 'review' } : { ...filter, waiting: null };
}
