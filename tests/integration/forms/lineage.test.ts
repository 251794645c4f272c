// The lineage of figures as a doubter reads it, page by page: it adds up at every place, own parts included, on both bases.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Form } from '../../../domain/form/field.ts';
import type { Json } from '../../../domain/form/value.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, OFFICE } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { remerged, type Line } from '../../support/remerged.ts';

const STREETS = 12;
const FORM = {
  fields: [
    { key: 'n', label: '数', type: 'integer', aggregate: 'sum', timeAxis: 'snapshot' },
    { key: 'rate', label: '率', type: 'percent', aggregate: { weightedMean: 'n' } },
    { key: 'cost', label: '均价', type: 'number', aggregate: 'mean' },
    { key: 'least', label: '最低', type: 'number', aggregate: 'min' },
    { key: 'latest', label: '最近', type: 'number', aggregate: 'last' },
    { key: 'count', label: '份数', type: 'integer', aggregate: 'count' },
    { key: 'ready', label: '就绪', type: 'boolean', aggregate: 'all' },
    { key: 'when', label: '时段', type: 'choice', options: ['早', '晚'], aggregate: 'countByValue' },
    { key: 'note', label: '说明', type: 'text', aggregate: 'concat' },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [{ key: 'place', label: '地点', type: 'text' }],
      aggregate: { union: ['place'] },
    },
  ] as const,
  rules: [],
};
const KEYS = FORM.fields.map(({ key }) => key);

/** Figures of a place that differ from any other's. */
const reportOf = (at: number): Record<string, unknown> => ({
  values: {
    n: at * 3,
    // Where there is no weight the value weighs nothing.
    rate: (at % 10) / 10,
    cost: at + 0.1,
    least: 100 - at,
    latest: at,
    ...(at % 3 === 0 ? {} : { count: at }),
    ready: at !== 5,
    when: at % 2 === 0 ? '早' : '晚',
    note: `第 ${at} 处`,
  },
  rows: { list: [{ place: `地点 ${at % 4}` }] },
});

describe('the lineage of a directive with twelve streets', () => {
  let z: Installation;
  let course: Course;
  beforeAll(async () => {
    z = await startInstallation({ organisation: district({ streets: STREETS }), deskLimit: 20 });
    course = await sendOut(z, 'doubt', { item: { form: FORM as never } });
    for (let street = 1; street <= STREETS; street += 1) {
      // The last street has one that is in and not approved, and one that is not in.
      await course.do(`S${street}-1`, 'submit', reportOf(street));
      if (street < STREETS) await course.do(`S${street}-1`, 'approve');
      if (street % 2 === 0 && street < STREETS) {
        await course.do(`S${street}-2`, 'submit', reportOf(street + 20));
        await course.do(`S${street}-2`, 'approve');
      }
    }
    await course.do('S1', 'submit', { values: { n: 500, rate: 1, note: '街道本级' } });
    await course.do('', 'submit', { values: { n: 7, cost: 9 } });
  });
  afterAll(() => z.close());

  /** All its pages, five lines each. */
  const lineage = async (
    person: string,
    unit: string,
    key: string,
    basis: string,
  ): Promise<(Line & Record<string, unknown>)[]> => {
    const lines: (Line & Record<string, unknown>)[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const { status, body } = await z
        .as(person)
        .get(`/assignments/${course.at(unit)}/summary/lineage?field=${key}&basis=${basis}&limit=5${cursor}`);
      expect(status).toBe(200);
      expect(body.items.length).toBeLessThanOrEqual(5);
      lines.push(...(body.items as unknown as (Line & Record<string, unknown>)[]));
      cursor = body.nextCursor === null ? null : `&cursor=${encodeURIComponent(body.nextCursor)}`;
    }
    // They come in order of their ranks, which are not told.
    return lines.map((line, n) => ({ ...line, rank: String(n).padStart(6, '0') }));
  };

  it.each([
    ['the task force', FORCE, ''],
    ['a street with a part of its own', 'S1', 'S1'],
    ['a street without', OFFICE, 'S2'],
    ['a street where nothing is approved', 'S12', 'S12'],
    ['a community', 'S3-1', 'S3-1'],
  ])('adds up at %s, for every field, on both bases', async (_, person, unit) => {
    for (const basis of ['approved', 'reported']) {
      const { body } = await z.as(person).get(`/assignments/${course.at(unit)}/summary?basis=${basis}`);
      const figures = { ...body.values, ...body.rows } as Record<string, Json>;
      for (const key of KEYS) {
        const lines = await lineage(person, unit, key, basis);
        expect({ basis, key, figure: remerged(Form.parse(FORM), key, lines) }).toEqual({
          basis,
          key,
          figure: figures[key],
        });
        expect(new Set(lines.map(({ assignment }) => assignment)).size).toBe(lines.length);
      }
    }
  });

  it('has one line more where more is in than approved', async () => {
    const [approved, reported] = [
      await lineage(OFFICE, '', 'n', 'approved'),
      await lineage(OFFICE, '', 'n', 'reported'),
    ];
    expect(approved).toHaveLength(16 + 2);
    expect(
      reported.map(({ unit }) => unit).filter((unit) => !approved.some((line) => line.unit === unit)),
    ).toEqual(['S12-1']);
  });

  it('says of each line whose it is, since when, by whom, and where the whole report stands', async () => {
    const lines = await lineage(OFFICE, '', 'rate', 'approved');
    const ofStreet = lines.find(({ assignment }) => assignment === course.at('S1'));
    const ofCommunity = lines.find(({ unit }) => unit === 'S1-1');
    expect(ofStreet).toMatchObject({
      unit: 'S1',
      unitName: 'S1街道',
      value: 1,
      weight: 500,
      by: 'S1',
      version: 1,
      isPart: true,
    });
    expect(ofCommunity).toMatchObject({
      unit: 'S1-1',
      unitName: 'S1-1社区',
      value: 0.1,
      weight: 3,
      by: 'S1-1',
      version: 1,
      isPart: false,
    });
    for (const line of [ofStreet, ofCommunity]) {
      expect(line?.at).toMatch(/^\d{4}-.*Z$/);
      const { status, body } = await z.as(OFFICE).get(String(line?.['submission']).replace('/api/v1', ''));
      expect([status, body.values['rate'], body.version]).toEqual([200, line?.value, line?.['version']]);
    }
  });
});
