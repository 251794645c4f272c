// The catalogue against a form: what differs, and whose figure is asked of others.
import { describe, expect, it } from '@jest/globals';
import { differingFields, fieldsOfOthers, type Element } from './element.ts';
import { Form } from './field.ts';

const form = Form.parse({
  fields: [
    { key: 'n', label: '数', type: 'integer', unit: '个', aggregate: 'sum', timeAxis: 'flow' },
    { key: 'rate', label: '率', type: 'percent' },
    { key: 'own', label: '自拟', type: 'text' },
  ],
});
const catalogue = (...elements: Element[]): Map<string, Element> =>
  new Map(elements.map((element) => [element.key, element]));

describe('the catalogue of data elements', () => {
  it('warns of another type and of another unit of measure, and of nothing it does not know', () => {
    const n: Element = { key: 'n', label: '数', type: 'integer', unit: '个' };
    expect(differingFields(form, catalogue(n), '')).toEqual([]);
    expect(differingFields(form, catalogue({ ...n, unit: '处' }), 'items[1].form.')).toEqual([
      {
        code: 'ELEMENT_DIFFERS',
        path: 'items[1].form.fields[0]',
        params: { field: 'n', type: 'integer', unit: '个', expectedType: 'integer', expectedUnit: '处' },
      },
    ]);
    const rate: Element = { key: 'rate', label: '率', type: 'number' };
    expect(differingFields(form, catalogue(n, rate), '').map(({ path }) => path)).toEqual(['fields[1]']);
  });

  it('warns only where the unit that owns the figure is not asked', () => {
    const owned = catalogue({ key: 'n', label: '数', type: 'integer', sourceUnit: 'TJ' });
    expect(fieldsOfOthers(form, owned, new Set(['DD', 'TJ']), '')).toEqual([]);
    expect(fieldsOfOthers(form, owned, new Set(['DD']), '')).toEqual([
      { code: 'ELEMENT_HAS_SOURCE', path: 'fields[0]', params: { field: 'n', source: 'TJ' } },
    ]);
  });
});
