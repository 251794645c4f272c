// Promises of policies: what may be left out, what is refused, and what ships.
import { describe, expect, it } from '@jest/globals';
import { DurationText } from '../instant-text.ts';
import { Policy, SHIPPED_POLICIES } from './policy.ts';

describe('Policy', () => {
  it('may be empty: then there is no clock, no reminder, no rung, no margin', () => {
    expect(Policy.parse({})).toEqual({
      acknowledgeWithin: null,
      remindBefore: [],
      ladder: [],
      reviewWithin: null,
      decideWithin: null,
      signWithin: null,
      margins: [],
      correctionsFor: 'P30D',
    });
  });

  it.each([
    [{ acknowledgeWithin: '30 minutes' }],
    [{ remindBefore: ['PT'] }],
    [{ ladder: [{ clock: 'lunch', after: 'PT0S', notify: ['unit.leader'] }] }],
    [{ ladder: [{ clock: 'due', after: 'PT0S', notify: ['unit.cook'] }] }],
    [{ ladder: [{ clock: 'due', after: 'PT0S', notify: [] }] }],
    [{ ladder: [{ clock: 'due', notify: ['unit.leader'] }] }],
    [{ ladder: [{ clock: 'due', after: 'PT0S', notify: ['unit.leader'], slip: 'green' }] }],
    [{ margins: Array(13).fill('PT1M') }],
    [{ reminders: [] }],
  ])('refuses %j', (policy) => {
    expect(Policy.safeParse(policy).success).toBe(false);
  });

  it.each(['standard', 'urgent'] as const)('ships %s as one that it would take itself', (name) => {
    expect(Policy.parse(SHIPPED_POLICIES[name])).toEqual(SHIPPED_POLICIES[name]);
  });

  it('ships the contract’s ladder as standard', () => {
    const { ladder, ...rest } = SHIPPED_POLICIES.standard;
    expect(rest).toEqual({
      acknowledgeWithin: 'PT30M',
      remindBefore: ['PT4H', 'PT2H', 'PT30M'],
      reviewWithin: 'PT2H',
      decideWithin: 'PT1H',
      signWithin: 'PT1H',
      margins: ['PT15M', 'PT45M', 'PT60M', 'PT90M'],
      correctionsFor: 'P30D',
    });
    expect(ladder.slice(0, 7)).toEqual([
      { clock: 'acknowledge', after: 'PT0S', notify: ['unit.liaisonA'] },
      { clock: 'acknowledge', after: 'PT15M', notify: ['unit.liaisonB'] },
      { clock: 'acknowledge', after: 'PT30M', notify: ['unit.leader'], slip: 'yellow' },
      { clock: 'acknowledge', after: 'PT60M', notify: ['issuer.liaisonA', 'issuer.leader'] },
      { clock: 'due', after: 'PT0S', notify: ['unit.liaisonA', 'unit.liaisonB'], slip: 'red' },
      { clock: 'due', after: 'PT30M', notify: ['unit.leader', 'issuer.liaisonA'] },
      { clock: 'due', after: 'PT2H', notify: ['issuer.leader', 'office.director'] },
    ]);
  });

  it('gives every clock of an answer that ships a rung, so that no review, request or signature waits unseen', () => {
    for (const { ladder, ...policy } of Object.values(SHIPPED_POLICIES)) {
      const clocks = new Set(ladder.map(({ clock }) => clock));
      expect([...clocks].sort()).toEqual(['acknowledge', 'decide', 'due', 'review', 'sign']);
      for (const within of [policy.reviewWithin, policy.decideWithin, policy.signWithin])
        expect(DurationText.safeParse(within).success).toBe(true);
    }
  });
});
