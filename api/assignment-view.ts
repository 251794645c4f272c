// An assignment as readers see it (api.md §5): the record with names, lights and what the reader may do now.
import type { Ledger } from '../command/ledger.ts';
import { directiveOf } from '../command/terms.ts';
import type { AssignmentRow } from '../db/queries/ledger.ts';
import type { Delivered } from '../db/queries/delivery.ts';
import type { SubmissionRow } from '../db/queries/submission.ts';
import type { Counts } from '../db/queries/tally.ts';
import { relate, type Actor } from '../domain/access.ts';
import { evolve, type Assignment } from '../domain/assignment.ts';
import { carry, type Ordering } from '../domain/carry.ts';
import { allowed } from '../domain/decide.ts';
import { toIso, toIsoOrNull, type Millis } from '../domain/instant.ts';
import { isOverdue, lightOf } from '../domain/light.ts';
import {
  codeOf,
  isTaskForce,
  nameOf,
  occupants,
  taskForcePlace,
  unitPlace,
  type Place,
} from '../domain/organisation.ts';

/** What a view needs beside the ledger. */
export type ViewContext = { ledger: Ledger; actor: Actor; now: Millis };

export type Named = { code: string; name: string };

/** What ancestors have ordered and no command or cascade has yet written (design.md §2): shown, not stored. */
export function carried({ ledger }: Pick<ViewContext, 'ledger'>, row: AssignmentRow): Assignment {
  const above: Ordering[] = [
    { id: row.directive, orders: ledger.directiveOf(row).standing.orders },
    ...ledger.above(row).map((node) => ({ id: node.id, orders: node.state.orders })),
  ];
  return carry(row.state, above).reduce(
    (state, { event, actor }) => evolve(state, { ...event, at: toIso(ledger.nowMs), actor }),
    row.state,
  );
}

export function submissionView(submission: SubmissionRow): Record<string, unknown> {
  const { version, content, by, at, kind } = submission;
  return {
    version,
    values: {},
    rows: {},
    attachments: [],
    note: null,
    explanations: {},
    ...content,
    by,
    at: at.toISOString(),
    kind,
  };
}

const deliveredView = (delivered: Delivered | undefined): { at: string; channel: string } | null =>
  delivered === undefined ? null : { at: delivered.at.toISOString(), channel: delivered.channel };

export function assignmentView(
  context: ViewContext,
  row: AssignmentRow,
  extra: {
    submission: Record<string, unknown> | null;
    counts: Counts | null;
    delivered: Delivered | undefined;
  },
): Record<string, unknown> {
  const { ledger, actor, now } = context;
  const { directory } = ledger;
  const directive = ledger.directiveOf(row);
  const state = carried(context, row);
  const standing = ledger.standingOf(row);
  const named = (place: Place): Named => ({ code: codeOf(place), name: nameOf(directory, place) });
  const relation = relate(directory, actor.person, standing, now);
  const item = directive.items.get(state.item);
  const { terms } = directive;
  return {
    id: row.id,
    directive: { id: terms.id, number: terms.number, title: terms.title, urgency: terms.urgency },
    item: { key: state.item, title: item?.title ?? state.item },
    parent: state.parent,
    ...(state.unit === null
      ? { unit: null, taskForce: named(taskForcePlace(state.taskForce)) }
      : { unit: named(unitPlace(state.unit)), taskForce: named(taskForcePlace(state.taskForce)) }),
    holder: { ...named(state.holder), kind: isTaskForce(state.holder) ? 'taskForce' : 'unit' },
    issuer: named(ledger.issuerOf(row)),
    phase: state.phase,
    light: lightOf(state, now),
    overdue: isOverdue(state, now),
    suspendedUntil: null,
    extension: null,
    transfer: null,
    escalation: state.escalation,
    issuedAt: toIso(state.issuedAt),
    delivered: deliveredView(extra.delivered),
    acknowledgeBy: toIsoOrNull(state.acknowledgeBy),
    dueAt: toIso(state.dueAt),
    acknowledgedAt: toIsoOrNull(state.acknowledgedAt),
    submittedAt: toIsoOrNull(state.submittedAt),
    settledAt: toIsoOrNull(state.settledAt),
    onTime: state.onTime,
    correcting: state.correcting,
    submission: extra.submission,
    returned: state.returned,
    counts: extra.counts,
    liaisons: (['liaisonA', 'liaisonB'] as const).flatMap((role) =>
      occupants(directory, state.holder, role, state.taskForce, now).map((person) => ({
        person,
        name: directory.people.get(person)?.name ?? person,
        role,
      })),
    ),
    allowed: allowed(state, { relation, received: now, directive: directiveOf(directive) }),
    version: state.version,
  };
}
