// The nodes a person holds, and the receivers of one of them, as their screens show them.
import type { Request } from 'express';
import type { z } from 'zod';
import type { NODE_CALLS, NodeItem, ReceiverItem } from '../../contract/nodes.ts';
import { countBelow, listChildren, listHeldNodes, type WaitingBelow } from '../../db/queries/below.ts';
import { findPeople } from '../../db/queries/organisation-list.ts';
import { tallyBelow, type BranchTally } from '../../db/queries/tally.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { isNumeric } from '../../domain/form/field-kind.ts';
import type { Form } from '../../domain/form/field.ts';
import { toIso } from '../../domain/instant.ts';
import { nameOfCode } from '../../domain/organisation/organisation.ts';
import { USUAL_THRESHOLDS } from '../../domain/merge/outlier.ts';
import { seenPeople } from '../../reading/contacts.ts';
import { readingOf, type Viewer } from '../../reading/gate.ts';
import { findOutliers, MOST_REPORTS } from '../../reading/outliers.ts';
import { readSnapshot, seenRow } from '../../reading/seen-row.ts';
import { findSensitiveSight, isClearBy } from '../../reading/sensitive.ts';
import { summarise } from '../../reading/summary.ts';
import { actorOf } from '../access/authenticate.ts';
import { viewerOf } from '../access/viewer.ts';
import type { RouteDeps } from '../deps.ts';
import { pageOf, type Page } from '../page.ts';
import { assignmentClock, calendarTerms } from './assignment-clock.ts';
import { assignmentView, type ViewContext } from './assignment-view.ts';
import { namedIn, viewAll } from './reading.ts';

/** More open nodes than a street holds at once. */
const MOST_NODES = 200;

const NOTHING: Omit<WaitingBelow, 'node'> = { toReview: 0, toDecide: 0, unacknowledged: 0 };
const NO_COVERAGE = { expected: 0, reported: 0, approved: 0 };

function nodeItem(
  context: ViewContext,
  row: AssignmentRow,
  tally: BranchTally | undefined,
  waiting: WaitingBelow | undefined,
): NodeItem | null {
  if (tally === undefined) return null;
  const view = assignmentView(context, row, { submission: null, counts: tally.counts, delivered: undefined });
  const { id, directive, item, holder, dueAt, light, phase } = view;
  const { toReview, toDecide, unacknowledged } = waiting ?? NOTHING;
  return {
    ...{ id, directive, item, holder, dueAt, light, phase, counts: tally.counts },
    ...{ coverage: tally.coverage, toReview, toDecide, unacknowledged },
  };
}

type NodesAnswer = z.output<(typeof NODE_CALLS.mine.answers)[200]>;

export async function nodesView(deps: RouteDeps, req: Request): Promise<NodesAnswer> {
  const viewer = await viewerOf(deps, req);
  const nodes = await listHeldNodes(deps.pool, readingOf(viewer), MOST_NODES);
  const snapshot = await readSnapshot(deps, deps.pool, nodes);
  const context = { snapshot, actor: actorOf(req), now: viewer.now };
  const rows = nodes.flatMap(({ id }) => snapshot.rows.get(id) ?? []);
  const [tallies, waiting] = await Promise.all([
    tallyBelow(deps.pool, rows, viewer.now),
    countBelow(deps.pool, rows),
  ]);
  return {
    items: rows.flatMap((row) => nodeItem(context, row, tallies.get(row.id), waiting.get(row.id)) ?? []),
    now: toIso(viewer.now),
    calendars: calendarTerms(context, rows),
  };
}

type ReceiversAnswer = z.output<(typeof NODE_CALLS.receivers.answers)[200]>;
type ReceiversQuery = z.output<typeof NODE_CALLS.receivers.query>;

/** How many values of each report stand out; of a node with too many reports they are asked for one by one. */
async function outlierCounts(
  deps: RouteDeps,
  viewer: Viewer,
  node: { directive: string; id: string; form: Form | undefined; leaves: number },
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  if (node.form === undefined || node.leaves > MOST_REPORTS) return counts;
  const place = { directive: node.directive, node: node.id, form: node.form, reported: true };
  const { found } = await findOutliers(deps.pool, place, viewer, { ...USUAL_THRESHOLDS, least: null });
  for (const { outlier } of found) counts.set(outlier.assignment, (counts.get(outlier.assignment) ?? 0) + 1);
  return counts;
}

/** Leaves merged while one waits; a larger node has its figures under `…/summary`. */
const MERGED_AT_ONCE = 500;

export async function receiversView(
  deps: RouteDeps,
  req: Request,
  query: ReceiversQuery,
  after: string | null,
): Promise<ReceiversAnswer> {
  const named = namedIn(req);
  const actor = actorOf(req);
  const viewer = await viewerOf(deps, req);
  const listed = await listChildren(deps.pool, named, after, query.limit + 1);
  const page: Page<(typeof listed)[number]> = pageOf(
    listed,
    query.limit,
    ({ rank }) => rank,
    (each) => each,
  );
  const snapshot = await readSnapshot(deps, deps.pool, [named, ...page.items]);
  const row = seenRow(snapshot, named.id, actor, viewer.now);
  const context = { snapshot, actor, now: viewer.now };
  const rows = page.items.flatMap(({ id }) => snapshot.rows.get(id) ?? []);
  const directive = snapshot.directiveOf(row);
  const form = directive.items.get(row.state.item)?.form;
  const [views, tallies, waiting] = await Promise.all([
    viewAll(deps, actor, snapshot, rows),
    tallyBelow(deps.pool, [row, ...rows.filter(({ state }) => state.node)], viewer.now),
    countBelow(deps.pool, [row]),
  ]);
  const tally = tallies.get(row.id) ?? { counts: null, coverage: NO_COVERAGE };
  const leaves = tally.coverage.expected;
  const at = { ...named, form, leaves };
  const [outliers, people, total] = await Promise.all([
    outlierCounts(deps, viewer, at),
    phonesOf(
      deps,
      viewer,
      views.flatMap(({ liaisons }) => liaisons.map(({ person }) => person)),
    ),
    leaves > MERGED_AT_ONCE ? null : totalOf(deps, viewer, at, directive.terms.office),
  ]);
  const items = views.map((view, n): ReceiverItem => {
    const own = rows[n];
    if (own === undefined) throw new Error('a view without its row');
    const { reason } = assignmentClock(context, own);
    return {
      id: view.id,
      holder: view.holder,
      phase: view.phase,
      light: view.light,
      reason,
      acknowledgeBy: view.acknowledgeBy,
      acknowledgedAt: view.acknowledgedAt,
      dueAt: view.dueAt,
      suspendedUntil: view.suspendedUntil,
      submittedAt: view.submittedAt,
      report: view.submission?.version ?? 0,
      version: view.version,
      allowed: view.allowed,
      counts: view.counts,
      coverage: tallies.get(view.id)?.coverage ?? null,
      values: view.submission?.values ?? null,
      outliers: outliers.get(view.id) ?? 0,
      asks: [
        ...(view.extension === null ? [] : (['extension'] as const)),
        ...(view.transfer === null ? [] : (['transfer'] as const)),
        ...(view.decline === null ? [] : (['decline'] as const)),
      ],
      liaisons: view.liaisons.map((liaison) => ({ ...liaison, phone: people.get(liaison.person) ?? null })),
    };
  });
  const node = nodeItem(context, row, tallies.get(row.id), waiting.get(row.id));
  if (node === null) throw new Error('a node without its tally');
  return {
    now: toIso(viewer.now),
    node,
    fields: (form?.fields ?? [])
      .filter(({ type }) => isNumeric(type))
      .map(({ key, label, type, unit = null }) => ({ key, label, type, unit })),
    items: items.filter(({ light }) => query.light === undefined || light === query.light),
    nextCursor: page.nextCursor,
    total,
    calendars: calendarTerms(context, [row]),
  };
}

async function totalOf(
  deps: RouteDeps,
  viewer: Viewer,
  { directive, id, form }: { directive: string; id: string; form: Form | undefined },
  office: string,
): Promise<ReceiversAnswer['total']> {
  const sensitive = await findSensitiveSight(deps.pool, viewer, { directive, office }, [form]);
  const unitName = (code: string): string => nameOfCode(viewer.directory, code);
  const at = { directive, node: id, form, unitName, isClear: isClearBy(sensitive) };
  const { finished, coverage } = await summarise(deps.pool, at, 'reported');
  // Nothing has come in: that is no 0.
  return coverage.reported === 0
    ? null
    : { values: finished.values as NonNullable<ReceiversAnswer['total']>['values'] };
}

/** Telephones of these people, as far as the reader works with them. */
async function phonesOf(
  deps: RouteDeps,
  viewer: Viewer,
  ids: readonly string[],
): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const rows = await findPeople(deps.pool, [...new Set(ids)]);
  const seen = await seenPeople(deps.pool, viewer, rows);
  return new Map(seen.map(({ id, phone }) => [id, phone]));
}
