// Directives: previewed, made, sent out, read, cancelled and closed by their office (api.md §4).
import { randomBytes, randomUUID } from 'node:crypto';
import { Router, type Request } from 'express';
import { z } from 'zod';
import { commandId } from '../../command/identity.ts';
import { endByOffice, prepareDirective, storeDirective, type Prepared } from '../../command/directive.ts';
import type { Db } from '../../db/pool.ts';
import { seesDirective } from '../../db/queries/access.ts';
import { findHeldRoots, listBranches } from '../../db/queries/assignment.ts';
import { findDirective, findRequest, listDirectives, type DirectiveRow } from '../../db/queries/directive.ts';
import { listEvents } from '../../db/queries/event.ts';
import { findMissing, tallyBelow } from '../../db/queries/tally.ts';
import { readsAll } from '../../domain/access.ts';
import { CancelDirective, CloseDirective, DirectivePhase, DirectiveRequest } from '../../domain/directive.ts';
import { isRefusal, refuseFaults } from '../../domain/failure.ts';
import { levelOf } from '../../domain/code.ts';
import { actsFor, officesOf, unitPlace, type Directory } from '../../domain/organisation.ts';
import { actorOf } from '../authenticate.ts';
import { asOffice } from '../as-office.ts';
import { json, largeJson } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { directiveView, previewView } from '../directive-view.ts';
import { Refused, refused } from '../errors.ts';
import { EventAnswer, EventCursor, eventView, positionOf } from '../event-view.ts';
import { idempotencyKey, once } from '../once.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, readCursor } from '../page.ts';
import { param, parseContent, parseEnvelope, parseQuery } from '../parse.ts';
import { directiveOfId, readLedger, seatsOf } from '../reading.ts';
import { slipsOf } from '../slip-view.ts';
import { treeView } from '../tree-view.ts';

const DirectiveAnswer = named(
  'Directive',
  z.looseObject({ id: z.string(), number: z.string(), phase: DirectivePhase }),
);
named('DirectiveRequest', DirectiveRequest);

const DraftQuery = z.strictObject({ draft: z.stringbool().optional() });
const ListQuery = z.strictObject({
  ...pageQuery,
  phase: DirectivePhase.optional(),
  q: z.string().max(200).optional(),
});
const ListCursor = z.tuple([z.iso.datetime({ offset: true }), z.string()]);
const TreeQuery = z.strictObject({
  depth: z.coerce.number().int().min(1).max(12).optional(),
  under: z.string().max(300).optional(),
});
const EventsQuery = z.strictObject({ ...pageQuery, types: z.string().max(1000).optional() });
const MAX_TREE = 2_000;
const MAX_MISSING = 500;

describe({
  method: 'post',
  path: '/directives',
  tag: 'directives',
  summary: 'Issues a directive; with draft=true only keeps it',
  query: DraftQuery,
  body: DirectiveRequest,
  status: 201,
  answer: DirectiveAnswer,
});
describe({
  method: 'post',
  path: '/directives/preview',
  tag: 'directives',
  summary: 'The plan: every assignment with its deadlines, and warnings',
  body: DirectiveRequest,
  once: false,
  answer: z.looseObject({}),
});
describe({
  method: 'get',
  path: '/directives',
  tag: 'directives',
  summary: 'Those you may see, newest first',
  query: ListQuery,
  answer: pageSchema(DirectiveAnswer),
});
describe({
  method: 'get',
  path: '/directives/{id}',
  tag: 'directives',
  summary: 'One directive',
  answer: DirectiveAnswer,
});
describe({
  method: 'get',
  path: '/directives/{id}/tree',
  tag: 'directives',
  summary: 'Its nested assignments',
  query: TreeQuery,
  answer: z.looseObject({ items: z.array(z.unknown()) }),
});
describe({
  method: 'get',
  path: '/directives/{id}/events',
  tag: 'directives',
  summary: 'What happened, oldest first',
  query: EventsQuery,
  answer: pageSchema(EventAnswer),
});
describe({
  method: 'post',
  path: '/directives/{id}/issue',
  tag: 'directives',
  summary: 'A draft goes out',
  answer: DirectiveAnswer,
});
describe({
  method: 'post',
  path: '/directives/{id}/cancel',
  tag: 'directives',
  summary: 'Cancels it and all below',
  body: CancelDirective,
  answer: DirectiveAnswer,
});
describe({
  method: 'post',
  path: '/directives/{id}/close',
  tag: 'directives',
  summary: 'Closes it: what is in passes, what is not is missing',
  body: CloseDirective,
  answer: DirectiveAnswer,
});

export function directivesRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  /** A directive's own id is made where none is given: short, sortable by day, not guessable. */
  const newId = (): string =>
    `d${new Date(deps.now()).toISOString().slice(2, 10).replaceAll('-', '')}-${randomBytes(5).toString('hex')}`;

  /** Only an office hands directives out; which office is known once the task forces are. */
  async function prepare(
    req: Request,
    request: DirectiveRequest,
    id: string,
  ): Promise<{ prepared: Prepared; directory: Directory; issuedAt: number }> {
    const { person } = actorOf(req);
    const issuedAt = deps.now();
    const directory = await deps.directory.current(pool);
    const offices = officesOf(directory, person, issuedAt);
    if (offices.length === 0) throw refused('FORBIDDEN');
    const prepared = await prepareDirective(pool, deps, { id, request, issuedAt });
    if (isRefusal(prepared)) throw new Refused(prepared);
    if (!offices.includes(prepared.office)) throw refused('FORBIDDEN');
    return { prepared, directory, issuedAt };
  }

  async function view(db: Db, id: string): Promise<Record<string, unknown>> {
    const directive = await findDirective(db, id);
    if (!directive) throw refused('NOT_FOUND');
    return viewOf(directive);
  }

  async function viewOf(directive: DirectiveRow): Promise<Record<string, unknown>> {
    const node = { directive: directive.id, id: directive.id };
    const [tallies, missing] = await Promise.all([
      tallyBelow(pool, [node], deps.now()),
      findMissing(pool, node, MAX_MISSING),
    ]);
    return directiveView(directive, tallies.get(directive.id), missing);
  }

  async function seen(req: Request): Promise<{ directive: DirectiveRow; seats: string[] | null }> {
    const { person } = actorOf(req);
    const now = deps.now();
    const directory = await deps.directory.current(pool);
    const directive = await findDirective(pool, param(req, 'id'));
    if (!directive || !(await seesDirective(pool, directory, person, directive.id, now)))
      throw refused('NOT_FOUND');
    const seesAll =
      readsAll(directory, person, now) || actsFor(directory, person, unitPlace(directive.office), null, now);
    return { directive, seats: seesAll ? null : seatsOf(directory, person, now).seats };
  }

  router.post('/directives/preview', largeJson(), async (req, res) => {
    const request = parseContent(DirectiveRequest, contentOf(req.body));
    const { prepared, directory, issuedAt } = await prepare(req, request, request.id ?? newId());
    res.json(previewView(prepared, directory, issuedAt));
  });

  router.post('/directives', largeJson(), async (req, res) => {
    const { draft } = parseQuery(DraftQuery, req);
    const request = parseContent(DirectiveRequest, contentOf(req.body));
    const given = request.id ?? newId();
    const { status, body } = await once(pool, req, {
      work: async (tx) => {
        const { prepared, issuedAt } = await prepare(req, request, given);
        const refusal = await storeDirective(tx, prepared, {
          actor: actorOf(req),
          issuedAt: draft ? null : issuedAt,
          isDraftKept: false,
          ...(deps.deskLimit === undefined ? {} : { deskLimit: deps.deskLimit }),
        });
        if (refusal) throw new Refused(refusal);
        return { status: 201, kept: given };
      },
      present: (db, id) => view(db, id),
    });
    if (!draft) deps.nudge([(body as { id: string }).id]);
    res.status(status).json(body);
  });

  router.post('/directives/:id/issue', json(), async (req, res) => {
    parseEnvelope(z.strictObject({}), req.body);
    const id = await asOffice(deps, req);
    const { status, body } = await once(pool, req, {
      work: async (tx) => {
        // Two who send the same draft out wait for each other here.
        await tx.query({
          name: 'directive/lock',
          text: 'select from directive where id = $1 for update',
          values: [id],
        });
        const current = await findDirective(tx, id);
        if (current?.phase !== 'draft') throw refused('NOT_A_DRAFT');
        const stored = await findRequest(tx, id);
        if (!stored) throw refused('NOT_FOUND');
        const { prepared, issuedAt } = await prepare(req, stored, id);
        const refusal = await storeDirective(tx, prepared, {
          actor: actorOf(req),
          issuedAt,
          isDraftKept: true,
          ...(deps.deskLimit === undefined ? {} : { deskLimit: deps.deskLimit }),
        });
        if (refusal) throw new Refused(refusal);
        return { status: 200, kept: id };
      },
      present: (db, kept) => view(db, kept),
    });
    deps.nudge([id]);
    res.status(status).json(body);
  });

  const ends = (kind: 'cancel' | 'close', read: (body: unknown) => string | null): void => {
    router.post(`/directives/:id/${kind}`, json(), async (req, res) => {
      const text = read(req.body);
      const receivedMs = deps.now();
      const actor = actorOf(req);
      const id = await asOffice(deps, req);
      let nudges: string[] = [];
      const { status, body } = await once(pool, req, {
        work: async (tx) => {
          const command = commandId(actor.person, idempotencyKey(req) ?? randomUUID(), 0);
          const ended = await endByOffice(tx, deps.sources, { id, kind, text, actor, receivedMs, command });
          if (isRefusal(ended)) throw new Refused(ended);
          ({ nudges } = ended);
          return { status: 200, kept: id };
        },
        present: (db, kept) => view(db, kept),
      });
      deps.nudge(nudges);
      res.status(status).json(body);
    });
  };
  ends('cancel', (body) => reasonOf(body));
  ends('close', (body) => parseEnvelope(CloseDirective, body).note ?? null);

  router.get('/directives', async (req, res) => {
    const { limit, cursor, phase, q } = parseQuery(ListQuery, req);
    const { person } = actorOf(req);
    const now = deps.now();
    const directory = await deps.directory.current(pool);
    const { seats, offices } = seatsOf(directory, person, now);
    const position = readCursor(ListCursor, cursor);
    const rows = await listDirectives(pool, {
      places: readsAll(directory, person, now) ? null : seats.map((seat) => seat.split('@', 1)[0] ?? seat),
      offices,
      phase: phase ?? null,
      q: q ?? null,
      before: position === null ? null : { at: position[0], id: position[1] },
      limit: limit + 1,
    });
    const page = pageOf(
      rows,
      limit,
      (row) => [row.madeAt.toISOString(), row.id],
      (row) => row,
    );
    const tallies = await tallyBelow(
      pool,
      page.items.map(({ id }) => ({ directive: id, id })),
      now,
    );
    const items = page.items.map((row) => {
      const { body: _, policy: __, ...brief } = directiveView(row, tallies.get(row.id), []);
      return brief;
    });
    res.json({ items, nextCursor: page.nextCursor });
  });

  router.get('/directives/:id', async (req, res) => {
    const { directive, seats } = await seen(req);
    const full = await viewOf(directive);
    // Figures of the whole are the office's; a unit sees the notice and its own part of the tree.
    res.json(seats === null ? full : { ...full, counts: null, coverage: null });
  });

  router.get('/directives/:id/tree', async (req, res) => {
    const { depth, under } = parseQuery(TreeQuery, req);
    const { directive, seats } = await seen(req);
    const held = seats === null ? null : await findHeldRoots(pool, directive.id, seats);
    const roots = rootsOf(held, under, directive.id);
    const base = Math.max(0, ...(roots ?? []).map((root) => levelOf(root) - 1));
    const branches = await listBranches(
      pool,
      directive.id,
      roots,
      depth === undefined ? 12 : base + depth,
      MAX_TREE + 1,
    );
    const shown = branches.slice(0, MAX_TREE);
    const now = deps.now();
    const [ledger, tallies] = await Promise.all([
      readLedger(
        deps,
        pool,
        shown.map(({ id }) => ({ directive: directive.id, id })),
      ),
      tallyBelow(
        pool,
        shown.filter(({ node }) => node).map(({ id }) => ({ directive: directive.id, id })),
        now,
      ),
    ]);
    res.json({ items: treeView({ ledger, actor: actorOf(req), now }, branches, tallies, MAX_TREE) });
  });

  router.get('/directives/:id/events', async (req, res) => {
    const { limit, cursor, types } = parseQuery(EventsQuery, req);
    const { directive, seats } = await seen(req);
    const under = seats === null ? null : await findHeldRoots(pool, directive.id, seats);
    const events = await listEvents(pool, {
      directive: directive.id,
      assignment: null,
      under,
      types: types === undefined ? null : types.split(',').map((type) => type.trim()),
      after: readCursor(EventCursor, cursor),
      limit: limit + 1,
    });
    const slips = await slipsOf(pool, events);
    res.json(pageOf(events, limit, positionOf, (event) => eventView(event, slips)));
  });

  return router;
}

/** A directive that is no object at all is a wrong envelope; what is in one is content. */
function contentOf(body: unknown): object {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refused('MALFORMED');
  return body;
}

/** A cancellation without a reason is content that is wrong, not an envelope. */
function reasonOf(body: unknown): string {
  const { reason } = parseEnvelope(z.strictObject({ reason: z.string().max(2000).optional() }), body);
  if (!reason?.trim()) throw new Refused(refuseFaults([{ path: 'reason', code: 'REQUIRED' }]));
  return reason.trim();
}

/** Where the tree begins: what the reader holds, within what was asked for; null is the whole. */
function rootsOf(held: string[] | null, under: string | undefined, directive: string): string[] | null {
  if (under === undefined) return held;
  if (directiveOfId(under) !== directive) throw refused('NOT_FOUND');
  if (held === null) return [under];
  if (held.some((root) => under === root || under.startsWith(`${root}.`))) return [under];
  throw refused('NOT_FOUND');
}
