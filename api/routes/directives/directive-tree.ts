// A directive's tree and its events, as far as the reader sees it (api.md §4).
import { Router, type Request } from 'express';
import { TREE_CALLS } from '../../../contract/directive-tree.ts';
import { findSeenRoots, listBranches, type SeenRoot } from '../../../db/queries/assignment.ts';
import type { DirectiveRow } from '../../../db/queries/directive.ts';
import { listEvents } from '../../../db/queries/event.ts';
import { tallyBelow } from '../../../db/queries/tally.ts';
import { levelOf, directiveOfId } from '../../../domain/code.ts';
import { readingOf } from '../../../reading/gate.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { treeAccessTo } from '../../access/directive-access.ts';
import { refused } from '../../errors.ts';
import { EventCursor, eventView, formsOf, positionOf } from '../../views/event-view.ts';
import { pageOf, readCursor } from '../../page.ts';
import { serve } from '../../serve.ts';
import { readSnapshot } from '../../../reading/seen-row.ts';
import { slipsOf } from '../../views/slip-view.ts';
import { treeView } from '../../views/tree-view.ts';

const MAX_TREE = 2_000;

export function directiveTreeRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  /** The directive and the roots of the part of its tree that the reader sees; null for the whole. */
  async function seen(req: Request): Promise<{ directive: DirectiveRow; held: SeenRoot[] | null }> {
    const { directive, sight, viewer } = await treeAccessTo(deps, req);
    if (sight.kind === 'whole') return { directive, held: null };
    return { directive, held: await findSeenRoots(pool, directive.id, readingOf(viewer)) };
  }

  serve(router, TREE_CALLS.tree, async ({ req, query: { depth, under } }) => {
    const { directive, held } = await seen(req);
    const roots = rootsOf(held, under, directive.id);
    const base = Math.max(0, ...(roots ?? []).map(({ id }) => levelOf(id) - 1));
    const branches = await listBranches(
      pool,
      directive.id,
      roots,
      depth === undefined ? 12 : base + depth,
      MAX_TREE + 1,
    );
    const shown = branches.slice(0, MAX_TREE);
    const now = deps.now();
    const [snapshot, tallies] = await Promise.all([
      readSnapshot(
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
    return { items: treeView({ snapshot, actor: actorOf(req), now }, branches, tallies, MAX_TREE) };
  });

  serve(router, TREE_CALLS.events, async ({ req, query: { limit, cursor, types } }) => {
    const { directive, held } = await seen(req);
    const events = await listEvents(pool, {
      directive: directive.id,
      assignment: null,
      under: held,
      types: types === undefined ? null : types.split(',').map((type) => type.trim()),
      after: readCursor(EventCursor, cursor),
      limit: limit + 1,
    });
    const slips = await slipsOf(pool, events);
    const formOf = formsOf(directive);
    return pageOf(events, limit, positionOf, (event) => eventView(event, slips, formOf));
  });

  return router;
}

/** The roots of the tree: those the reader sees, within the part asked for; null is the whole. */
function rootsOf(held: SeenRoot[] | null, under: string | undefined, directive: string): SeenRoot[] | null {
  if (under === undefined) return held;
  if (directiveOfId(under) !== directive) throw refused('NOT_FOUND');
  if (held === null) return [{ id: under, below: true }];
  const within = held.filter(({ id, below }) => under === id || (below && under.startsWith(`${id}.`)));
  if (within.length === 0) throw refused('NOT_FOUND');
  return [{ id: under, below: within.some(({ below }) => below) }];
}
