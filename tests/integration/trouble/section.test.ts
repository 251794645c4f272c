// A section that is done before another has gone out tells the desk above all the same: nothing waits for a word that never comes.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { courseOf } from '../../support/course.ts';
import { directive, district, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';

/** The second street's section: at a limit of five each street with its two communities is one. */
const LATER = 'd.sites.TF~2';

let z: Installation;
let letOut: () => void = () => undefined;
beforeAll(async () => {
  const isOut = new Promise<void>((resolve) => (letOut = resolve));
  z = await startInstallation({
    deskLimit: 5,
    organisation: district(),
    activities: (real) => ({
      ...real,
      issue: async (desk) => {
        if (desk === LATER) await isOut;
        return real.issue(desk);
      },
    }),
  });
});
afterAll(() => z.close());

it('completes while another section is still going out', async () => {
  const course = courseOf(z, 'd');
  const whole = directive('d', { item: { review: 'auto' } });
  expect((await z.as(OFFICE).post('/directives', whole)).status).toBe(201);
  await z.until(
    async () => (await z.as(OFFICE).get(`/assignments/${course.at('S1-2')}`)).status === 200,
    'the first section has gone out',
  );
  for (const unit of ['S1-1', 'S1-2']) await course.do(unit, 'submit', { values: { n: 1 } });
  await course.comes('S1', 'approved');
  await z.until(async () => {
    const { rows } = await z.pool.query<{ open: number }>(
      `select count(*)::int as open from desk where id = 'd.sites.TF~1' and asked <> looked`,
    );
    return rows[0]?.open === 0;
  }, 'the first section has nothing more to look at');
  letOut();
  await course.becomes('open');
  for (const unit of ['S2-1', 'S2-2']) await course.do(unit, 'submit', { values: { n: 1 } });
  await course.becomes('closed');
  expect((await course.summary()).values['n']).toBe(4);
  expect(await faultsOfRecord(z.pool, 'd')).toEqual([]);
});
