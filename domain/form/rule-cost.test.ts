// Promises of rules that may take too much work: such a report is refused, and the form's author is told beforehand.
import { describe, expect, it } from '@jest/globals';
import { Form } from './field.ts';
import { compileForm, judgeReport, type Judgement } from './form.ts';
import { costlyRules } from './rule-cost.ts';

const FIELDS = [
  { key: 'a', label: 'a', type: 'integer' },
  { key: 'note', label: 'note', type: 'text' },
  {
    key: 'list',
    label: 'list',
    type: 'table',
    columns: [
      { key: 'n', label: 'n', type: 'integer' },
      { key: 'word', label: 'word', type: 'text' },
    ],
  },
];

const formOf = (severity: string, ...checks: string[]): Form =>
  Form.parse({
    fields: FIELDS,
    rules: checks.map((check, at) => ({ key: `r${at}`, check, severity, message: '不得重复' })),
  });

function judged(form: Form, rows: number, explanations: Record<string, string> = {}): Judgement {
  const { compiled } = compileForm(form, 'form');
  const list = Array.from({ length: rows }, (_, n) => ({ n, word: '甲'.repeat(20) }));
  return judgeReport(
    compiled,
    { values: { a: 1, note: '乙'.repeat(500) }, rows: { list }, explanations },
    {},
  );
}

/** No two rows alike: the question everybody asks of a table, and the square of its rows. */
const NO_TWO = 'list.all(r, list.exists_one(s, s.n == r.n))';

describe('a rule that cannot be judged within its bounds', () => {
  it('refuses the report, by the rule’s own name, where it would block it or have it explained', () => {
    expect(judged(formOf('block', NO_TWO), 500)).toMatchObject({ faults: [], warnings: [] });
    for (const severity of ['block', 'explain'])
      expect(judged(formOf(severity, NO_TWO), 3_000, { r0: '说明' })).toMatchObject({
        faults: [
          { path: 'rules.r0', code: 'RULE_TOO_COSTLY', params: { rule: '不得重复' }, fields: ['list'] },
        ],
        warnings: [],
      });
  });

  it('is one more warning where it would only warn', () => {
    expect(judged(formOf('warn', NO_TWO), 3_000)).toMatchObject({
      faults: [],
      warnings: [{ path: 'rules.r0', code: 'RULE_TOO_COSTLY' }],
    });
  });
});

describe('a form', () => {
  it.each([
    [
      'passes over its rows',
      ['list.all(r, r.n >= 0)', 'list.map(r, r.n).sum() == a', 'list.all(r, r.word != "")'],
    ],
    [
      'looks into its texts',
      ['note.contains("甲")', 'list.all(r, r.word.contains("甲"))', 'note.matches("甲+乙?")'],
    ],
    ['looks at no table', ['a > 1', 'a > last.a || note == ""', 'has(note) ? a > 1 : a < 1']],
  ])('that only %s has no costly rule', (_, checks) => {
    expect(costlyRules(formOf('block', ...checks), '')).toEqual([]);
  });

  it.each([
    NO_TWO,
    'list.all(r, list.all(s, list.exists(t, t.n > r.n + s.n)))',
    'list.all(r, r.n in list.map(s, s.n))',
    'list.map(r, list + list + list).size() > 0',
    'list.all(r, list.filter(s, s.word == r.word).size() == 1)',
    'list.all(r, list.map(s, s.n) == list.map(s, s.n))',
    'list.all(r, !note.contains(r.word))',
    'list.all(r, !note.matches("(甲|乙){20}"))',
    'list.filter(r, r.n > 0).all(s, list.exists(t, t.n == s.n))',
    'note == "" ? a > 1 : list.all(r, list.all(s, r.n + s.n >= 0))',
  ])('is warned of %s, and a report of as many rows as it names is judged', (check) => {
    const form = formOf('block', 'a > 0', check);
    const [warning, ...others] = costlyRules(form, 'items[0].form.');
    expect([warning?.code, warning?.path, others]).toEqual([
      'RULE_MAY_BE_TOO_COSTLY',
      'items[0].form.rules[1].check',
      [],
    ]);
    const codes = (rows: number): string[] => judged(form, rows).faults.map(({ code }) => code);
    expect(codes(warning?.params.rows ?? 0)).not.toContain('RULE_TOO_COSTLY');
  });

  it('is warned of rules that are too much only together', () => {
    const checks = Array.from({ length: 150 }, () => 'list.all(r, r.n >= 0)');
    expect(costlyRules(formOf('block', ...checks.slice(0, 80)), '')).toEqual([]);
    const found = costlyRules(formOf('block', ...checks, ...checks.slice(0, 49)), '');
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThan(199);
  });
});
