// The budget under way: one community is late, and the time left above it is divided anew among those who wait for it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { moveClockOf, type MovedClock } from '../../support/moved-clock.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import {
  createDatabase,
  createNamespace,
  type TestDatabase,
  type TestNamespace,
} from '../../support/stack.ts';

const LATE_MS = 10 * 60_000;
const SOON_MS = 60_000;

describe.each([2000, 5])('a late community with desks of %i', (deskLimit) => {
  let z: Installation;
  let course: Course;
  let moved: MovedClock;
  let under: { database: TestDatabase; namespace: TestNamespace };
  const before: Record<string, string> = {};
  beforeAll(async () => {
    const [database, namespace] = await Promise.all([createDatabase(), createNamespace()]);
    under = { database, namespace };
    moved = await moveClockOf(database);
    z = await startInstallation({
      on: under,
      deskLimit,
      organisation: district({ communities: 3 }),
      // The workflows sleep by a clock of their own: it is the sentinel that sees how late it has become.
      sentinel: { everyMs: 100 },
      now: moved.now,
    });
    const dueAt = moved.now() + SOON_MS;
    const due = new Date(dueAt).toISOString();
    const communities = ['S1-1', 'S1-2', 'S1-3'].map((unit) => ({ unit, due }));
    course = await sendOut(z, 'd', {
      due: { within: 'PT5H' },
      policy: {
        margins: ['PT60M', 'PT60M', 'PT60M'],
        ladder: [{ clock: 'due', after: 'PT10M', notify: ['unit.liaisonA'] }],
      },
      item: { dispatch: [{ taskForce: FORCE, receivers: [{ unit: 'S1', receivers: communities }] }] },
    });
    for (const unit of ['', 'S1', 'S1-1']) before[unit] = (await course.see(unit)).dueAt;
    await moved.moveTo(dueAt + LATE_MS);
  });
  afterAll(async () => {
    await z.close();
    await moved.close();
    await under.namespace.close();
    await under.database.drop();
  });

  it('moves the due times above it, never past each other, and tells whom it concerns', async () => {
    const [street] = await course.happens('S1', 'rescheduled');
    const [force] = await course.happens('', 'rescheduled');
    expect(street?.data).toMatchObject({ cause: 'slack', was: before['S1'] });
    const after = [(await course.see('S1')).dueAt, (await course.see('')).dueAt].map(Date.parse);
    expect(after[0]).toBeGreaterThan(Date.parse(before['S1'] ?? ''));
    expect(after[0]).toBeLessThanOrEqual(after[1] ?? 0);
    expect(force?.data).toMatchObject({ cause: 'slack' });
    const { body } = await z.as('S1').get('/notifications?limit=500');
    expect(body.items.map(({ type }) => type)).toContain('rescheduled');
    expect(await course.happens('S1-1', 'rescheduled', 0)).toEqual([]);
    expect(await faultsOfRecord(z.pool, 'd')).toEqual([]);
  });
});
