// Promises of a report being filled in: what is typed is the value the server reads, and nothing typed is lost.
import { describe, expect, it } from '@jest/globals';
import { Form } from '../../../domain/form/field.ts';
import { compiledOf } from '../../../domain/form/form.ts';
import {
  draftOf,
  EMPTY_DRAFT,
  filledCount,
  fitted,
  judged,
  reportOf,
  withTakenOver,
  withTyped,
} from './draft.ts';
import { typedOfValue, valueOfTyped } from './typed.ts';

const form = Form.parse({
  fields: [
    { key: 'on_duty', label: '上岗', type: 'integer', required: true },
    { key: 'registered', label: '注册', type: 'integer', required: true, freshDays: 30 },
    { key: 'rate', label: '培训率', type: 'percent' },
    { key: 'leader', label: '负责人', type: 'contact' },
    {
      key: 'sites',
      label: '点位',
      type: 'table',
      columns: [{ key: 'address', label: '地址', type: 'text' }],
    },
  ],
  rules: [{ key: 'within', check: 'on_duty <= registered', severity: 'block', message: '上岗不得大于注册' }],
});
const compiled = compiledOf(form);

describe('what is typed', () => {
  it.each([
    ['integer', '１，２３４', 1234],
    ['number', ' 3.5 ', 3.5],
    ['percent', '90', 0.9],
    ['percent', '28.7%', 0.287],
    ['integer', '十二', '十二'],
    ['integer', '', null],
    ['boolean', 'no', false],
    ['text', ' a ', ' a '],
  ] as const)('%s %j is %j', (type, text, value) => {
    expect(valueOfTyped({ type }, text)).toBe(value);
  });

  it.each([
    ['percent', 0.287],
    ['percent', 0.1],
    ['integer', 1234],
    ['number', 0.005],
    ['boolean', true],
  ] as const)('%s %j stands in the input so that it means itself', (type, value) => {
    expect(valueOfTyped({ type }, typedOfValue({ type }, value))).toBe(value);
  });
});

describe('a draft', () => {
  it('is judged by the rules of the server', () => {
    const draft = withTyped(withTyped(EMPTY_DRAFT, 'on_duty', '400'), 'registered', '217');
    expect(judged(compiled, draft, {}).faults).toEqual([
      {
        path: 'rules.within',
        code: 'RULE_BROKEN',
        text: '上岗不得大于注册',
        fields: ['on_duty', 'registered'],
      },
    ]);
  });

  it('sends a contact without empty halves, and nothing for what is empty', () => {
    const draft = withTyped(withTyped(EMPTY_DRAFT, 'leader', { name: '', phone: '138' }), 'on_duty', '');
    expect(reportOf(form.fields, draft)).toEqual({
      values: { leader: { phone: '138' } },
      rows: { sites: [] },
      explanations: {},
    });
  });

  it('takes over what is offered, and forgets that it did once it is changed', () => {
    const offers = { registered: { value: 217, at: '2026-07-12T00:00:00Z', assignment: 'a' } };
    const taken = withTakenOver(EMPTY_DRAFT, form.fields, offers, ['registered']);
    expect([taken.typed['registered'], taken.carried]).toEqual(['217', ['registered']]);
    expect(withTyped(taken, 'registered', '218').carried).toEqual([]);
  });

  it('begins with the report that is in, and counts what is filled', () => {
    const draft = draftOf(form.fields, {
      values: { on_duty: 3, rate: 0.9 },
      rows: { sites: [{ address: '1号' }] },
    });
    expect(draft.typed).toEqual({ on_duty: '3', rate: '90' });
    expect(filledCount(form.fields, draft)).toBe(3);
  });

  it('names what an amended form has no place for', () => {
    const draft = withTyped(withTyped(EMPTY_DRAFT, 'gone', '5'), 'on_duty', '3');
    expect(fitted(form.fields, draft)).toEqual({
      draft: withTyped(EMPTY_DRAFT, 'on_duty', '3'),
      lost: ['gone'],
    });
  });
});
