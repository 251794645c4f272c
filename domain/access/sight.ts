// The one rule who sees what: of a directive all, a part, what was handed up, or nothing; of an assignment all, its result, or nothing.
import type { Millis } from '../instant.ts';
import { actsFor, unitPlace, type Directory, type Place } from '../organisation/organisation.ts';
import { leadUnitsOf, relate, type AssignmentStanding } from './relation.ts';
import { readsAll } from './seating.ts';

/**
 * How much of a directive a person sees.
 *
 * | sight | who | sees |
 * | --- | --- | --- |
 * | whole | the office's people (`isOffice`: they may act on it), auditors, administrators | all of it; a draft too |
 * | part | who sees one of its assignments | the notice, and of the tree what they see of the assignments |
 * | superior | the superior's people, once something was handed up | the notice and the hand-ups |
 * | none | all others, of a draft too | nothing: not even that there is one |
 *
 * `handUps`: the superior's people may hold a part as well; they see the hand-ups and their part.
 */
export type Sight =
  | { kind: 'whole'; isOffice: boolean }
  | { kind: 'part'; handUps: boolean }
  | { kind: 'superior' }
  | { kind: 'none' };

/** What of one assignment makes people see its directive. Holders of assignments above it are parts of their own. */
export type Part = { holder: Place; target: Place | null; taskForce: string };

export type DirectiveFacts = {
  office: string;
  superior: string | null;
  /** Figures handed up so far. */
  handedUp: number;
  isDraft: boolean;
  /** All of its assignments, or at least those found by the places of the people asked about. */
  parts: readonly Part[];
};

export function sightOf(directory: Directory, person: string, facts: DirectiveFacts, at: Millis): Sight {
  const office = unitPlace(facts.office);
  if (actsFor(directory, person, office, null, at)) return { kind: 'whole', isOffice: true };
  if (readsAll(directory, person, at)) return { kind: 'whole', isOffice: false };
  if (facts.isDraft) return { kind: 'none' };
  const handUps = receivesHandUps(directory, person, facts, at);
  const seesOne = facts.parts.some((part) => {
    const standing = { ...part, above: [], office: facts.office, shared: [] };
    return relate(directory, person, standing, at).sees;
  });
  if (seesOne) return { kind: 'part', handUps };
  return { kind: handUps ? 'superior' : 'none' };
}

/** The superior's people see what was handed up to them and the notice of that directive, and nothing of its tree. */
const receivesHandUps = (
  directory: Directory,
  person: string,
  { superior, handedUp }: DirectiveFacts,
  at: Millis,
): boolean => superior !== null && handedUp > 0 && actsFor(directory, person, unitPlace(superior), null, at);

/** How much of an assignment a person sees: all, the merged result shared with them, or nothing. */
export type AssignmentSight = 'whole' | 'result' | 'none';

export function sightOfAssignment(
  directory: Directory,
  person: string,
  standing: AssignmentStanding,
  at: Millis,
): AssignmentSight {
  const { sees, seesResult } = relate(directory, person, standing, at);
  if (sees) return 'whole';
  return seesResult ? 'result' : 'none';
}

/** The places whose people may see an assignment: by them those who listen are found. Who reads all stands in none. */
export const placesSeeing = (directory: Directory, standing: AssignmentStanding): Place[] => [
  standing.holder,
  ...(standing.target === null ? [] : [standing.target]),
  ...leadUnitsOf(directory, standing),
  ...standing.above,
  unitPlace(standing.office),
];
