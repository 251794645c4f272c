// Supervision slips on the real stack: numbered without gaps across desks, opened as documents, countersigned by a receipt.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import { type Ledger } from '../../../command/ledger/ledger.ts';
import { clockwork } from '../../../command/ledger/log.ts';
import { openLedger } from '../../../command/ledger/opening.ts';
import { createTermsSource } from '../../../reading/terms.ts';
import { createDirectorySource } from '../../../db/directory.ts';
import { inTransaction } from '../../../db/pool.ts';
import { findHeads } from '../../../db/queries/assignment.ts';
import { lockDesks, type AssignmentRow } from '../../../db/queries/ledger.ts';
import type { NewEvent } from '../../../domain/assignment/happening.ts';
import type { Policy } from '../../../domain/policy/policy.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { district, OFFICE } from '../../support/district.ts';
import { silentRouting } from '../../support/routing.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import type { Seen } from '../../support/seen.ts';
import { tokenOf } from '../../support/small-record.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const POLICY: Partial<Policy> = {
  acknowledgeWithin: 'PT1S',
  ladder: [
    { clock: 'acknowledge', after: 'PT0S', notify: ['unit.liaisonA'] },
    { clock: 'acknowledge', after: 'PT1S', notify: ['unit.liaisonA'], slip: 'yellow' },
    { clock: 'due', after: 'PT0S', notify: ['unit.liaisonA'], slip: 'red' },
  ],
};
/** Four streets of five communities: with desks of 5 they wake in several desks at once. */
const SIZE = { streets: 4, communities: 5 };
const LEAVES = 20;
const [SILENT, QUICK] = ['S1-1', 'S1-2'] as const;

type SlipSeen = Seen & { color: string; document: string; countersignedAt: string | null };
const slipsIn = (body: Seen): SlipSeen[] => body.items as SlipSeen[];
const countOf = ({ number }: { number: string }): number => Number(/\d+(?=号$)/.exec(number)?.[0]);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('slips', () => {
  let z: Installation;
  let course: Course;
  let all: SlipSeen[];
  beforeAll(async () => {
    z = await startInstallation({ deskLimit: 5, organisation: district(SIZE) });
    course = await sendOut(z, 'd', { policy: POLICY, due: { within: 'PT6S' } });
    await course.do(QUICK, 'acknowledge');
    all = await z.until(async () => {
      const { body } = await z.as(OFFICE).get('/slips?limit=500');
      return slipsIn(body).filter(({ color }) => color === 'red').length >= LEAVES && slipsIn(body);
    }, 'every leaf has its red slip');
  });
  afterAll(() => z.close());

  /** An event of the clockwork, or a receipt, as the door and the activities write one. */
  const write = (
    id: string,
    event: NewEvent,
    work: (ledger: Ledger) => void = () => undefined,
  ): Promise<void> =>
    inTransaction(z.pool, async (tx) => {
      const [head] = await findHeads(tx, ['d'], [id]);
      const desk = head?.desk ?? '';
      await lockDesks(tx, [desk]);
      const sources = {
        terms: createTermsSource(),
        directory: createDirectorySource(),
        routing: silentRouting(),
      };
      const ledger = await openLedger(tx, sources, {
        directives: ['d'],
        desks: [desk],
        assignments: [{ directive: 'd', id }],
      });
      const row = ledger.held.rows.get(id) as AssignmentRow;
      ledger.append(row, event, { ...clockwork(ledger.held.nowMs), actor: SILENT });
      await ledger.flush(tx);
      work(ledger);
    });
  const escalated = (slip: 'blue'): NewEvent => {
    const of = new Date(0).toISOString();
    return {
      type: 'escalated',
      data: { clock: 'due', rung: 0, after: 'PT0S', of, notify: [], notified: [], slip },
    };
  };

  it('are numbered for the office without a gap, however many desks escalate at once', async () => {
    const year = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear();
    const { rows } = await z.pool.query<{ desks: number }>(
      `select count(distinct split_part(id, '#', 1))::int as desks from slip`,
    );
    expect(rows[0]?.desks).toBeGreaterThan(3);
    expect(all.map(countOf).sort((a, b) => a - b)).toEqual(upTo(all.length));
    expect(all.length).toBeGreaterThanOrEqual(2 * LEAVES - 1);
    for (const { number, color } of all)
      expect(number).toMatch(new RegExp(`^督〔${year}〕${color === 'red' ? '红' : '黄'}\\d+号$`));
    expect(await faultsOfRecord(z.pool, 'd')).toEqual([]);
  });

  it('leave no gap where a transaction fails after its number was given', async () => {
    const refuse = (): never => {
      throw new Error('the machine stops here');
    };
    await expect(write(course.at(SILENT), escalated('blue'), refuse)).rejects.toThrow('the machine stops');
    await Promise.all(upTo(4).map((s) => write(course.at(`S${s}-5`), escalated('blue'))));
    const { body } = await z.as(OFFICE).get('/slips?color=blue');
    expect(
      slipsIn(body)
        .map(countOf)
        .sort((a, b) => a - b),
    ).toEqual(upTo(4).map((n) => all.length + n));
  });

  it('stand at the event they came with', async () => {
    const events = await z.as(SILENT).events(course.at(SILENT), 'escalated');
    const withSlip = events
      .map((event) => event as unknown as { id: string; slip?: SlipSeen })
      .filter(({ slip }) => slip !== undefined);
    expect(withSlip.map(({ slip }) => slip?.color)).toEqual(['yellow', 'red']);
    for (const { id, slip } of withSlip)
      expect(slip).toEqual({
        id,
        number: all.find((each) => each.id === id)?.number,
        color: slip?.color,
        document: `/api/v1/slips/${encodeURIComponent(id)}/document`,
        countersignedAt: null,
      });
  });

  it('are listed newest first, in pages, by directive, assignment, colour and state', async () => {
    const office = z.as(OFFICE);
    const first = await office.get('/slips?limit=30');
    const second = await office.get(`/slips?limit=500&cursor=${first.body.nextCursor ?? ''}`);
    const listed = [...slipsIn(first.body), ...slipsIn(second.body)];
    expect(new Set(listed.map(({ id }) => id)).size).toBe(all.length + 4);
    expect(second.body.nextCursor).toBeNull();
    const own = await office.get(`/slips?assignment=${course.at(SILENT)}&color=red&open=true&directive=d`);
    expect(slipsIn(own.body)).toMatchObject([
      {
        color: 'red',
        clock: 'due',
        assignment: course.at(SILENT),
        holder: { code: SILENT },
        countersignedBy: null,
      },
    ]);
    for (const query of ['directive=e', 'open=false', 'assignment=nobody.is.here'])
      expect((await office.get(`/slips?${query}`)).body.items).toEqual([]);
    for (const query of ['color=green', 'open=maybe', 'cursor=x', 'limit=0', 'x=1'])
      expect((await office.get(`/slips?${query}`)).status).toBe(400);
  });

  it('are seen by whoever sees the assignment, and are none of a stranger’s business', async () => {
    const [slip] = slipsIn((await z.as(SILENT).get(`/slips?color=red`)).body);
    const path = `/slips/${encodeURIComponent(slip?.id ?? '')}`;
    for (const who of [SILENT, 'S1', 'TF', OFFICE, 'AUDITOR']) {
      expect((await z.as(who).get(path)).body).toEqual(slip);
      expect(slipsIn((await z.as(who).get('/slips?limit=500')).body).map(({ id }) => id)).toContain(slip?.id);
    }
    for (const who of ['S1-2', 'S2', 'NOBODY']) {
      expect((await z.as(who).get(path)).status).toBe(404);
      expect((await z.as(who).get(`${path}/document`)).status).toBe(404);
      expect(slipsIn((await z.as(who).get('/slips?limit=500')).body).map(({ id }) => id)).not.toContain(
        slip?.id,
      );
    }
    expect((await z.as(OFFICE).get('/slips/d%231')).status).toBe(404);
  });

  /** The words of a slip's document. */
  async function open(slip: SlipSeen): Promise<{ headers: Headers; body: string }> {
    const response = await fetchChecked(`${z.api.url}${slip.document}`, {
      headers: { authorization: `Bearer ${await tokenOf(z.api, OFFICE)}` },
    });
    expect(response.status).toBe(200);
    const { 'word/document.xml': body } = unzipSync(new Uint8Array(await response.arrayBuffer()));
    return { headers: response.headers, body: body === undefined ? '' : strFromU8(body) };
  }

  it('open as documents that name number, office, holder and directive', async () => {
    const slip = all.find(({ assignment }) => (assignment as unknown) === course.at(SILENT)) as SlipSeen;
    const { headers, body } = await open(slip);
    for (const said of [slip.number, '区办公室', `${SILENT}社区`, '摸排 d', 'L-d', '（待签收）'])
      expect(body).toContain(said);
    expect(headers.get('content-disposition')).toContain(encodeURIComponent(slip.number));
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('are countersigned by the receipt that counts them: those before it, and no other', async () => {
    const receipt = { type: 'acknowledged', data: { slips: 2 } } as unknown as NewEvent;
    await write(course.at(SILENT), receipt);
    await write(course.at(SILENT), escalated('blue'));
    const { body } = await z.as(OFFICE).get(`/slips?assignment=${course.at(SILENT)}`);
    expect(slipsIn(body).map(({ color, countersignedAt }) => [color, countersignedAt !== null])).toEqual([
      ['blue', false],
      ['red', true],
      ['yellow', true],
    ]);
    const { body: closed } = await z.as(OFFICE).get('/slips?open=false');
    expect(slipsIn(closed)).toMatchObject([
      { countersignedBy: { person: SILENT, name: `名${SILENT}` } },
      { countersignedBy: { person: SILENT, name: `名${SILENT}` } },
    ]);
    const [signed] = slipsIn(closed);
    const { body: document } = await open(signed as SlipSeen);
    expect(document).toContain(`名${SILENT}`);
    expect(document).not.toContain('（待签收）');
  });
});
