// Promises of the landing: the screen each kind of post begins its day with.
import { describe, expect, it } from '@jest/globals';
import { landingOf, type PostAtWork } from './landing.ts';

const post = (role: PostAtWork['role'], kind: string | null, more: Partial<PostAtWork> = {}): PostAtWork => ({
  role,
  kind,
  dueAt: null,
  holdsNode: false,
  toSign: false,
  ...more,
});

describe('landingOf', () => {
  it.each<[string, PostAtWork, string]>([
    ['the office’s director', post('director', 'office'), '/board'],
    ['its deputy', post('deputy', 'office'), '/board'],
    ['its staff', post('staff', 'office'), '/board'],
    ['a street’s leader', post('leader', 'street', { holdsNode: true }), '/look'],
    ['a leader with something to sign', post('leader', 'street', { toSign: true }), '/decide'],
    ['a task force’s leader', post('leader', 'taskForce', { holdsNode: true }), '/look'],
    ['a task force’s deputy', post('deputy', 'taskForce', { holdsNode: true }), '/collect'],
    ['a task force’s liaison', post('liaisonA', 'taskForce'), '/collect'],
    ['a liaison of a unit that holds a node', post('liaisonA', 'street', { holdsNode: true }), '/collect'],
    ['a liaison', post('liaisonB', 'community'), '/owe'],
    ['the superior’s people', post('liaisonA', 'superior'), '/received'],
    ['the superior’s leader', post('leader', 'superior'), '/received'],
    ['an auditor', post('auditor', null), '/audit'],
    ['an administrator', post('administrator', null), '/admin/units'],
  ])('sends %s to the right screen', (_who, held, expected) => {
    expect(landingOf([held])).toBe(expected);
  });

  it('takes of several posts the one that owes something first', () => {
    const board = post('staff', 'office');
    const owing = post('liaisonA', 'community', { dueAt: 2_000 });
    const sooner = post('liaisonA', 'taskForce', { dueAt: 1_000 });
    expect(landingOf([board, owing])).toBe('/owe');
    expect(landingOf([owing, sooner])).toBe('/collect');
  });

  it('sends an administrator with other work to that work, in whatever order the posts come', () => {
    const posts = [post('administrator', null), post('auditor', null), post('liaisonA', 'community')];
    expect([landingOf(posts), landingOf(posts.toReversed())]).toEqual(['/owe', '/owe']);
  });

  it('has a screen for a person without a post', () => {
    expect(landingOf([])).toBe('/owe');
  });
});
