// Random forms, and random reports that their forms accept.
import fc from 'fast-check';
import { looksMasked } from '../../domain/form/masking.ts';
import type { Form } from '../../domain/form/field.ts';
import { Form as FormSchema } from '../../domain/form/field.ts';
import { writable } from '../../domain/paper/workbook/cell/cell.ts';

export type RandomReport = {
  form: Form;
  values: Record<string, unknown>;
  rows: Record<string, Record<string, unknown>[]>;
};

const key = fc.constantFrom(
  ...['a', 'b_1', 'constructor', 'hint', 'last_', 'name', 'phone', 'to_string', 'value_of', 'x', 'y', 'z9'],
);
const keys = (max: number): fc.Arbitrary<string[]> => fc.uniqueArray(key, { minLength: 1, maxLength: max });

/**
 * Text that begins like a formula, looks like a number, a date or an escape, breaks lines, or is outside the first
 * Unicode plane.
 */
const strange = fc.constantFrom(
  ...[
    '=1+1',
    '+1',
    '-1',
    '@A1',
    '007',
    '1,234',
    '2023-09-01',
    '_x000D_',
    '_x005F_',
    'TRUE',
    '是',
    '1e5',
    '50%',
  ],
  ...[
    '  两边有空格  ',
    '第一行\n第二行\n',
    '"引号"',
    "'撇号",
    '<&>',
    ']]>',
    '\t制表',
    '😀👨‍👩‍👧',
    '_x00',
    '=cmd|x!A1',
    '\u00a0',
    '\ufeff字',
  ],
);
/** Text that a cell can hold and that is not blank; `full` draws from all of Unicode. */
const text = (max: number): fc.Arbitrary<string> =>
  fc
    .oneof(
      strange,
      fc.string({ unit: 'grapheme', maxLength: max }),
      fc.string({ unit: 'binary', maxLength: max }),
    )
    .map((said) => writable(said).slice(0, max))
    .filter((said) => said.trim() !== '' && said.isWellFormed());

const whole = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.maxSafeInteger().map((n) => n % 1e12),
  fc.constantFrom(0, 1e12, -1e12, 999_999_999_999),
);
const decimal = fc.oneof(
  fc
    .tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.nat(999_999))
    .map(([n, m]) => Number(`${n}.${String(m).padStart(6, '0')}`)),
  fc.constantFrom(0.1, 0.2, 0.000001, -0.000001, 0.896847, 1e12, 123456789012.5, 999999999999.999),
);
const date = fc
  .oneof(
    fc
      .integer({ min: 0, max: 3_000_000 })
      .map((day) => new Date(Date.UTC(1800, 0, 1) + day * 86_400_000).toISOString()),
    fc.constantFrom('1900-01-01', '1900-02-28', '1900-03-01', '2000-02-29', '9999-12-31', '0001-01-01'),
  )
  .map((day) => day.slice(0, 10))
  .filter((day) => /^\d{4}-/.test(day));

type Asked = { field: Record<string, unknown>; value: fc.Arbitrary<unknown> };

const OPTIONS = ['早', '晚', '08:30-17:30', 'TRUE', '1', '1.0', '=A1', 'a,b', '"', '50%'];

/** A field or column of a scalar type, and its values. */
const scalar = (at: string): fc.Arbitrary<Asked> =>
  fc
    .record({
      label: fc.oneof(text(20), fc.constantFrom('数量', '点位:明细/[1]', 'History', "''")),
      required: fc.boolean(),
      unit: fc.option(fc.constantFrom('个', '延米', '=1'), { nil: undefined }),
      kind: fc.constantFrom('integer', 'number', 'percent', 'boolean', 'choice', 'text', 'date', 'contact'),
      options: fc.shuffledSubarray(OPTIONS, { minLength: 1 }),
    })
    .map(({ kind, options, unit, ...rest }): Asked => {
      const field = { key: at, type: kind, ...rest, ...(unit === undefined ? {} : { unit }) };
      switch (kind) {
        case 'integer':
          return { field, value: whole };
        case 'number':
          return { field, value: decimal };
        case 'percent':
          return { field, value: fc.nat(1_000_000).map((n) => Number(`${n}e-6`)) };
        case 'boolean':
          return { field, value: fc.boolean() };
        case 'choice':
          return { field: { ...field, options }, value: fc.constantFrom(...options) };
        case 'date':
          return { field, value: date };
        case 'contact':
          return {
            field,
            value: fc
              .record({ name: text(30), phone: text(20) }, { requiredKeys: [] })
              // What carries the stars of a mask is refused.
              .filter((contact) => Object.keys(contact).length > 0 && !looksMasked(contact)),
          };
        default:
          return { field, value: text(60) };
      }
    });

/** Each may be left out. */
const recordOf = (asked: readonly Asked[]): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(Object.fromEntries(asked.map(({ field, value }) => [field['key'] as string, value])), {
    requiredKeys: [],
  });

const scalars = (max: number): fc.Arbitrary<Asked[]> =>
  keys(max).chain((all) => fc.tuple(...all.map(scalar)));

const table = (at: string): fc.Arbitrary<Asked> =>
  fc.tuple(fc.oneof(text(40), fc.constant('明细')), scalars(5)).map(([label, columns]) => ({
    field: { key: at, label, type: 'table', columns: columns.map(({ field }) => field) },
    value: fc.array(
      recordOf(columns).filter((row) => Object.keys(row).length > 0),
      { maxLength: 4 },
    ),
  }));

const file = (at: string): fc.Arbitrary<Asked> =>
  fc.constant({ field: { key: at, label: '照片', type: 'file' }, value: fc.constant(undefined) });

export const randomReport: fc.Arbitrary<RandomReport> = keys(8)
  .chain((all) =>
    fc.tuple(
      ...all.map((at) =>
        fc.oneof({ weight: 6, arbitrary: scalar(at) }, { weight: 2, arbitrary: table(at) }, file(at)),
      ),
    ),
  )
  .chain((asked) => {
    const form = FormSchema.parse({ fields: asked.map(({ field }) => field) });
    const tables = asked.filter(({ field }) => field['type'] === 'table');
    const rest = asked.filter(({ field }) => !['table', 'file'].includes(field['type'] as string));
    return fc.record({
      form: fc.constant(form),
      values: recordOf(rest),
      rows: fc.record(
        Object.fromEntries(tables.map(({ field, value }) => [field['key'] as string, value])),
      ) as fc.Arbitrary<RandomReport['rows']>,
    });
  });
