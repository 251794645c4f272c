// Promises about judging reports: what is named, at which path, in which order; and that nothing a user sends throws.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { Form } from './field.ts';
import type { ReportContent, Judgement, Last } from './form.ts';
import { compileForm, judgeReport, needsLast, zeroValues } from './form.ts';

const read = (name: string, folder = 'demo/l-district'): unknown =>
  JSON.parse(readFileSync(new URL(`../../${folder}/${name}.json`, import.meta.url), 'utf8'));

function formOf(name: string, folder?: string): Form {
  const { items } = read(`${name}.directive`, folder) as { items: [{ form: unknown }] };
  return Form.parse(items[0].form);
}

const compiledOf = (form: unknown): ReturnType<typeof compileForm>['compiled'] => {
  const { compiled, faults } = compileForm(Form.parse(form), 'form');
  expect(faults).toEqual([]);
  return compiled;
};

const found = ({ faults }: Judgement): string[] => faults.map(({ path, code }) => `${path} ${code}`);

const ALL_TYPES = {
  fields: [
    { key: 'whole', label: '整数', type: 'integer', min: 0, max: 100, required: true },
    { key: 'number', label: '数', type: 'number' },
    { key: 'rate', label: '率', type: 'percent' },
    { key: 'ok', label: '是否', type: 'boolean' },
    { key: 'open', label: '时段', type: 'choice', options: ['早', '晚'] },
    { key: 'note', label: '说明', type: 'text', maxLength: 5 },
    { key: 'day', label: '日期', type: 'date' },
    { key: 'who', label: '联系人', type: 'contact' },
    {
      key: 'list',
      label: '清单',
      type: 'table',
      columns: [
        { key: 'place', label: '点位', type: 'text', required: true },
        { key: 'seats', label: '席', type: 'integer' },
      ],
    },
    { key: 'photo', label: '照片', type: 'file', maxFiles: 2 },
    { key: 'constructor', label: '施工方', type: 'number' },
  ],
  rules: [
    { key: 'seated', check: 'list.map(r, r.seats).sum() <= whole', severity: 'block', message: '席数过多' },
    {
      key: 'built',
      check: 'constructor == null || last.constructor == null',
      severity: 'warn',
      message: '施工方',
    },
  ],
};

describe('the L district', () => {
  const compiled = compiledOf(formOf('volunteer-sites'));
  const file = read('volunteer-sites.answers') as {
    answers: Record<string, Record<string, number | string>>;
    planted: { unit: string; first: Record<string, number | string> }[];
    earlier: { answers: Record<string, Last> };
  };

  it('reports without a fault, and its values are kept as they were sent', () => {
    for (const values of Object.values(file.answers)) {
      expect(judgeReport(compiled, { values }, {})).toEqual({ faults: [], warnings: [], values, rows: {} });
    }
  });

  it('is stopped where more are on duty than registered', () => {
    const values = { ...file.answers['WC-2'], v_on_duty: 300 };
    expect(judgeReport(compiled, { values }, {}).faults).toEqual([
      {
        path: 'rules.on-duty-within-registered',
        code: 'RULE_BROKEN',
        text: '当日上岗人数不得大于注册人数',
        fields: ['v_on_duty', 'v_registered'],
      },
    ]);
  });

  it('has to explain 540 registered after 333, and passes with an explanation', () => {
    const values = { ...file.answers['SX-1'], v_registered: 540 };
    const last = file.earlier.answers['SX-1'] ?? {};
    expect(needsLast(compiled)).toEqual(['v_registered']);
    expect(judgeReport(compiled, { values }, last).faults).toEqual([
      {
        path: 'explanations.registered-jump',
        code: 'EXPLANATION_REQUIRED',
        text: expect.stringContaining('30%'),
        fields: ['v_registered'],
      },
    ]);
    const explained = (text: string): ReportContent => ({
      values,
      explanations: { 'registered-jump': text },
    });
    expect(found(judgeReport(compiled, explained('  '), last))).toHaveLength(1);
    expect(found(judgeReport(compiled, explained('新纳入两所高校'), last))).toEqual([]);
  });

  it('hears of what blocks before what is to be explained', () => {
    const values = { ...file.answers['SX-1'], v_registered: 540, v_foreign: 541 };
    const { faults } = judgeReport(compiled, { values }, { v_registered: 333 });
    expect(faults.map(({ code }) => code)).toEqual(['RULE_BROKEN', 'EXPLANATION_REQUIRED']);
  });

  it('counts table rows like any number', () => {
    const hazards = compiledOf({
      ...formOf('perimeter-hazards', 'tests/support'),
      rules: [
        {
          key: 'open-listed',
          check: 'h_list.filter(r, r.state != "销号").size() == h_open',
          severity: 'block',
          message: '清单与未销号数不符',
        },
      ],
    });
    const values = { h_patrol: 1, h_places: 1, h_found: 1, h_fixed: 0, h_open: 2, h_major: 0 };
    const rows = {
      h_list: [{ place: '甲' }, { place: '乙', state: '整改中' }, { place: '丙', state: '销号' }],
    };
    expect(found(judgeReport(hazards, { values, rows }, {}))).toEqual([]);
    expect(found(judgeReport(hazards, { values }, {}))).toEqual(['rules.open-listed RULE_BROKEN']);
    expect(found(judgeReport(hazards, { values: { ...values, h_open: 0 } }, {}))).toEqual([]);
  });

  it('reports zero in one act: flows 0, snapshots as they were, and the rules still run', () => {
    const form = formOf('perimeter-hazards', 'tests/support');
    const hazards = compiledOf(form);
    expect(zeroValues(form, { h_open: 3, h_patrol: 9 })).toMatchObject({
      h_patrol: 0,
      h_open: 3,
      h_found: 0,
    });
    expect(needsLast(hazards, true)).toEqual(['h_open']);
    const zero = { values: {}, zeroReport: true };
    expect(judgeReport(hazards, zero, { h_open: 3 })).toMatchObject({
      faults: [],
      values: { h_open: 3, h_major: 0 },
    });
    expect(judgeReport(hazards, zero, {})).toMatchObject({ faults: [], values: { h_open: 0 } });
    expect(found(judgeReport(hazards, { ...zero, values: { h_open: 2 } }, { h_open: 3 }))).toEqual([
      'rules.roll-forward RULE_BROKEN',
    ]);
  });

  it('leaves empty in a zero report what has no time axis, so that it spoils no mean', () => {
    const number = { type: 'number', aggregate: 'mean', required: true } as const;
    const form = Form.parse({
      fields: [
        { key: 'visits', label: '走访', type: 'integer', aggregate: 'sum', timeAxis: 'flow' },
        { key: 'beds', label: '床位', type: 'integer', aggregate: 'sum', timeAxis: 'snapshot' },
        { ...number, key: 'rate', label: '合格率' },
      ],
      rules: [],
    });
    const zero = { values: {}, zeroReport: true };
    expect(judgeReport(compiledOf(form), zero, { beds: 12 })).toMatchObject({
      faults: [],
      values: { visits: 0, beds: 12 },
    });
    expect(judgeReport(compiledOf(form), zero, {}).values).toEqual({ visits: 0, beds: 0 });
  });
});

describe('a report', () => {
  const compiled = compiledOf(ALL_TYPES);

  it.each<[string, Record<string, unknown>, string[]]>([
    ['a required field missing', { whole: null }, ['values.whole REQUIRED']],
    ['a string for a number', { whole: '3' }, ['values.whole WRONG_TYPE']],
    ['half of a whole', { whole: 2.5 }, ['values.whole WRONG_TYPE']],
    ['NaN', { number: NaN }, ['values.number WRONG_TYPE']],
    ['1e308', { number: 1e308 }, ['values.number OUT_OF_RANGE']],
    ['infinity', { number: -Infinity }, ['values.number OUT_OF_RANGE']],
    ['more than a field takes', { whole: 101 }, ['values.whole OUT_OF_RANGE']],
    ['a percentage as 85', { rate: 85 }, ['values.rate OUT_OF_RANGE']],
    ['seven decimals', { number: 0.1234567 }, ['values.number TOO_PRECISE']],
    ['a word for yes', { ok: '是' }, ['values.ok WRONG_TYPE']],
    ['an option there is not', { open: '午' }, ['values.open NOT_AN_OPTION']],
    ['six characters for five', { note: '一二三四五六' }, ['values.note TOO_LONG']],
    ['NUL in a text', { note: 'a\0' }, ['values.note INVALID']],
    ['half a surrogate pair', { note: '\ud83d' }, ['values.note INVALID']],
    ['the 30th of February', { day: '2024-02-30' }, ['values.day WRONG_TYPE']],
    ['a date in other words', { day: '2024/2/3' }, ['values.day WRONG_TYPE']],
    ['a contact with an address', { who: { name: '张', address: 'x' } }, ['values.who WRONG_TYPE']],
    ['three files for two', { photo: ['a', 'b', 'c'] }, ['values.photo TOO_MANY']],
    ['one file twice', { photo: ['a', 'a'] }, ['values.photo REPEATED']],
    ['rows among the values', { list: [] }, ['values.list WRONG_TYPE']],
    ['a field there is not', { v: 1 }, ['values.v UNKNOWN_FIELD']],
    ['a name of JavaScript', { toString: 1 }, ['values.toString UNKNOWN_FIELD']],
  ])('is refused for %s', (_, values, faults) => {
    expect(found(judgeReport(compiled, { values: { whole: 1, ...values } }, {}))).toEqual(faults);
  });

  it.each<[string, unknown, string[]]>([
    ['no list', 'x', ['rows.list WRONG_TYPE']],
    [
      'no rows',
      [1, null, []],
      ['rows.list[0] WRONG_TYPE', 'rows.list[1] WRONG_TYPE', 'rows.list[2] WRONG_TYPE'],
    ],
    ['a missing cell', [{ place: ' ' }], ['rows.list[0].place REQUIRED']],
    ['a wrong cell', [{ place: '甲' }, { place: '乙', seats: '2' }], ['rows.list[1].seats WRONG_TYPE']],
    ['a column there is not', [{ place: '甲', x: 1 }], ['rows.list[0].x UNKNOWN_FIELD']],
    ['too many rows', Array.from({ length: 10_001 }, () => ({ place: '甲' })), ['rows.list TOO_MANY']],
  ])('is refused for a table with %s', (_, list, faults) => {
    expect(found(judgeReport(compiled, { values: { whole: 1 }, rows: { list } }, {}))).toEqual(faults);
  });

  it('is refused for rows of what is no table', () => {
    const rows = { whole: [], x: [] };
    expect(found(judgeReport(compiled, { values: { whole: 1 }, rows }, {}))).toEqual([
      'rows.whole UNKNOWN_FIELD',
      'rows.x UNKNOWN_FIELD',
    ]);
  });

  it('names at most a thousand faults', () => {
    const list = Array.from({ length: 9_000 }, () => ({}));
    expect(judgeReport(compiled, { values: { whole: 1 }, rows: { list } }, {}).faults).toHaveLength(1000);
  });

  it('is kept without what is empty, and with −0 as 0', () => {
    const values = { whole: -0, note: '  ', open: '', who: { name: '', phone: '13' }, photo: [], day: null };
    const kept = judgeReport(compiled, { values }, {});
    expect(kept).toEqual({
      faults: [],
      warnings: [],
      values: { whole: 0, who: { phone: '13' } },
      rows: { list: [] },
    });
    expect(Object.is(kept.values['whole'], 0)).toBe(true);
  });

  it('keeps an option as the form writes it, in any width it was sent', () => {
    const form = {
      fields: [{ key: 'open', label: '时段', type: 'choice', options: ['8:30-17:30', '其他（Ａ）'] }],
    };
    const of = (open: string): unknown =>
      judgeReport(compiledOf(form), { values: { open } }, {}).values['open'];
    expect(of('８：３０-17:30 ')).toBe('8:30-17:30');
    expect(of('其他(A)')).toBe('其他（Ａ）');
  });

  it('takes 10¹² and six decimals, and five emoji as five characters', () => {
    const { values } = judgeReport(
      compiled,
      { values: { whole: 1, number: 1e12, rate: 0.123456, note: '😀😀😀😀😀' } },
      {},
    );
    expect(values).toMatchObject({ number: 1e12, rate: 0.123456, note: '😀😀😀😀😀' });
  });

  it('is not asked about rules over fields that are wrong', () => {
    const rows = { list: [{ place: '甲', seats: 5 }] };
    expect(found(judgeReport(compiled, { values: { whole: 1 }, rows }, {}))).toEqual([
      'rules.seated RULE_BROKEN',
    ]);
    expect(found(judgeReport(compiled, { values: { whole: 'x' }, rows }, {}))).toEqual([
      'values.whole WRONG_TYPE',
    ]);
  });

  it('never throws, on any input', () => {
    const anything = fc.oneof(fc.anything(), fc.double(), fc.string({ unit: 'binary' }), fc.jsonValue());
    const key = fc.oneof(fc.constantFrom(...ALL_TYPES.fields.map((field) => field.key)), fc.string());
    const cells = fc.dictionary(fc.oneof(fc.constantFrom('place', 'seats'), fc.string()), anything);
    const content = fc.record(
      {
        values: fc.dictionary(key, anything),
        rows: fc.dictionary(key, fc.oneof(anything, fc.array(cells))),
        explanations: fc.dictionary(fc.string(), fc.string()),
        zeroReport: fc.boolean(),
      },
      { requiredKeys: ['values'] },
    );
    fc.assert(
      fc.property(content, (sent) => {
        const { values, rows, faults } = judgeReport(compiled, sent, { constructor: 1 });
        if (faults.length > 0) return;
        const again = judgeReport(compiled, { values, rows, zeroReport: sent.zeroReport === true }, {});
        expect(again).toMatchObject({ faults: [], values, rows });
      }),
      { numRuns: 3_000 },
    );
  });
});
