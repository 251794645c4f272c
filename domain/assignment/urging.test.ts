// Promises of an urge to all who owe: each person once, at their assignment due first, and the place above where a post is empty.
import { describe, expect, it } from '@jest/globals';
import { district, OFFICE } from '../../tests/support/district.ts';
import {
  ABOVE,
  HOLDER,
  inStage,
  ISSUER,
  LEAD_UNIT,
  READER,
  TARGET,
} from '../../tests/support/sample-assignment.ts';
import { createDirectory, OrganisationFile, unitPlace, type Place } from '../organisation/organisation.ts';
import { callsOf, mayUrgeBelow, urgesNobody, type Owing } from './urging.ts';

const file = district({ streets: 2, communities: 2, empty: ['S1-2'] });
const directory = createDirectory(
  OrganisationFile.parse({
    ...file,
    // One person with two communities, in two streets.
    posts: [...(file.posts ?? []), { unit: 'S2-1', role: 'liaisonB', person: 'S1-1' }],
  }),
  1,
);
const owing = (id: string): Owing => ({
  id: `d.i.TF.${id}`,
  desk: 'd.i.TF',
  holder: unitPlace(id.split('.').at(-1) ?? ''),
  taskForce: 'TF',
});
const holders = new Map<string, Place>([
  ['d.i.TF', 'taskForce/TF'],
  ['d.i.TF.S1', 'unit/S1'],
  ['d.i.TF.S2', 'unit/S2'],
]);
const told = (...ids: string[]): string[] =>
  callsOf(directory, ids.map(owing), { office: OFFICE, holders, at: 0 }).map(
    ({ id, people }) => `${id.split('.').at(-1)} ${people.join()}`,
  );

describe('an urge to all who owe', () => {
  it('tells each person once, at the first of what they owe', () => {
    expect(told('S1.S1-1', 'S2.S2-1', 'S2.S2-2')).toEqual(['S1-1 S1-1', 'S2-1 S2-1', 'S2-2 S2-2']);
    expect(told('S2.S2-1', 'S1.S1-1')).toEqual(['S2-1 S1-1,S2-1', 'S1-1 ']);
  });

  it('passes to the next above where the post is empty, and tells them once as well', () => {
    expect(told('S1.S1-2', 'S1')).toEqual(['S1-2 S1', 'S1 ']);
  });

  it('may be given by the holder of the node and every holder above it', () => {
    expect([HOLDER, ABOVE, ISSUER].map(mayUrgeBelow)).toEqual([true, true, true]);
    expect([READER, TARGET, LEAD_UNIT].map(mayUrgeBelow)).toEqual([false, false, false]);
  });

  it.each([
    ['acknowledged', true, null],
    ['acknowledged', false, 'NOT_A_DESK'],
    ['suspended', true, 'SUSPENDED'],
    ['approved', true, 'ALREADY_SETTLED'],
  ] as const)('of what is %s (a node: %s) is answered with %s', (stage, node, expected) => {
    const context = { directive: { phase: 'open' as const, correctionsUntil: null }, received: 0 };
    expect(urgesNobody(inStage(stage, { node }), context)?.code ?? null).toBe(expected);
  });

  it('is none of a directive that is over', () => {
    const context = { directive: { phase: 'closed' as const, correctionsUntil: null }, received: 0 };
    expect(urgesNobody(inStage('acknowledged', { node: true }), context)?.code).toBe('DIRECTIVE_CLOSED');
  });
});
