// Promises of the people a rung or a reminder reaches: where the posts named are empty it passes on and names the place.
import { describe, expect, it } from '@jest/globals';
import { at } from '../../tests/support/sample-assignment.ts';
import {
  COMMUNITY_STANDING as STANDING,
  SMALL_DIRECTORY as directory,
} from '../../tests/support/small-directory.ts';
import type { AssignmentStanding } from '../access/relation.ts';
import { reach } from './reach.ts';

const NOW = at('2026-11-23 16:00');

describe('reach', () => {
  it('passes to the next above that has anybody where the posts are empty, and names that place', () => {
    const empty: AssignmentStanding = { ...STANDING, holder: 'unit/EMPTY' };
    expect(reach(directory, empty, ['unit.leader'], NOW)).toEqual({
      notified: ['streetA'],
      passedTo: 'unit/DD',
    });
    expect(reach(directory, { ...empty, above: ['taskForce/TF'] }, ['unit.liaisonA'], NOW)).toEqual({
      notified: ['force'],
      passedTo: 'taskForce/TF',
    });
    expect(reach(directory, { ...empty, above: [] }, ['unit.leader'], NOW)).toEqual({
      notified: ['staff'],
      passedTo: 'unit/OFFICE',
    });
  });

  it('of a rung passes to the next above, not to another person of the silent place', () => {
    // The street has no liaison B.
    const street: AssignmentStanding = { ...STANDING, holder: 'unit/DD', above: ['taskForce/TF'] };
    expect(reach(directory, street, ['unit.liaisonB'], NOW)).toEqual({
      notified: ['streetA'],
      passedTo: 'unit/DD',
    });
    expect(reach(directory, street, ['unit.liaisonB'], NOW, true)).toEqual({
      notified: ['force'],
      passedTo: 'taskForce/TF',
    });
    // Of the issuer's posts to the level above the issuer.
    expect(reach(directory, STANDING, ['issuer.liaisonB'], NOW, true)).toEqual({
      notified: ['force'],
      passedTo: 'taskForce/TF',
    });
    // No person above: then the place itself is told.
    expect(reach(directory, { ...street, office: 'EMPTY', above: [] }, ['unit.liaisonB'], NOW, true)).toEqual(
      {
        notified: ['streetA'],
        passedTo: 'unit/DD',
      },
    );
  });
});
