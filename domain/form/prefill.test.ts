// Promises about what may be taken over from before: fresh, of the present form, and nothing else.
import { describe, expect, it } from '@jest/globals';
import { Form } from './field.ts';
import { compileForm } from './form.ts';
import { offeredFields, offersOf, type LastApproved } from './prefill.ts';

const FORM = Form.parse({
  fields: [
    { key: 'n', label: '数', type: 'integer', max: 100, freshDays: 30 },
    { key: 'stale', label: '旧', type: 'integer', freshDays: 1 },
    { key: 'asked', label: '每次都问', type: 'integer' },
    { key: 'kind', label: '类别', type: 'choice', options: ['甲', '乙'], freshDays: 30 },
    { key: 'photo', label: '照片', type: 'file', freshDays: 30 },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [{ key: 'place', label: '点位', type: 'text', required: true }],
      freshDays: 30,
    },
  ],
});
const { compiled } = compileForm(FORM, 'form');

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-24T08:00:00Z');
const before = (days: number, key: string, value: unknown): LastApproved => ({
  key,
  value,
  at: NOW - days * DAY,
  assignment: 'd.i.TF.S1',
});
const offered = (...last: LastApproved[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(offersOf(compiled, last, NOW)).map(([key, { value }]) => [key, value]));

describe('what may be taken over', () => {
  it('is looked up only of fields that say how long they stay fresh, and never of files', () => {
    expect(offeredFields(FORM).map(({ key }) => key)).toEqual(['n', 'stale', 'kind', 'list']);
    expect(offered(before(1, 'asked', 3), before(1, 'photo', ['f']), before(1, 'unknown', 3))).toEqual({});
  });

  it('is what is fresh to the very day', () => {
    expect(offered(before(30, 'n', 3), before(1.01, 'stale', 3))).toEqual({ n: 3 });
    expect(offersOf(compiled, [before(1, 'n', 3)], NOW)).toEqual({
      n: { value: 3, at: '2026-11-23T08:00:00.000Z', assignment: 'd.i.TF.S1' },
    });
  });

  it('is only what the present form takes', () => {
    expect(offered(before(1, 'n', 101))).toEqual({});
    expect(offered(before(1, 'n', '3'))).toEqual({});
    expect(offered(before(1, 'kind', '丙'))).toEqual({});
    expect(offered(before(1, 'list', [{ place: '一号门', seats: 3 }]))).toEqual({});
    expect(offered(before(1, 'list', [{}]))).toEqual({});
  });

  it('is a table with its rows, and never an empty one', () => {
    expect(offered(before(1, 'list', [{ place: '一号门' }]))).toEqual({ list: [{ place: '一号门' }] });
    expect(offered(before(1, 'list', []))).toEqual({});
    expect(offered(before(1, 'n', null))).toEqual({});
  });
});
