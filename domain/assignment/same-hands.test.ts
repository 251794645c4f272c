// Promises of one person at both ends: it is allowed, and every reader sees it.
import { describe, expect, it } from '@jest/globals';
import { decided } from '../../tests/support/decided.ts';
import { at, contextOf, happening, inStage } from '../../tests/support/sample-assignment.ts';
import type { Assignment } from './assignment.ts';
import type { Command } from './command.ts';
import { evolve } from './evolve.ts';

const JUDGING: Command[] = [
  { verb: 'approve', note: 'fine' },
  { verb: 'return', reason: 'again' },
];
/** Of the issuer's people only. */
const ISSUER = { ...contextOf().relation, holder: false };
const marked = (a: Assignment, command: Command, more: { person: string; holder: boolean }): unknown => {
  const { person, holder } = more;
  const [event] = decided(a, command, { person, relation: { ...ISSUER, holder } });
  if (!event) throw new Error(command.verb);
  const { sameHands } = evolve(a, happening(event, at('2026-11-23 16:00'), person));
  expect((event.data as { sameHands?: true }).sameHands ?? false).toBe(sameHands);
  return sameHands;
};

describe.each(JUDGING)('$verb', (command) => {
  it.each(['submitted', 'correcting'] as const)(
    'of what is %s is marked where one holds both ends',
    (stage) => {
      const a = inStage(stage);
      expect(marked(a, command, { person: 'P2', holder: false })).toBe(false);
      expect(marked(a, command, { person: 'P2', holder: true })).toBe(true);
      // Who handed it in, though another acts for the holder by now; or the issuer who brought it.
      expect(marked(a, command, { person: a.reportedBy ?? '', holder: false })).toBe(true);
    },
  );
});

it('is forgotten with the next judgement by another person', () => {
  const a = { ...inStage('submitted'), sameHands: true };
  expect(marked(a, { verb: 'approve' }, { person: 'P2', holder: false })).toBe(false);
});
