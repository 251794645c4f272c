// Promises of masks: what stays of each kind of value, that masking twice changes nothing, and that a mask is known as one.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Form, type FieldType } from './field.ts';
import { compiledOf, judgeReport } from './form.ts';
import {
  asksSensitive,
  looksMasked,
  maskedChanges,
  maskedMail,
  maskedPhone,
  maskedReport,
  maskedValue,
} from './masking.ts';
import type { Json } from './value.ts';

const form = Form.parse({
  fields: [
    { key: 'n', label: '数', type: 'integer' },
    { key: 'who', label: '联系人', type: 'contact' },
    { key: 'idno', label: '证件号', type: 'text', sensitive: true },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [
        { key: 'place', label: '地点', type: 'text' },
        { key: 'boss', label: '负责人', type: 'contact' },
      ],
    },
  ],
});
const plain = Form.parse({ fields: [{ key: 'n', label: '数', type: 'integer' }] });

describe('a mask', () => {
  it.each([
    ['contact', { name: '张三', phone: '13812341234' }, { name: '张＊＊', phone: '138****1234' }],
    ['contact', { name: '欧阳小明' }, { name: '欧＊＊' }],
    ['contact', { phone: '83334444' }, { phone: '＊＊＊' }],
    ['contact', { phone: '+86 138 1234 5678' }, { phone: '+86 138****5678' }],
    ['contact', { phone: '+86 13812345678' }, { phone: '+86 138****5678' }],
    ['text', '13812341234', '138****1234'],
    ['text', '44011119870605123X', '440***********123X'],
    ['text', 'zhang.san@example.org', 'z***@example.org'],
    ['text', '患高血压', '＊＊＊'],
    ['integer', 12_345, '＊＊＊'],
    ['boolean', false, '＊＊＊'],
    ['date', '1987-06-05', '＊＊＊'],
    ['file', ['a', 'b'], ['＊＊＊']],
    ['text', null, null],
  ] as [FieldType, Json, Json][])('of a %s %j is %j', (type, value, masked) => {
    expect(maskedValue({ type }, value)).toEqual(masked);
    expect(maskedValue({ type }, masked)).toEqual(masked);
  });

  it('hides at least four places of every telephone number, and masks a mask to itself', () => {
    const phone = fc.oneof(
      fc.stringMatching(/^1\d{10}$/),
      fc.stringMatching(/^\+?[\d -]{1,20}$/),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(phone, (said) => {
        const masked = maskedPhone(said);
        expect(maskedPhone(masked)).toBe(masked);
        if (said.length > 8) expect(masked).not.toContain(said.slice(3, -4));
        if (said !== '') expect(looksMasked(masked)).toBe(true);
      }),
    );
    fc.assert(fc.property(fc.emailAddress(), (mail) => maskedMail(maskedMail(mail)) === maskedMail(mail)));
  });

  it('falls on contacts, on what is called sensitive, and on nothing else of a report', () => {
    const report = {
      values: { n: 3, who: { name: '张三', phone: '13812341234' }, idno: '患高血压' },
      rows: { list: [{ place: '东门', boss: { name: '李四' } }] },
      note: '说明',
    };
    expect(maskedReport(form, report)).toEqual({
      values: { n: 3, who: { name: '张＊＊', phone: '138****1234' }, idno: '＊＊＊' },
      rows: { list: [{ place: '东门', boss: { name: '李＊＊' } }] },
      note: '说明',
    });
    expect([asksSensitive(form), asksSensitive(plain), asksSensitive(undefined)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('falls on both sides of a change, of a value, a cell and a whole row', () => {
    const changes = [
      { path: 'values.n', before: 1, after: 2 },
      { path: 'values.idno', before: null, after: '患高血压' },
      { path: 'rows.list[3].boss', before: { name: '李四' }, after: { name: '王五' } },
      { path: 'rows.list[3].place', before: '东门', after: '西门' },
      { path: 'rows.list[4]', before: null, after: { place: '北门', boss: { phone: '13812341234' } } },
      { path: 'note', before: null, after: '说明' },
    ];
    expect(maskedChanges(form, changes)).toEqual([
      changes[0],
      { path: 'values.idno', before: null, after: '＊＊＊' },
      { path: 'rows.list[3].boss', before: { name: '李＊＊' }, after: { name: '王＊＊' } },
      changes[3],
      { path: 'rows.list[4]', before: null, after: { place: '北门', boss: { phone: '138****1234' } } },
      changes[5],
    ]);
  });

  it('is refused as a value, of sensitive fields alone', () => {
    const { faults } = judgeReport(
      compiledOf(form),
      {
        values: { who: { name: '张＊＊' }, idno: '＊＊＊' },
        rows: { list: [{ place: '**东门**', boss: { phone: '138****1234' } }] },
      },
      {},
    );
    expect(faults.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'values.who MASKED_VALUE',
      'values.idno MASKED_VALUE',
      'rows.list[0].boss MASKED_VALUE',
    ]);
  });
});
