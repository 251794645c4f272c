// Everything at once: commands of every kind at random places from two processes while clocks run, and the record is sound after it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Verb } from '../../../domain/assignment/command.ts';
import type { TestApi } from '../../support/api.ts';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import { createDistrict, directive, EVERYBODY, rung } from '../../support/play.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { verdictOf } from '../../support/verdict-words.ts';

const DISTRICT = createDistrict([6, 3, 1]);
const STREETS = ['S1', 'S2', 'S3'];
const COMMUNITIES = [6, 3, 1].flatMap((count, s) =>
  Array.from({ length: count }, (_, c) => `S${s + 1}-${c + 1}`),
);
/** Enough that every kind succeeds at some place; a tenfold of it is worth a try after a change of the door. */
const COMMANDS = 300;
const UNDER_WAY = 8;

/** A small generator of its own: the same storm every time, as far as the order of arrival goes. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Roll = (below: number) => number;
const soon = (roll: Roll): string => new Date(Date.now() + 200 + roll(1_500)).toISOString();
const BODIES: Partial<Record<Verb, (roll: Roll, unit: string) => unknown>> = {
  submit: (roll) => [{ values: { n: roll(100) } }, { values: { n: roll(100) }, note: '复核' }, {}][roll(3)],
  progress: () => ({ note: '在办' }),
  return: () => ({ reason: '漏项' }),
  'request-extension': (roll) => ({
    due: new Date(Date.now() + (20 + roll(40)) * 60_000).toISOString(),
    reason: '缺人',
  }),
  'decide-extension': (roll) => ({ grant: roll(4) > 0 }),
  decompose: (roll, unit) => ({
    receivers: ['1', '2'].filter(() => roll(4) > 0).map((grid) => ({ unit: `${unit}-${grid}` })),
  }),
  transfer: (roll) => ({ unit: [...STREETS, ...COMMUNITIES][roll(13)], reason: '归口' }),
  'decline-transfer': () => ({ reason: '不是' }),
  decline: () => ({ basis: '三定' }),
  'decide-decline': (roll) => ({
    accept: roll(3) > 0,
    reason: '定',
    ...(roll(2) === 0 ? { unit: COMMUNITIES[roll(10)] } : {}),
  }),
  suspend: (roll) => ({ until: soon(roll), reason: '停' }),
  cancel: () => ({ reason: '撤' }),
  share: (roll) => ({ to: COMMUNITIES[roll(10)] }),
  comment: () => ({ text: '在看' }),
  escalate: (roll) => ({ clock: roll(2) === 0 ? 'due' : 'acknowledge', rung: 0 }),
};
/** Some far more often than others, or little would be left to do anything to. */
const LIKELY: readonly Verb[] = [
  ...Array.from({ length: 2 }, (): Verb[] => ['resume', 'return', 'decompose', 'decide-extension']).flat(),
  ...(['submit', 'approve', 'suspend'] as const),
  ...(['request-extension', 'decide-extension', 'transfer', 'accept-transfer'] as const),
  ...(['decline-transfer', 'decline', 'decide-decline', 'acknowledge', 'progress', 'return'] as const),
  ...(['urge', 'comment', 'share', 'escalate'] as const),
];
const RARELY: readonly Verb[] = ['cancel', 'close'];

describe.each([2000, 5, 2])('a storm over desks of %i', (deskLimit) => {
  let z: Installation;
  let other: TestApi;
  beforeAll(async () => {
    z = await startInstallation({
      deskLimit,
      organisation: DISTRICT.organisation,
      sentinel: { everyMs: 500 },
    });
    other = await z.addApi();
  });
  afterAll(() => z.close());

  it('leaves nothing undone, nothing done twice, and every law kept', async () => {
    const id = 'storm';
    const roll = dice(deskLimit);
    const p = z.as(EVERYBODY);
    const terms = {
      within: 'PT1H',
      review: 'manual' as const,
      policy: {
        margins: ['PT5M'],
        acknowledgeWithin: 'PT2S',
        reviewWithin: 'PT2S',
        decideWithin: 'PT2S',
        ladder: [rung('PT0S'), { clock: 'due' as const, after: 'PT0S', notify: ['unit.liaisonA' as const] }],
      },
    };
    expect((await p.post('/directives', directive(id, terms))).status).toBe(201);
    await z.until(async () => (await p.see(id)).phase === 'open', `${id} is open`);

    const places = async (): Promise<string[]> => {
      const { rows } = await z.pool.query<{ id: string }>(
        'select id from assignment where directive = $1 order by id',
        [id],
      );
      return rows.map((row) => row.id);
    };
    let known = await places();
    const one = async (index: number, caller: Caller): Promise<void> => {
      if (index % 20 === 0) known = await places();
      const place = known[roll(known.length)] ?? '';
      // Mostly what may be done there now, or the storm would be one of refusals.
      const { allowed } = await caller.see(place);
      const likely = roll(8) === 0 ? LIKELY : LIKELY.filter((each) => allowed.includes(each));
      const verb = (roll(60) === 0 ? RARELY[roll(2)] : likely[roll(likely.length)]) ?? 'comment';
      // The task force itself stays, or the storm would be over too early.
      if (RARELY.includes(verb) && place.split('.').length < 4) return;
      const reply = await caller.post(
        `/assignments/${place}/${verb}`,
        BODIES[verb]?.(roll, place.split('.').at(-1) ?? '') ?? {},
      );
      if (reply.status >= 500 || reply.status === 400)
        throw new Error(`${verb} of ${place}: ${verdictOf(reply)}`);
    };
    let next = 0;
    await Promise.all(
      Array.from({ length: UNDER_WAY }, async (_, worker) => {
        const caller = z.as(EVERYBODY, worker % 2 === 0 ? z.api : other);
        while (next < COMMANDS) await one((next += 1), caller);
      }),
    );
    // A correction that waits for its issuer outlives the closing, and so do its desk and those above: each is judged.
    const pending = `select id from assignment
                      where directive = $1 and phase = 'approved' and state ->> 'correcting' = 'true' order by id`;
    const { rows: corrections } = await z.pool.query<{ id: string }>(pending, [id]);
    for (const [index, { id: place }] of corrections.entries()) {
      const verb = index % 2 === 0 ? 'return' : 'approve';
      const verdict = verdictOf(
        await p.post(`/assignments/${place}/${verb}`, BODIES[verb]?.(roll, '') ?? {}),
      );
      expect(`${place} ${verb} ${verdict}`).toBe(`${place} ${verb} 200`);
    }
    // The office's word reaches all that is left, what stands still too.
    const closed = await z.until(async () => {
      const verdict = verdictOf(await p.post(`/directives/${id}/close`, {}));
      // After a storm a busy machine may say so; it is then asked again, as the contract has it.
      return verdict !== '503 UNAVAILABLE' && verdict;
    }, 'the office is heard');
    expect(closed).toMatch(/^(200|409 DIRECTIVE_CLOSED)$/);
    let open: unknown[] = [];
    await z.until(
      async () => {
        ({ rows: open } = await z.pool.query(
          `select id, phase, state -> 'suspended' as suspended, fault from assignment where directive = $1 and not settled
           union all select id, 'desk', to_jsonb(desk), null from desk where directive = $1 and (not ended or unsettled <> 0)`,
          [id],
        ));
        return open.length === 0;
      },
      () => `everything ends, not ${JSON.stringify(open)}`,
    );
    expect(await faultsOfRecord(z.pool, id)).toEqual([]);
    const { rows: faults } = await z.pool.query('select id, fault from assignment where fault is not null');
    expect(faults).toEqual([]);
    const { rows: deadlocks } = await z.pool.query(
      'select deadlocks::int from pg_stat_database where datname = current_database()',
    );
    expect(deadlocks).toEqual([{ deadlocks: 0 }]);
  }, 240_000);
});
