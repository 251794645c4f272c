// Reports that wait for a person's review, each with all it is judged by: what stands out first, then what was explained.
import type { Request } from 'express';
import type { z } from 'zod';
import type { NODE_CALLS, ReviewItem } from '../../contract/nodes.ts';
import type { OutlierAnswer } from '../../contract/outliers.ts';
import { listIssued } from '../../db/queries/assignment.ts';
import { findSubmissions } from '../../db/queries/submission.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import { isNumeric } from '../../domain/form/field-kind.ts';
import type { Form } from '../../domain/form/field.ts';
import { USUAL_THRESHOLDS } from '../../domain/merge/outlier.ts';
import { RefusalThrown } from '../../domain/refusal-thrown.ts';
import { readingOf, type Viewer } from '../../reading/gate.ts';
import { findOutliers } from '../../reading/outliers.ts';
import { readSnapshot } from '../../reading/seen-row.ts';
import { isSensitive } from '../../domain/form/masking.ts';
import { actorOf } from '../access/authenticate.ts';
import { viewerOf } from '../access/viewer.ts';
import type { RouteDeps } from '../deps.ts';
import { outlierView } from './outlier-view.ts';
import { viewAll } from './reading.ts';

type ReviewAnswer = z.output<(typeof NODE_CALLS.review.answers)[200]>;
type ReviewQuery = z.output<typeof NODE_CALLS.review.query>;
type Peers = ReviewItem['peers'];

/** Nodes whose siblings are compared in one answer; those of further ones are shown without. */
const MOST_NODES = 20;

type AtNode = { outliers: Map<string, OutlierAnswer[]>; peers: Peers };

/** What is usual among the reports of one node, and what stands out there. */
async function lookAt(
  deps: RouteDeps,
  viewer: Viewer,
  node: { directive: string; id: string; form: Form },
): Promise<AtNode> {
  const numbers = node.form.fields.filter((field) => isNumeric(field.type) && !isSensitive(field));
  const keys = numbers.map(({ key }) => key);
  const place = { directive: node.directive, node: node.id, form: node.form, reported: true };
  const outliers = new Map<string, OutlierAnswer[]>();
  const seen = await findOutliers(deps.pool, place, viewer, { ...USUAL_THRESHOLDS, least: null }).catch(
    (error: unknown) => {
      // Too many to compare at once: the reports are still there to be reviewed.
      if (error instanceof RefusalThrown && error.refusal.code === 'TOO_MANY_REPORTS') return null;
      throw error;
    },
  );
  if (seen === null) return { outliers, peers: {} };
  const { found, reports } = seen;
  for (const each of found) {
    const answer = outlierView(each, reports, viewer.directory);
    outliers.set(answer.assignment, [...(outliers.get(answer.assignment) ?? []), answer]);
  }
  const peers: Peers = {};
  for (const key of keys) {
    const values = [...reports.values()].flatMap(({ values: of }) => {
      const value = of[key];
      return typeof value === 'number' ? [value] : [];
    });
    if (values.length > 1) peers[key] = { min: Math.min(...values), max: Math.max(...values) };
  }
  return { outliers, peers };
}

/** Outliers first, then what was explained, then the rest; each as it was asked for. */
const rankOf = ({ outliers, explained }: ReviewItem): number =>
  outliers.length > 0 ? 0 : Object.keys(explained).length > 0 ? 1 : 2;

export async function reviewView(
  deps: RouteDeps,
  req: Request,
  query: ReviewQuery,
): Promise<ReviewAnswer['items']> {
  const actor = actorOf(req);
  const viewer = await viewerOf(deps, req);
  const listed = await listIssued(deps.pool, {
    reading: readingOf(viewer),
    phases: null,
    overdueAtMs: null,
    directive: query.node?.split('.')[0] ?? null,
    unit: null,
    suspended: null,
    asked: null,
    sought: null,
    after: null,
    limit: query.limit,
    waiting: 'review',
  });
  const snapshot = await readSnapshot(deps, deps.pool, listed);
  const rows = listed
    .flatMap(({ id }) => snapshot.rows.get(id) ?? [])
    .filter(({ state }) => query.node === undefined || state.parent === query.node);
  const formOf = (row: AssignmentRow): Form | undefined =>
    snapshot.directiveOf(row).items.get(row.state.item)?.form;
  const nodes = new Map<string, { directive: string; id: string; form: Form }>();
  for (const row of rows) {
    const form = formOf(row);
    const { parent } = row.state;
    if (form !== undefined && parent !== null && nodes.size < MOST_NODES)
      nodes.set(parent, { directive: row.directive, id: parent, form });
  }
  const [views, looked, before] = await Promise.all([
    viewAll(deps, actor, snapshot, rows),
    Promise.all([...nodes].map(async ([id, node]) => [id, await lookAt(deps, viewer, node)] as const)),
    findSubmissions(
      deps.pool,
      rows.flatMap(({ directive, id, state: { current } }) =>
        current > 1 ? [{ directive, id, version: current - 1 }] : [],
      ),
    ),
  ]);
  const at = new Map(looked);
  const previous = new Map(before.map((each) => [each.assignment, each.content]));
  const items = views.flatMap((view): ReviewItem[] => {
    const { id: assignment, directive, item, holder, parent, submission, allowed } = view;
    const form = snapshot.directiveOf({ directive: directive.id }).items.get(item.key)?.form;
    if (submission === null) return [];
    const here = parent === null ? undefined : at.get(parent);
    const open = new Set((form?.fields ?? []).filter((field) => !isSensitive(field)).map(({ key }) => key));
    const values = (previous.get(assignment) as { values?: Record<string, unknown> } | undefined)?.values;
    return [
      {
        ...{ assignment, version: view.version, directive, item, holder, node: parent, submission, allowed },
        fields: (form?.fields ?? [])
          .filter(({ type }) => type !== 'table')
          .map(({ key, label, type, unit = null }) => ({ key, label, type, unit })),
        outliers: here?.outliers.get(assignment) ?? [],
        explained: submission.explanations,
        previous:
          values === undefined
            ? null
            : (Object.fromEntries(
                Object.entries(values).filter(([key]) => open.has(key)),
              ) as ReviewItem['previous']),
        peers: here?.peers ?? {},
      },
    ];
  });
  return items
    .filter(({ outliers }) => query.only === undefined || outliers.length > 0)
    .sort((a, b) => rankOf(a) - rankOf(b));
}
