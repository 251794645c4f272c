// A directive of 20,000 assignments in twenty desks: every order reaches every row below it, and the record stays sound.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startInstallation, type Caller, type Installation } from '../../support/installation.ts';
import { directive, EVERYBODY } from '../../support/play.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { verdictOf } from '../../support/verdict-words.ts';

const FORCES = Array.from({ length: 20 }, (_, index) => `TF${index + 1}`);
const STREETS = Array.from({ length: 1000 }, (_, index) => `S${index + 1}`);
const NEW_HOLDER = 'LEAD';
const ID = 'd';
const at = (force: string): string => `${ID}.sites.${force}`;
/** All in one go takes some time on a small machine. */
const PATIENCE_MS = 120_000;
const MINUTE_MS = 60_000;

const organisation = {
  units: [
    { code: 'OFFICE', name: '区办公室', kind: 'office' },
    { code: NEW_HOLDER, name: '接办局', kind: 'department' },
    ...STREETS.map((code) => ({ code, name: `${code}街道`, kind: 'street' })),
  ],
  people: [
    { id: EVERYBODY, name: '众' },
    { id: NEW_HOLDER, name: '接办' },
  ],
  taskForces: FORCES.map((code) => ({ code, name: `${code}专班`, office: 'OFFICE', members: STREETS })),
  posts: [
    { unit: 'OFFICE', role: 'staff', person: EVERYBODY },
    { unit: NEW_HOLDER, role: 'liaisonA', person: NEW_HOLDER },
    { unit: 'S1', role: 'liaisonA', person: EVERYBODY },
    ...FORCES.map((taskForce) => ({ taskForce, role: 'liaisonA', person: EVERYBODY })),
  ],
};

describe('twenty task forces with a thousand units each', () => {
  let z: Installation;
  let p: Caller;
  beforeAll(async () => {
    z = await startInstallation({ organisation });
    p = z.as(EVERYBODY);
    const whole = directive(ID, { within: 'PT4H', review: 'manual', policy: { margins: ['PT10M'] } });
    const [item] = whole['items'] as Record<string, unknown>[];
    const dispatch = FORCES.map((taskForce) => ({ taskForce, receivers: { group: 'street' } }));
    const items = [{ ...item, dispatch }];
    expect(verdictOf(await p.post('/directives', { ...whole, items }))).toBe('201');
    await comes(async () => (await p.see(ID)).phase === 'open', 'all has gone out');
  }, PATIENCE_MS);
  afterAll(() => z.close());

  /** As `until`, as long as it may take here; the caller's own time limit ends it. */
  async function comes(condition: () => Promise<boolean>, what: string): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (Date.now() < end) {
      if (await z.until(condition, what).catch(() => false)) return;
    }
    throw new Error(`waited in vain: ${what}`);
  }
  async function order(force: string, verb: string, body: unknown): Promise<void> {
    expect(verdictOf(await p.post(`/assignments/${at(force)}/${verb}`, body))).toBe('200');
  }
  const count = async (where: string, values: unknown[]): Promise<number> => {
    const { rows } = await z.pool.query<{ count: number }>(
      `select count(*)::int as count from assignment a
         left join assignment p on p.directive = a.directive and p.id = a.parent where ${where}`,
      values,
    );
    return rows[0]?.count ?? 0;
  };
  /** Waits until every row below the task force's has taken in so many of its orders. */
  const takenIn = (force: string, orders: number): Promise<void> =>
    comes(
      async () =>
        (await count(`a.parent = $1 and (a.state -> 'carried' ->> $1)::int >= $2`, [at(force), orders])) ===
        STREETS.length,
      `all below ${force} has taken in ${orders}`,
    );
  const lateOnes = (): Promise<number> => count('a.due_at > p.due_at', []);

  it(
    'take in an extension, a suspension and its end, a cancelling and a transfer, each its own and no other’s',
    async () => {
      const due = Date.parse((await p.see(at('TF1'))).dueAt);
      const later = new Date(due + 10 * MINUTE_MS).toISOString();
      await order('TF1', 'request-extension', { due: later, reason: '暴雨' });
      await order('TF1', 'decide-extension', { grant: true });
      const until = new Date(Date.now() + 60 * MINUTE_MS).toISOString();
      await order('TF2', 'suspend', { until, reason: '停电' });
      await order('TF3', 'cancel', { reason: '不做了' });
      await order('TF4', 'transfer', { unit: NEW_HOLDER, reason: '归口' });
      expect((await p.see(`${at('TF2')}.S1000`)).light).toBe('hatched');
      expect((await p.see(`${at('TF3')}.S1000`)).phase).toBe('cancelled');
      const { status } = await z.as(NEW_HOLDER).post(`/assignments/${at('TF4')}/accept-transfer`);
      expect(status).toBe(200);
      expect((await p.see(`${at('TF4')}.S1000`)).issuer.code).toBe(NEW_HOLDER);

      await Promise.all([takenIn('TF1', 1), takenIn('TF2', 1), takenIn('TF3', 1)]);
      const moved = `a.parent = $1 and a.due_at = p.due_at - interval '10 minutes'`;
      expect(await count(moved, [at('TF1')])).toBe(STREETS.length);
      expect((await p.see(ID)).counts).toMatchObject({ total: 20_000, suspended: 1000, cancelled: 1000 });
      expect((await p.see(ID)).coverage.expected).toBe(19_000);
      await order('TF2', 'resume', {});
      await takenIn('TF2', 2);
      expect(await count('a.suspended', [])).toBe(0);
      // The others have heard of nothing.
      expect(await count(`a.level = 2 and a.state -> 'carried' <> '{}'`, [])).toBe(3 * STREETS.length);
      expect(await lateOnes()).toBe(0);
      expect(await faultsOfRecord(z.pool, ID)).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'take in what is ordered at the top, all of them',
    async () => {
      await p.post(`/assignments/${at('TF5')}.S1/submit`, { values: { n: 7 } });
      const { status } = await p.post(`/directives/${ID}/close`, { note: '到此为止' });
      expect(status).toBe(200);
      await comes(async () => (await count('not a.settled', [])) === 0, 'all is settled');
      const counts = (await p.see(ID)).counts;
      expect(counts).toMatchObject({
        total: 20_000,
        approved: 1,
        missing: 18_999,
        cancelled: 1000,
        issued: 0,
      });
      expect(await lateOnes()).toBe(0);
      expect(await faultsOfRecord(z.pool, ID)).toEqual([]);
    },
    PATIENCE_MS,
  );
});
