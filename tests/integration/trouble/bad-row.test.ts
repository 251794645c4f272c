// One bad row stalls nobody: what cannot be treated is kept as its fault, and the rest of the desk goes on.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import { createDistrict, EVERYBODY, handOut, outcome, report, rung } from '../../support/play.ts';

/** One street's communities in one desk. */
const { leavesOf, nodesOf, organisation } = createDistrict([4]);
let z: Installation;
let p: Caller;
beforeAll(async () => {
  z = await startInstallation({ organisation });
  p = z.as(EVERYBODY);
});
afterAll(() => z.close());

/** What a disk, a restore or a bug may leave; the columns beside it are what they were. */
const CORRUPT: Record<string, string> = {
  empty: '{}',
  'an array': '[]',
  'without its beginning': `state - 'issuedAt' - 'version'`,
  'of a time that is none': `state || '{"dueAt": "tomorrow", "acknowledgeBy": "soon"}'`,
};

const value = (text: string): string => (text.startsWith('state') ? text : `'${text}'::jsonb`);
const corrupt = (id: string, text: string): Promise<unknown> =>
  z.pool.query(`update assignment set state = ${value(text)} where id = $1`, [id]);

const escalated = async (id: string): Promise<string[]> => {
  const { rows } = await z.pool.query<{ assignment: string }>(
    `select distinct assignment from event where directive = $1 and type = 'escalated' order by 1`,
    [id],
  );
  return rows.map(({ assignment }) => assignment);
};

describe('an assignment whose state is no state', () => {
  it.each(Object.entries(CORRUPT))(
    '%s is kept as a fault, and the others escalate and roll up',
    async (_, text) => {
      const id = `bad-${Object.values(CORRUPT).indexOf(text)}`;
      await handOut(p, id, { policy: { acknowledgeWithin: 'PT1S', ladder: [rung('PT1S')] } });
      await z.until(async () => (await outcome(p, id)).phase === 'open', 'open');
      const [bad, ...good] = leavesOf(id);
      if (!bad) throw new Error('a district has a community');
      await corrupt(bad.id, text);

      await z.until(
        async () =>
          (await z.pool.query('select from assignment where id = $1 and fault is not null', [bad.id]))
            .rowCount === 1,
        'the fault is kept',
      );
      const others = [...good.map((leaf) => leaf.id), ...nodesOf(id)].sort();
      await z.until(async () => (await escalated(id)).length >= others.length, 'the others escalate');
      expect((await escalated(id)).filter((each) => each !== bad.id)).toEqual(others);
      const { rows } = await z.pool.query(
        `select fault_at is not null as at, next_wake > now() + interval '5 minutes' as later,
              state = ${value(text)} as untouched, phase, due_at > now() as due
         from assignment where id = $1`,
        [bad.id],
      );
      expect(rows).toEqual([{ at: true, later: true, untouched: true, phase: 'issued', due: true }]);

      for (const leaf of good) expect((await report(p, leaf)).status).toBe(200);
      // The desk turns on: it has looked at all it was asked for.
      await z.until(
        async () =>
          (await z.pool.query('select from desk where directive = $1 and asked <> looked', [id])).rowCount ===
          0,
        'the desks have looked',
      );
      // Cancelled by the office, all that can take it in does.
      expect((await p.post(`/directives/${id}/cancel`, { reason: '撤销' })).status).toBe(200);
      await z.until(
        async () =>
          (await z.pool.query(`select from assignment where directive = $1 and not settled`, [id]))
            .rowCount === 1,
        'all others cancelled',
      );
    },
  );

  it('is the only one to answer 500', async () => {
    await handOut(p, 'asked');
    await z.until(async () => (await outcome(p, 'asked')).phase === 'open', 'open');
    const [bad, ...good] = leavesOf('asked');
    if (!bad) throw new Error('a district has a community');
    await corrupt(bad.id, `state - 'version'`);
    const answers = await Promise.all([bad, ...good].map((leaf) => report(p, leaf)));
    expect(answers.map(({ status }) => status)).toEqual([500, ...good.map(() => 200)]);
  });
});
