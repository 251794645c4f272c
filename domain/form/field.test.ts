// Promises about forms: what is refused when a directive is made, and where it says so.
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { faultsOfForm } from './field-faults.ts';
import { Form } from './field.ts';

const formOf = (fields: unknown[], rules: unknown[] = []): Form => Form.parse({ fields, rules });
const field = (extra: object): object => ({ key: 'a', label: '甲', type: 'integer', ...extra });
const found = (form: Form): string[] =>
  faultsOfForm(form, 'items[0].form').map(({ path, code }) => `${path} ${code}`);

describe('a form', () => {
  it.each([
    'demo/l-district/volunteer-sites',
    'demo/l-district/publicity-sites',
    'tests/support/perimeter-hazards',
  ])('of the L district is accepted: %s', (name) => {
    const text = readFileSync(new URL(`../../${name}.directive.json`, import.meta.url), 'utf8');
    const { items } = JSON.parse(text) as { items: { form: unknown }[] };
    for (const { form } of items) expect(found(Form.parse(form))).toEqual([]);
  });

  it('has no rules and merges nothing unless it says so', () => {
    expect(Form.parse({ fields: [field({})] })).toEqual({
      fields: [field({ required: false, sensitive: false, aggregate: 'none' })],
      rules: [],
    });
  });

  it.each([
    ['a key given twice', [field({}), field({})], 'fields[1].key REPEATED'],
    ['the key last, which rules need', [field({ key: 'last' })], 'fields[0].key RESERVED'],
    ['a sum without a time axis', [field({ aggregate: 'sum' })], 'fields[0].timeAxis REQUIRED'],
    ['an aggregate of another type', [field({ aggregate: 'concat' })], 'fields[0].aggregate NOT_AN_OPTION'],
    ['a union of numbers', [field({ aggregate: { union: [] } })], 'fields[0].aggregate NOT_AN_OPTION'],
    [
      'a weight that is no field',
      [field({ aggregate: { weightedMean: 'b' } })],
      'fields[0].aggregate UNKNOWN_FIELD',
    ],
    [
      'a weight that is no number',
      [field({ aggregate: { weightedMean: 'b' } }), field({ key: 'b', type: 'text' })],
      'fields[0].aggregate WRONG_TYPE',
    ],
    ['a minimum over the maximum', [field({ min: 2, max: 1 })], 'fields[0].min OUT_OF_RANGE'],
    ['a percentage over 1', [field({ type: 'percent', max: 100 })], 'fields[0].max OUT_OF_RANGE'],
    ['decimals of a whole number', [field({ decimals: 2 })], 'fields[0].decimals NO_DECIMALS'],
    [
      'decimals of a column of texts',
      [field({ type: 'table', columns: [field({ type: 'text', decimals: 0 })] })],
      'fields[0].columns[0].decimals NO_DECIMALS',
    ],
    ['a choice without options', [field({ type: 'choice' })], 'fields[0].options REQUIRED'],
    [
      'an option given twice',
      [field({ type: 'choice', options: ['x', 'x'] })],
      'fields[0].options[1] REPEATED',
    ],
    [
      'an option given twice, once in full width',
      [field({ type: 'choice', options: ['8:30', '８：３０ '] })],
      'fields[0].options[1] REPEATED',
    ],
    ['a table without columns', [field({ type: 'table' })], 'fields[0].columns REQUIRED'],
    [
      'a column given twice',
      [field({ type: 'table', columns: [field({}), field({})] })],
      'fields[0].columns[1].key REPEATED',
    ],
    [
      'a column that a merged row needs for itself',
      [field({ type: 'table', columns: [field({ key: 'sources' })] })],
      'fields[0].columns[0].key RESERVED',
    ],
    [
      'a choice column without options',
      [field({ type: 'table', columns: [field({ type: 'choice' })] })],
      'fields[0].columns[0].options REQUIRED',
    ],
    [
      'a union by an unknown column',
      [field({ type: 'table', columns: [field({})], aggregate: { union: ['b'] } })],
      'fields[0].aggregate UNKNOWN_FIELD',
    ],
  ])('is refused for %s', (_, fields, fault) => {
    expect(found(formOf(fields))).toEqual([`items[0].form.${fault}`]);
  });

  it('is refused for a rule key given twice', () => {
    const rule = { key: 'r', check: 'a > 0', severity: 'block', message: '甲须为正' };
    expect(found(formOf([field({})], [rule, rule]))).toEqual(['items[0].form.rules[1].key REPEATED']);
  });

  it('is bounded and knows no other words', () => {
    const many = Array.from({ length: 201 }, (_, i) => field({ key: `f${i}` }));
    const columns = Array.from({ length: 51 }, (_, i) => field({ key: `c${i}` }));
    const rule = { key: 'r', check: 'a > 0', severity: 'block', message: '甲须为正' };
    const rules = Array.from({ length: 201 }, () => rule);
    for (const wrong of [
      { fields: many },
      { fields: [field({ type: 'table', columns })] },
      { fields: [], rules },
      { fields: [], rules: [{ ...rule, check: 'a'.repeat(1001) }] },
      { fields: [], rules: [{ ...rule, severity: 'fatal' }] },
      { fields: [field({ key: 'A' })] },
      { fields: [field({ key: '__proto__' })] },
      { fields: [field({ colour: 'red' })] },
      { fields: [field({ type: 'table', columns: [field({ type: 'table' })] })] },
      { fields: [field({ min: Infinity })] },
      { fields: [field({ type: 'number', decimals: 7 })] },
      { fields: [field({ type: 'number', decimals: -1 })] },
    ]) {
      expect(Form.safeParse(wrong).success).toBe(false);
    }
  });
});
