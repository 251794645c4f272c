// Urges all who owe below a node, or in a whole directive: planned in one reading, then urge by urge at the door.
import { findNodeHolders, listOwing } from '../db/queries/owing.ts';
import type { Db } from '../db/pool.ts';
import type { Actor } from '../domain/access/relation.ts';
import { callsOf, MAX_URGED, type UrgingCall } from '../domain/assignment/urging.ts';
import { isPassing, refuse, type Refusal } from '../domain/failure.ts';
import type { Millis } from '../domain/instant.ts';
import type { Directory } from '../domain/organisation/organisation.ts';
import type { CommandDoor } from './batch.ts';
import { commandId } from './identity.ts';

/** As many as one batch of the door takes: others have their turn between two slices. */
const SLICE = 200;

/** The urges to send; `under` null for all of the directive. Kept with the request, so that a repetition is the same. */
export async function planUrging(
  db: Db,
  about: { directory: Directory; directive: string; under: string | null; office: string; at: Millis },
): Promise<UrgingCall[] | Refusal> {
  const { directory, directive, under, office, at } = about;
  const owing = await listOwing(db, directive, under, MAX_URGED + 1);
  if (owing.length > MAX_URGED) return refuse('TOO_MANY', { params: { max: MAX_URGED } });
  return callsOf(directory, owing, { office, holders: await findNodeHolders(db, directive), at });
}

/** How many assignments were urged, and how many people told. */
export type Urged = { assignments: number; people: number };

/**
 * One after the other in slices. Each urge has an id of its own made from the call's: a client that repeats a call that
 * broke off goes on where it ended, and no person is told twice. A holder who has reported meanwhile is left out.
 */
export async function urgeAll(
  door: CommandDoor,
  about: {
    actor: Actor;
    directive: string;
    /** The node, or the directive. */
    of: string;
    note: string | undefined;
    /** The call's Idempotency-Key, or a random one. */
    key: string;
    request: string;
    /** For the log: the id of the call, and `commandIds`, which gathers the ids of its urges. */
    requestId: string;
    commandIds: string[];
    receivedMs: Millis;
  },
  calls: readonly UrgingCall[],
): Promise<Urged | Refusal> {
  const { actor, directive, of, note, key, request, requestId, receivedMs } = about;
  const idOf = (assignment: string): string =>
    commandId(actor.person, `urging ${of} ${key} ${assignment}`, 0);
  const urged: Urged = { assignments: 0, people: 0 };
  for (let from = 0; from < calls.length; from += SLICE) {
    const slice = calls.slice(from, from + SLICE);
    about.commandIds.push(...slice.map(({ id }) => idOf(id)));
    const outcomes = await Promise.all(
      slice.map(({ id, desk, people }) =>
        door.submit({
          id: idOf(id),
          request,
          requestId,
          actor,
          directive,
          assignment: id,
          desk,
          command: { verb: 'urge', ...(note ? { note } : {}) },
          receivedMs,
          ifMatch: null,
          findings: { faults: [], digest: '' },
          content: null,
          files: [],
          isNode: false,
          bytes: 0,
          called: { of, notified: people },
        }),
      ),
    );
    outcomes.forEach((outcome, index) => {
      if (outcome.is === 'refused') return;
      urged.assignments += 1;
      urged.people += slice[index]?.people.filter((person) => person !== actor.person).length ?? 0;
    });
    // Nothing of this is lost: a repeated call goes on from here.
    const away = outcomes.find((outcome) => outcome.is === 'refused' && isPassing(outcome.refusal));
    if (away?.is === 'refused') return away.refusal;
  }
  return urged;
}
