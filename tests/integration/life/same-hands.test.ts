// One person at both ends of an approval, over HTTP: taken, and marked in the event and in the view.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sendOut } from '../../support/course.ts';
import { district } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

let z: Installation;
beforeAll(async () => {
  const file = district({ streets: 1, communities: 3 });
  // The street's liaison is the first community's second liaison too.
  const both = { unit: 'S1-1', role: 'liaisonB', person: 'S1' };
  z = await startInstallation({ organisation: { ...file, posts: [...(file.posts ?? []), both] } });
});
afterAll(() => z.close());

it('is marked wherever one person approves or returns what is also theirs, and nowhere else', async () => {
  const course = await sendOut(z, 'd');
  const marks = async (unit: string, type: string): Promise<unknown[]> =>
    (await course.happens(unit, type)).map(({ data }) => data['sameHands'] ?? false);
  await course.do('S1-1', 'submit', { values: { n: 1 } });
  expect(await course.see('S1-1')).toMatchObject({ sameHands: false });
  expect(await course.do('S1-1', 'return', { reason: '再核' })).toMatchObject({ sameHands: true });
  await course.do('S1-1', 'submit', { values: { n: 2 } });
  expect(await course.do('S1-1', 'approve')).toMatchObject({ sameHands: true });
  expect([await marks('S1-1', 'returned'), await marks('S1-1', 'approved')]).toEqual([[true], [true]]);
  // Two hands.
  expect(await course.settle('S1-2', 1)).toMatchObject({ sameHands: false });
  expect(await marks('S1-2', 'approved')).toEqual([false]);
  // The issuer brought it, and approves it.
  expect(await course.by('S1', 'S1-3', 'submit', { onBehalf: true, values: { n: 3 }, note: '电话报' })).toBe(
    '200',
  );
  expect(await course.do('S1-3', 'approve')).toMatchObject({ sameHands: true });
  expect(await faultsOfRecord(z.pool, 'd')).toEqual([]);
});
