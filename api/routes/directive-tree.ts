// A directive's tree and what happened in it, as far as the reader sees it (api.md §4).
import { Router, type Request } from 'express';
import { TREE_CALLS } from '../../contract/directive-tree.ts';
import { seesDirective } from '../../db/queries/access.ts';
import { findHeldRoots, listBranches } from '../../db/queries/assignment.ts';
import type { DirectiveRow } from '../../db/queries/directive.ts';
import { listEvents } from '../../db/queries/event.ts';
import { tallyBelow } from '../../db/queries/tally.ts';
import { levelOf } from '../../domain/code.ts';
import { actorOf } from '../access/authenticate.ts';
import type { RouteDeps } from '../deps.ts';
import { accessTo } from '../access/directive-access.ts';
import { refused } from '../errors.ts';
import { EventCursor, eventView, positionOf } from '../views/event-view.ts';
import { pageOf, readCursor } from '../page.ts';
import { serve } from '../serve.ts';
import { directiveOfId, readLedger, seatsOf } from '../views/reading.ts';
import { slipsOf } from '../views/slip-view.ts';
import { treeView } from '../views/tree-view.ts';

const MAX_TREE = 2_000;

export function directiveTreeRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  /** The directive and the seats whose parts of it are shown; null for the whole. 404 for a superior who holds none of it. */
  async function seen(req: Request): Promise<{ directive: DirectiveRow; seats: string[] | null }> {
    const { directive, directory, as } = await accessTo(deps, req);
    if (as === 'office' || as === 'whole') return { directive, seats: null };
    const { person } = actorOf(req);
    const now = deps.now();
    if (as === 'superior' && !(await seesDirective(pool, directory, person, directive.id, now)))
      throw refused('NOT_FOUND');
    return { directive, seats: seatsOf(directory, person, now).seats };
  }

  serve(router, TREE_CALLS.tree, async ({ req, query: { depth, under } }) => {
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
    return { items: treeView({ ledger, actor: actorOf(req), now }, branches, tallies, MAX_TREE) };
  });

  serve(router, TREE_CALLS.events, async ({ req, query: { limit, cursor, types } }) => {
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
    return pageOf(events, limit, positionOf, (event) => eventView(event, slips));
  });

  return router;
}

/** Where the tree begins: what the reader holds, within what was asked for; null is the whole. */
function rootsOf(held: string[] | null, under: string | undefined, directive: string): string[] | null {
  if (under === undefined) return held;
  if (directiveOfId(under) !== directive) throw refused('NOT_FOUND');
  if (held === null) return [under];
  if (held.some((root) => under === root || under.startsWith(`${root}.`))) return [under];
  throw refused('NOT_FOUND');
}
