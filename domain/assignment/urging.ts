// All who owe something below a node or in a directive, urged at once: the assignments, and each person told once.
import { reach } from '../policy/reach.ts';
import type { Millis } from '../instant.ts';
import type { Directory, Place } from '../organisation/organisation.ts';
import { decideAccess } from '../access/access-rule.ts';
import { OF_ITS_HOLDER_AND_ABOVE } from '../access/access-rules.ts';
import { grantsOfRelation } from '../access/grant.ts';
import type { Relation } from '../access/relation.ts';
import { isSettled, type Assignment } from './assignment.ts';
import { URGED } from './decide-word.ts';
import type { DecideContext } from './decision.ts';
import { directiveOver } from './permission.ts';
import { ancestorsOf } from '../code.ts';
import { refuse, type Refusal } from '../failure.ts';

/** More are urged branch by branch: one call stays a matter of seconds. */
export const MAX_URGED = 20_000;

/** An assignment that is late or will be, with its holder. */
export type Owing = { id: string; desk: string; holder: Place; taskForce: string };

/** One planned urge: its assignment and the people it tells. */
export type UrgingCall = { id: string; desk: string; people: string[] };

/** The holder of the node, and every place above it. */
export const mayUrgeBelow = (relation: Relation): boolean =>
  decideAccess(OF_ITS_HOLDER_AND_ABOVE, grantsOfRelation(relation)).allowed;

/** Why the holders below cannot be urged as a whole now; null where they can. */
export function urgesNobody(
  a: Assignment,
  context: Pick<DecideContext, 'directive' | 'received'>,
): Refusal | null {
  const over = directiveOver(a, context, 'urge');
  if (over) return over;
  if (!a.node) return refuse('NOT_A_DESK');
  if (a.suspended !== null) return refuse('SUSPENDED');
  return isSettled(a) ? refuse('ALREADY_SETTLED') : null;
}

/**
 * In the order given, soonest due first: a person who owes several is told at the first of them, and not again. `holders`
 * of the nodes, by their ids: an urge passes to them where a post is empty.
 */
export function callsOf(
  directory: Directory,
  owing: readonly Owing[],
  about: { office: string; holders: ReadonlyMap<string, Place>; at: Millis },
): UrgingCall[] {
  const told = new Set<string>();
  return owing.map(({ id, desk, holder, taskForce }) => {
    const above = ancestorsOf(id).flatMap((node) => about.holders.get(node) ?? []);
    const standing = { holder, above, office: about.office, taskForce, target: null, shared: [] };
    const people = reach(directory, standing, URGED, about.at).notified.filter((person) => !told.has(person));
    for (const person of people) told.add(person);
    return { id, desk, people };
  });
}
