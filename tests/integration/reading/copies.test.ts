// A directive copied over HTTP: the same again as a draft, by its office, checked as any draft is.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendOut } from '../../support/course.ts';
import { directive, district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation, type Reply } from '../../support/installation.ts';

let z: Installation;
beforeAll(async () => {
  z = await startInstallation({ organisation: district({ streets: 1, communities: 1 }) });
  await sendOut(z, 'd', { body: '每周一报', urgency: 'urgent' });
});
afterAll(() => z.close());

const copy = (body: unknown, who = OFFICE, headers: Record<string, string> = {}, of = 'd'): Promise<Reply> =>
  z.as(who).post(`/directives/${of}/copy`, body, headers);

describe('a copy', () => {
  it('is a draft with everything of the original but id, number and what it is given', async () => {
    const { status, body } = await copy({ id: 'week2', number: 'L-week2' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: 'week2', number: 'L-week2', phase: 'draft', counts: null });
    const [original, draft] = await Promise.all([z.as(OFFICE).see('d'), z.as(OFFICE).see('week2')]);
    for (const key of ['title', 'body', 'urgency', 'calendar', 'policy', 'items'] as const)
      expect(draft[key as keyof typeof draft]).toEqual(original[key as keyof typeof original]);
    expect(Date.parse(draft.dueAt)).toBeGreaterThan(Date.parse(original.dueAt));
    expect((await z.as('S1').get('/directives/week2')).status).toBe(404);
  });

  it('goes out as any draft does', async () => {
    expect((await z.as(OFFICE).post('/directives/week2/issue')).status).toBe(200);
    await z.until(async () => (await z.as(OFFICE).see('week2')).phase === 'open', 'week2 is open');
    expect(await z.as('S1-1').see('week2.sites.TF.S1.S1-1')).toMatchObject({ phase: 'issued' });
  });

  it('takes the receipt and the due time it is given', async () => {
    const due = new Date(Date.now() + 7_200_000).toISOString();
    const receivedAt = new Date(Date.now() - 60_000).toISOString();
    const { body } = await copy({ number: 'L-week3', due, receivedAt });
    expect(body).toMatchObject({ dueAt: due, receivedAt });
    expect(body.id).toMatch(/^d\d{6}-[0-9a-f]{10}$/);
  });

  it('is refused where id or number is taken', async () => {
    const number = await copy({ number: 'L-d' });
    expect(number).toMatchObject({ status: 409, body: { code: 'DUPLICATE', errors: [{ path: 'number' }] } });
    const id = await copy({ id: 'd', number: 'L-other' });
    expect(id).toMatchObject({ status: 409, body: { code: 'DUPLICATE', errors: [{ path: 'id' }] } });
  });

  it('is checked as a new draft is', async () => {
    const original = directive('working', { calendar: 'work', due: { workdays: 1, at: '17:30' } });
    expect((await z.as(OFFICE).post('/directives?draft=true', original)).status).toBe(201);
    const far = { number: 'L-far', receivedAt: '2090-01-02T10:00:00+08:00' };
    expect(await copy(far, OFFICE, {}, 'working')).toMatchObject({
      status: 422,
      body: { code: 'OUT_OF_RANGE', errors: [{ path: 'receivedAt', code: 'OUT_OF_RANGE' }] },
    });
    const spaced = { number: 'L-far', due: '2033-01-02T10:00:00+08:00' };
    expect(await copy(spaced, OFFICE, {}, 'working')).toMatchObject({
      status: 422,
      body: { code: 'CALENDAR_YEAR_UNKNOWN', errors: [{ path: 'due' }] },
    });
    for (const [body, status] of [
      [{ number: '' }, 422],
      [{}, 422],
      [{ number: 'L-x', title: '别的' }, 400],
      [{ number: 7 }, 400],
    ] as const)
      expect((await copy(body)).status).toBe(status);
  });

  it('is the office’s to make', async () => {
    for (const [who, status] of [
      [FORCE, 403],
      ['AUDITOR', 403],
      ['NOBODY', 404],
    ] as const)
      expect((await copy({ number: `L-${who}` }, who)).status).toBe(status);
  });

  it('is made once, however often it is asked for under one key', async () => {
    const body = { id: 'once', number: 'L-once' };
    const first = await copy(body, OFFICE, { 'idempotency-key': 'k' });
    const again = await copy(body, OFFICE, { 'idempotency-key': 'k' });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect((await copy({ ...body, number: 'L-twice' }, OFFICE, { 'idempotency-key': 'k' })).body.code).toBe(
      'IDEMPOTENCY_KEY_REUSED',
    );
  });
});
