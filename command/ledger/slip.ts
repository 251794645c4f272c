// The slips that the events of one transaction issue, and the receipts among them that countersign slips.
import type { Countersignature, NewSlip, SlipWriting } from '../../db/queries/slip.ts';
import { issuerOf, type AssignmentStanding } from '../../domain/access/relation.ts';
import type { Assignment } from '../../domain/assignment/assignment.ts';
import type { Happening } from '../../domain/assignment/happening.ts';
import { ancestorsOf } from '../../domain/code.ts';
import { toIso, toMillis } from '../../domain/instant.ts';
import { nameOf, unitPlace, type Directory } from '../../domain/organisation/organisation.ts';
import {
  countersigns,
  lateSince,
  slipEventOf,
  slipYear,
  type SlipEvent,
} from '../../domain/paper/slip/slip.ts';
import type { Directive } from '../../reading/terms.ts';

/** Where an event happened: the assignment after it, and the event's place in its desk's log. */
export type SlipPlace = {
  assignment: Assignment;
  desk: string;
  seq: number;
  standing: AssignmentStanding;
  directive: Directive;
  directory: Directory;
};

/** Adds the event's slips and countersignatures; calls `place` only where there are any. */
export function noteSlips(writing: SlipWriting, happening: Happening, place: () => SlipPlace): void {
  const event = slipEventOf(happening);
  if (event) writing.slips.push(slipOf(place(), event, happening.at));
  if (countersigns(happening)) writing.countersignatures.push(countersignatureOf(place(), happening));
}

function slipOf(place: SlipPlace, event: SlipEvent, at: string): NewSlip {
  const { assignment, desk, seq, standing, directive, directory } = place;
  const { terms, items } = directive;
  const issuer = issuerOf(standing);
  return {
    id: `${desk}#${seq}`,
    seq,
    directive: assignment.directive,
    assignment: assignment.id,
    path: [...ancestorsOf(assignment.id), assignment.id],
    office: terms.office,
    year: slipYear(toMillis(at)),
    color: event.slip,
    holder: assignment.holder,
    issuer,
    clock: event.clock,
    facts: {
      office: nameOf(directory, unitPlace(terms.office)),
      directive: { id: terms.id, number: terms.number, title: terms.title },
      item: { key: assignment.item, title: items.get(assignment.item)?.title ?? assignment.item },
      holder: nameOf(directory, assignment.holder),
      issuer: nameOf(directory, issuer),
      clock: event.clock,
      since: lateSince(assignment, event),
      dueAt: toIso(assignment.dueAt),
      rung: event.rung + 1,
      after: event.after,
      ...(event.manual ? { manual: true as const } : {}),
    },
    at,
  };
}

const countersignatureOf = ({ assignment, seq }: SlipPlace, { at, actor }: Happening): Countersignature => ({
  assignment: assignment.id,
  seq,
  at,
  by: actor,
});
