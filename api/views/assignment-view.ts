// An assignment as readers see it (api.md §5): the record with names, lights and the commands the reader may give now.
import type { Snapshot } from '../../reading/snapshot.ts';
import { seenSubmission } from '../../reading/sensitive.ts';
import type { AssignmentAnswer } from '../../contract/assignments.ts';
import type { PlaceAnswer } from '../../contract/places.ts';
import type { SubmissionAnswer } from '../../contract/submission-answer.ts';
import { asksSignature, carryTermsOf, directiveOf } from '../../reading/terms.ts';
import type { AssignmentRow } from '../../db/queries/ledger.ts';
import type { Delivered } from '../../db/queries/delivery.ts';
import type { SubmissionRow } from '../../db/queries/submission.ts';
import type { Counts } from '../../db/queries/tally.ts';
import { relate, type Actor } from '../../domain/access/relation.ts';
import { readsSensitive } from '../../domain/access/sensitive.ts';
import type { Assignment } from '../../domain/assignment/assignment.ts';
import { nextRungs } from '../../domain/assignment/by-hand.ts';
import { carriedState } from '../../domain/assignment/carry.ts';
import { allowed } from '../../domain/assignment/decide.ts';
import { mayUrgeBelow, urgesNobody } from '../../domain/assignment/urging.ts';
import { toIso, toIsoOrNull, type Millis } from '../../domain/instant.ts';
import { isOverdue, lightOf } from '../../domain/assignment/light.ts';
import {
  codeOf,
  isLed,
  isTaskForce,
  nameOf,
  occupants,
  taskForcePlace,
  unitPlace,
  type Place,
} from '../../domain/organisation/organisation.ts';

/** The snapshot, with the reader and the time a view needs. */
export type ViewContext = { snapshot: Snapshot; actor: Actor; now: Millis };

/** The state with orders of ancestors that no command or cascade has yet written (design.md §2): shown, not stored. */
export function carried({ snapshot }: Pick<ViewContext, 'snapshot'>, row: AssignmentRow): Assignment {
  return carriedState(row.state, snapshot.standingAbove(row), carryTermsOf(snapshot.directiveOf(row)));
}

/** Every version's answer has these fields, even those that were not kept with it. */
const UNSAID = { values: {}, rows: {}, attachments: [], note: null, explanations: {} };

/**
 * A document sent up is read by itself (routes/documents.ts): it would make every list of assignments heavy. The rest is
 * JSON as it was kept, in one of the shapes the contract writes out; the tests hold it to that.
 */
export function submissionView({ version, by, at, kind, content }: SubmissionRow): SubmissionAnswer {
  // The salt is what keeps a sensitive value from being found by trial.
  const { document: _, salt: _salt, ...rest } = content;
  return { ...UNSAID, ...rest, version, by, at: at.toISOString(), kind } as SubmissionAnswer;
}

const kindOf = (place: Place): 'taskForce' | 'unit' => (isTaskForce(place) ? 'taskForce' : 'unit');

/** A request that waits for its answer: its asker, time, reason and purpose. */
function askView<A extends { reason: string; at: Millis; by: string }, W>(
  ask: A | null,
  what: (ask: A) => W,
): (W & { reason: string; by: string; at: string }) | null {
  return ask === null ? null : { ...what(ask), reason: ask.reason, by: ask.by, at: toIso(ask.at) };
}

/** The end of the suspension that holds longest. */
const suspendedUntil = ({ suspended }: Assignment): string | null =>
  suspended === null ? null : toIso(Math.max(...Object.values(suspended.until)));

const deliveredView = (delivered: Delivered | undefined): AssignmentAnswer['delivered'] =>
  delivered === undefined ? null : { at: delivered.at.toISOString(), channel: delivered.channel };

/** All reports below are in. The merged report waits for a signature or, where none is asked, for its holder to send it up. */
const isGathered = (snapshot: Snapshot, row: AssignmentRow, state: Assignment): boolean =>
  state.gathered !== null && snapshot.clocksOf(row).complete;

export function assignmentView(
  context: ViewContext,
  row: AssignmentRow,
  extra: {
    submission: SubmissionRow | null;
    counts: Counts | null;
    delivered: Delivered | undefined;
    /** The report that waits for a signature: it has not left the holder's hands, and only the holder is shown it. */
    presented?: SubmissionRow | null;
  },
): AssignmentAnswer {
  const { snapshot, actor, now } = context;
  const { directory } = snapshot;
  const directive = snapshot.directiveOf(row);
  const state = carried(context, row);
  const standing = snapshot.standingOf(row);
  const named = (place: Place): PlaceAnswer => ({ code: codeOf(place), name: nameOf(directory, place) });
  const relation = relate(directory, actor.person, standing, now);
  const item = directive.items.get(state.item);
  const isClear = readsSensitive(relation);
  const shown = (submission: SubmissionRow | null | undefined): SubmissionAnswer | null =>
    submission ? submissionView(seenSubmission(item?.form, submission, isClear)) : null;
  const { terms } = directive;
  const clocks = snapshot.clocksOf(row);
  const may = allowed(state, {
    relation,
    received: now,
    directive: directiveOf(directive),
    above: snapshot.levelsAbove(row),
    handedUp: directive.standing.handedUp > 0,
    signs: asksSignature(directive, state) && isLed(directory, state.holder, now),
    clocks,
  });
  const over = { directive: directiveOf(directive), received: now };
  const urgesBelow = mayUrgeBelow(relation) && urgesNobody(state, over) === null;
  return {
    id: row.id,
    directive: { id: terms.id, number: terms.number, title: terms.title, urgency: terms.urgency },
    item: { key: state.item, title: item?.title ?? state.item },
    parent: state.parent,
    ...(state.unit === null
      ? { unit: null, taskForce: named(taskForcePlace(state.taskForce)) }
      : { unit: named(unitPlace(state.unit)), taskForce: named(taskForcePlace(state.taskForce)) }),
    holder: { ...named(state.holder), kind: kindOf(state.holder) },
    issuer: named(snapshot.issuerOf(row)),
    phase: state.phase,
    light: lightOf(state, now),
    overdue: isOverdue(state, now),
    suspendedUntil: suspendedUntil(state),
    extension: askView(state.extension, ({ dueAt }) => ({ dueAt: toIso(dueAt) })),
    transfer: askView(state.transfer, ({ to }) => ({ to: { ...named(to), kind: kindOf(to) } })),
    decline: askView(state.declining, () => ({})),
    awaitingSignature: (relation.holder && state.presented !== null) || isGathered(snapshot, row, state),
    withdrawn: state.withdrawn === null ? null : { ...state.withdrawn, at: toIso(state.withdrawn.at) },
    presented: relation.holder ? shown(extra.presented) : null,
    progress: state.progress === null ? null : { ...state.progress, at: toIso(state.progress.at) },
    amendment:
      state.amended === null
        ? null
        : {
            n: state.amended.amendment,
            at: toIso(state.amended.at),
            acknowledgedAt: toIsoOrNull(state.amended.acknowledgedAt),
          },
    slips: state.slips,
    shared: state.shared.map((place) => ({ ...named(place), kind: kindOf(place) })),
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
    sameHands: state.sameHands,
    submission: shown(extra.submission),
    returned: state.returned,
    counts: extra.counts,
    liaisons: (['liaisonA', 'liaisonB'] as const).flatMap((role) =>
      occupants(directory, state.holder, role, state.taskForce, now).map((person) => ({
        person,
        name: directory.people.get(person)?.name ?? person,
        role,
      })),
    ),
    allowed: urgesBelow ? [...may, 'urge-below'] : may,
    nextRungs: may.includes('escalate') ? nextRungs(state, clocks) : [],
    version: state.version,
  };
}
