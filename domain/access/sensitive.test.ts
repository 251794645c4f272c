// Promises of who reads sensitive values: the holder's people and the direct issuer's, by one assignment and by all at once.
import { describe, expect, it } from '@jest/globals';
import { randomWorld } from '../../tests/support/random-sight.ts';
import { unitPlace } from '../organisation/organisation.ts';
import { issuerOf, relate } from './relation.ts';
import { clearTo, readsSensitive, sensitiveSightOf } from './sensitive.ts';

describe('who reads sensitive values', () => {
  it('is the same asked of one assignment and of a whole directive, over random organisations', () => {
    let [clear, masked] = [0, 0];
    for (let seed = 1; seed <= 40; seed += 1) {
      const { directory, now, people, directives, assignments } = randomWorld(seed, 'w');
      for (const person of people) {
        for (const { id: directive, facts } of directives) {
          const within = assignments.filter((each) => each.directive === directive);
          const held = within.map(({ id, standing }) => ({ id, ...standing }));
          const isClear = clearTo(sensitiveSightOf(directory, person, { office: facts.office, held }, now));
          for (const { id, standing } of within) {
            const alone = readsSensitive(relate(directory, person, standing, now));
            expect([seed, person, id, isClear(id)]).toEqual([seed, person, id, alone]);
            if (alone) clear += 1;
            else masked += 1;
          }
        }
      }
    }
    expect([clear > 100, masked > 100]).toEqual([true, true]);
  });

  it('is no person by an office, an audit or a place further up alone', () => {
    const relation = { holder: false, issuer: false, above: true, office: true, sees: true };
    expect(readsSensitive(relation)).toBe(false);
    const force = {
      holder: unitPlace('F'),
      above: [],
      office: 'O',
      taskForce: 'F',
      target: null,
      shared: [],
    };
    expect(issuerOf(force)).toBe('unit/O');
  });
});
