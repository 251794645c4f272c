// A supervision slip as readers see it, in lists, by itself and at its event; and the contents of its document.
import type { EventSlip, SlipAnswer } from '../../contract/slip-answer.ts';
import type { Db } from '../../db/pool.ts';
import type { LoggedEvent } from '../../db/queries/event.ts';
import { findSlips, type SlipRow } from '../../db/queries/slip.ts';
import { codeOf, type Directory, type Place } from '../../domain/organisation/organisation.ts';
import { slipNumber } from '../../domain/paper/slip/slip.ts';
import type { Slip } from '../../domain/paper/slip/slip-words.ts';

export const eventSlipView = (slip: SlipRow): EventSlip => ({
  id: slip.id,
  number: slipNumber(slip),
  color: slip.color,
  document: `/api/v1/slips/${encodeURIComponent(slip.id)}/document`,
  countersignedAt: slip.countersignedAt?.toISOString() ?? null,
});

const nameOfPerson = (directory: Directory, person: string): string =>
  directory.people.get(person)?.name ?? person;

export function slipView(slip: SlipRow, directory: Directory): SlipAnswer {
  const { facts, countersignedBy } = slip;
  return {
    ...eventSlipView(slip),
    directive: facts.directive,
    item: facts.item,
    assignment: slip.assignment,
    office: { code: slip.office, name: facts.office },
    holder: { code: codeOf(slip.holder as Place), name: facts.holder },
    issuer: { code: codeOf(slip.issuer as Place), name: facts.issuer },
    clock: facts.clock,
    since: facts.since,
    dueAt: facts.dueAt,
    at: slip.at.toISOString(),
    countersignedBy:
      countersignedBy === null
        ? null
        : { person: countersignedBy, name: nameOfPerson(directory, countersignedBy) },
  };
}

export function slipDocument(slip: SlipRow, directory: Directory): Slip {
  const { year, number, color, facts, at, countersignedAt, countersignedBy } = slip;
  return {
    year,
    number,
    color,
    facts,
    at: at.toISOString(),
    countersigned:
      countersignedAt === null
        ? null
        : { at: countersignedAt.toISOString(), by: nameOfPerson(directory, countersignedBy ?? '') },
  };
}

/** The slips of a page of events, by the event's id; one query, and none where no event came with one. */
export async function slipsOf(db: Db, events: readonly LoggedEvent[]): Promise<Map<string, SlipRow>> {
  const ids = events
    .filter(({ type, data }) => type === 'escalated' && (data as { slip?: unknown }).slip !== undefined)
    .map(({ desk, seq }) => `${desk}#${seq}`);
  const slips = ids.length === 0 ? [] : await findSlips(db, ids);
  return new Map(slips.map((slip) => [slip.id, slip]));
}
