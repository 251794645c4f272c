// The reference data of the L district: its organisation, two of its directives, and what its communities answer.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DirectiveRequest } from '../../domain/directive/directive.ts';
import type { OrganisationFile } from '../../domain/organisation/organisation.ts';

export type Values = Record<string, number | string>;

const read = (file: string): unknown =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../demo/l-district', file), 'utf8'));

export const organisation = read('organisation.json') as OrganisationFile;
export const volunteers = read('volunteer-sites.directive.json') as DirectiveRequest;
export const publicity = read('publicity-sites.directive.json') as DirectiveRequest;
export const { answers, expected } = read('volunteer-sites.answers.json') as {
  answers: Record<string, Values>;
  expected: { total: Values; byStreet: Record<string, Values> };
};

/** A person of the office. */
export const OFFICE = 'P001';

/** The unit's own liaison. */
export function personOf(unit: string): string {
  const post = organisation.posts.find((each) => each.unit === unit && each.role === 'liaisonA');
  if (!post) throw new Error(unit);
  return post.person;
}

export const streetOf = (community: string): string => community.split('-')[0] ?? '';

/** The assignment of a community in the volunteers' directive or one like it. */
export const communityAt = (unit: string, directive = 'volunteer-sites'): string =>
  `${directive}.sites.TF-ZY.${streetOf(unit)}.${unit}`;
