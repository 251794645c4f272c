// A small organisation: an office, a street, two communities, a unit with empty posts, a task force; and one assignment's standing in it.
import type { AssignmentStanding } from '../../domain/access/relation.ts';
import { createDirectory, OrganisationFile } from '../../domain/organisation/organisation.ts';

const posts = (unit: string, people: Record<string, string>) =>
  Object.entries(people).map(([role, person]) => ({ unit, role, person }));

/** The people are named after their posts. */
export const SMALL_DIRECTORY = createDirectory(
  OrganisationFile.parse({
    units: ['OFFICE', 'DD', 'DD-1', 'DD-2', 'EMPTY'].map((code) => ({
      code,
      name: code,
      kind: code === 'OFFICE' ? 'office' : 'community',
    })),
    posts: [
      ...posts('OFFICE', { director: 'director', staff: 'staff' }),
      ...posts('DD', { leader: 'street', liaisonA: 'streetA' }),
      ...posts('DD-1', { leader: 'head', liaisonA: 'a', liaisonB: 'b' }),
      ...posts('DD-2', { leader: 'otherHead', liaisonA: 'otherA', liaisonB: 'otherB' }),
    ],
    taskForces: [{ code: 'TF', name: 'TF', office: 'OFFICE', posts: [{ role: 'leader', person: 'force' }] }],
  }),
  1,
);

/** Held by a community, below its street and the task force. */
export const COMMUNITY_STANDING: AssignmentStanding = {
  holder: 'unit/DD-1',
  above: ['taskForce/TF', 'unit/DD'],
  office: 'OFFICE',
  taskForce: 'TF',
  target: null,
  shared: [],
};
