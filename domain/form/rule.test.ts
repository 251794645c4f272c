// Promises about rules in CEL: one type of number, empty values skip, no rule runs long, wrong rules do not compile.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Form } from './field.ts';
import type { Last } from './form.ts';
import { compileForm, judgeReport } from './form.ts';
import { Uncompilable, Undecided } from './rule/rule-node.ts';
import { patternTest } from './rule/rule-pattern.ts';

const number = (key: string): object => ({ key, label: key, type: 'number' });
const FIELDS = [
  number('a'),
  number('b'),
  number('c'),
  { key: 'ok', label: 'ok', type: 'boolean' },
  { key: 'note', label: 'note', type: 'text' },
  { key: 'open', label: 'open', type: 'choice', options: ['早', '晚'] },
  { key: 'day', label: 'day', type: 'date' },
  { key: 'who', label: 'who', type: 'contact' },
  { key: 'photo', label: 'photo', type: 'file' },
  {
    key: 'list',
    label: 'list',
    type: 'table',
    columns: [
      number('n'),
      { key: 'word', label: 'word', type: 'text' },
      { key: 'boss', label: 'boss', type: 'contact' },
    ],
  },
];

const compileRule = (check: string): ReturnType<typeof compileForm> =>
  compileForm(
    Form.parse({ fields: FIELDS, rules: [{ key: 'r', check, severity: 'block', message: '!' }] }),
    'form',
  );

/** holds, broken, undecided; a skipped rule looks like one that holds, so each skip is shown with its negation. */
function outcome(
  check: string,
  values: Record<string, unknown>,
  rows: unknown[] = [],
  last: Last = {},
): string {
  const { compiled, faults } = compileRule(check);
  expect(faults).toEqual([]);
  const judged = judgeReport(compiled, { values, rows: { list: rows } }, last);
  if (judged.warnings[0]) return `undecided: ${String(judged.warnings[0].params?.['reason'])}`;
  if (judged.faults.some(({ code }) => code === 'RULE_TOO_COSTLY')) return 'too costly';
  expect(judged.faults.filter(({ code }) => code !== 'RULE_BROKEN')).toEqual([]);
  return judged.faults.length > 0 ? 'broken' : 'holds';
}

function isSkipped(
  check: string,
  values: Record<string, unknown>,
  rows: unknown[] = [],
  last: Last = {},
): boolean {
  return (
    outcome(check, values, rows, last) === 'holds' && outcome(`!(${check})`, values, rows, last) === 'holds'
  );
}

const ROWS = [{ n: 1, word: '甲' }, { n: 2, word: '乙', boss: { name: '张', phone: '1' } }, { word: '丙' }];

describe('a rule', () => {
  it.each([
    'a == 3 && a == 3.0 && a == 3u && 3 == 3.0',
    'a <= b * 1.3 && -a < 0 && a - 1 == 2 && a % 2 == 1 && 7 / 2 == 3.5',
    '0.1 + 0.2 == 0.3 && !(0.1 + 0.2 > 0.3) && 0.1 + 0.2 <= 0.3 && 0.1 + 0.2 in [0.3]',
    'size(list) == a && list.size() + 1 == 4.0 && size(note) == 2 && size("😀") == 1',
    'int(3.7) == 3 && double(a) == 3',
    'list.all(r, r.word != "丁") && list.exists(r, r.n > 1) && list.filter(r, r.n != null).size() == 2',
    'list.exists_one(r, r.n == 2) && list.map(r, r.n).sum() == 3 && list.map(r, r.n != null, r.n * 2) == [2, 4]',
    'list[0].word == "甲" && list[1].boss.name == "张" && list[0].boss.name == null && has(list[0].n)',
    'list.all(r, list.exists(s, s.word == r.word)) && list.map(a, a.word) + ["x"] == ["甲", "乙", "丙", "x"]',
    'note.contains("好") && note.startsWith("你") && note.endsWith("好") && note + "!" == "你好!"',
    'open in ["早", "晚"] && open != "晚" && "早" == open && day >= "2023-09-16" && day < "2023-10-08"',
    'ok && !(!ok) && ok == true && (ok ? a > 0 : b / 0 > 0)',
    'who.name == "李" && who.phone == null && who != null && photo == null && size(photo) == 0',
    'last.a == 4 && last.b == null && last.open == "晚" && has(last.a) && !has(last.c)',
    'note.matches("^你.$") && note.matches("好") && !note.matches("^好") && note.matches("^(?:你|我)(好|坏)$")',
    'last.open.matches("^[早晚]{1,2}$") && !"12a".matches("^[0-9]*$") && "a-1".matches("^[a-z]+-(\\\\d\\\\d)?\\\\d$")',
    'c == null && !has(c) && (c == null || c > 3) && !(c != null && c > 3)',
  ])('%s', (check) => {
    const values = { a: 3, b: 4, ok: true, note: '你好', open: '早', day: '2023-09-20', who: { name: '李' } };
    const last = { a: 4, open: '晚' };
    expect(outcome(check, values, ROWS, last)).toBe('holds');
    expect(outcome(`!(${check})`, values, ROWS, last)).toBe('broken');
  });

  it.each([
    'c > 3',
    'c > 3 && a == 0',
    'a + c == 3',
    'c == a',
    'c != 5',
    'a <= last.b * 1.3',
    'c in [1]',
    '[c] == [1]',
    'a == 3 && who.name == "李"',
    '(c == null ? c : a) == 3',
    'list.all(r, r.n > 0)',
  ])('that reads something empty is skipped: %s', (check) => {
    expect(isSkipped(check, { a: 3 }, ROWS)).toBe(true);
  });

  it('does not read what the left side has decided', () => {
    expect(outcome('a > 5 && c > 3', { a: 3 })).toBe('broken');
    expect(outcome('(c == null || c > 3) && a > 5', { a: 3 })).toBe('broken');
  });

  it('takes an absent table for an empty list', () => {
    expect(outcome('size(list) == 0 && list == null && list.all(r, r.n > 5)', {})).toBe('holds');
  });

  it('takes null in the place of a table for an empty list too', () => {
    expect(outcome('has(true ? null : list)', {}, [{ n: 1 }])).toBe('broken');
    expect(outcome('(ok ? list : null) == null', { ok: false }, [{ n: 1 }])).toBe('holds');
    expect(outcome('(true ? null : list.map(r, r.n)) == list.map(r, r.n)', {}, [{ n: 1 }])).toBe('broken');
    expect(outcome('list.map(r, r.n) == (true ? null : list.map(r, r.n))', {}, [])).toBe('holds');
    expect(outcome('(true ? null : list).size() == 0', {}, [{ n: 1 }])).toBe('holds');
  });

  it('ignores a last value of another type', () => {
    expect(isSkipped('a == last.a', { a: 3 }, [], { a: '3' })).toBe(true);
    expect(isSkipped('a == last.a', { a: 3 }, [], { __proto__: { a: 3 } } as unknown as Last)).toBe(true);
  });

  it.each([
    ['a / b > 1', 'division by zero'],
    ['a % b > 1', 'division by zero'],
    ['list[7].n == 1', 'there is no such row'],
    ['list[0.5].n == 1', 'there is no such row'],
  ])('without an answer warns and stops no report: %s', (check, reason) => {
    expect(outcome(check, { a: 3, b: 0 }, ROWS)).toBe(`undecided: ${reason}`);
  });

  it('gives up on too much work, by counting it', () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => ({ n, word: 'x'.repeat(50) }));
    for (const check of [
      'list.all(r, list.all(s, list.all(t, r.n + s.n + t.n >= 0)))',
      'list.map(r, list + list + list).size() == 0',
      `list.all(r, ${'note + '.repeat(100)}note != "")`,
      'list.all(r, !note.contains(r.word))',
      'list.all(r, list.map(s, s.n) == list.map(s, s.n))',
      'list.all(r, !note.matches("y*y*y*y*z"))',
      `list.all(r, !note.matches("${'y?'.repeat(60)}z"))`,
    ]) {
      expect(outcome(check, { note: 'y'.repeat(10_000) }, rows)).toBe('too costly');
    }
  });

  it('passes over 10,000 rows a few times well within its means', () => {
    const rows = Array.from({ length: 10_000 }, (_, n) => ({ n, word: '甲' }));
    const check = 'list.filter(r, r.word == "甲").map(r, r.n).sum() == 49995000 && list.all(r, r.n >= 0)';
    expect(outcome(check, {}, rows)).toBe('holds');
  });

  it.each([
    ['x > 1', 'there is no field x'],
    ['last.x > 1', 'there is no field x'],
    ['last == null', 'last is read as last.<key>'],
    ['last.list == null', 'there is no last value of list: it is not a single value'],
    ['a + 1', 'a rule needs a bool, not a number'],
    ['a == "3"', '== between a number and a text'],
    ['note > 3', '> needs a text, not a number'],
    ['ok > 3', '> needs a number, not a bool'],
    ['list.all(r, r.x == 1)', 'there is no column x'],
    ['list.all(r, s.n == 1)', 'there is no field s'],
    ['list.all(r, r.n)', 'all needs a bool, not a number'],
    ['list == list', '== between rows; compare their cells'],
    ['a.all(r, true)', '.all() needs a list'],
    ['list.any(r, true)', 'there is no field r'],
    ['note.matches("(a)\\\\1b")', 'no references back in patterns'],
    ['note.matches("(?=a)b")', 'no (?…) but (?:…) in patterns'],
    ['note.matches("((a{99}){99}){99}")', 'the pattern is too large'],
    ['note.matches("(")', 'matches needs a regular expression'],
    ['note.matches(note)', 'matches needs a pattern in quotes'],
    ['timestamp(day) > timestamp("2023-09-16T00:00:00Z")', 'there is no timestamp() of 1'],
    ['cel.bind(x, list + list, size(x) > 0)', 'there is no field cel'],
    ['{"a": 1} == {"a": 1}', expect.stringContaining('maxMapEntries')],
    ['b"x" == b"x"', 'no b"…" in rules'],
    ['a in []', 'a list needs at least one value that is not null'],
    ['a >', expect.stringContaining('Unexpected token')],
    ['', expect.anything()],
    ['ok||'.repeat(240) + 'ok', expect.stringContaining('maxAstNodes')],
    ['!'.repeat(900) + 'ok', expect.stringContaining('maxAstNodes')],
    ['('.repeat(400) + 'ok' + ')'.repeat(400), expect.stringContaining('maxDepth')],
    ['constructor == 1', 'there is no field constructor'],
    ['a.constructor == 1', '.constructor of something that has no columns'],
    ['who.constructor == null', 'there is no column constructor'],
  ])('does not compile: %s', (check, reason) => {
    const form = Form.parse({ fields: FIELDS });
    const rule = { key: 'r', check, severity: 'block' as const, message: '!' };
    expect(compileForm({ ...form, rules: [rule] }, 'items[2].form').faults).toMatchObject([
      { path: 'items[2].form.rules[0].check', code: 'RULE_DOES_NOT_COMPILE', params: { reason } },
    ]);
  });

  it.each([
    ['a + b > note', ['a', 'b', 'note']],
    ['a > 1 && last.b > x', ['a', 'b']],
    ['x > a', undefined],
  ])('that does not compile names the fields it got to: %s', (check, fields) => {
    const form = Form.parse({ fields: FIELDS });
    const rule = { key: 'r', check, severity: 'block' as const, message: '!' };
    expect(compileForm({ ...form, rules: [rule] }, 'form').faults[0]?.fields).toEqual(fields);
  });

  it.each([
    ['block', 'a > b', 'rules.r', 'RULE_BROKEN'],
    ['explain', 'a > b', 'explanations.r', 'EXPLANATION_REQUIRED'],
    ['warn', 'a / c > b', 'rules.r', 'RULE_UNDECIDED'],
  ] as const)('of severity %s names itself and the fields it reads', (severity, check, path, code) => {
    const form = Form.parse({ fields: FIELDS });
    const rule = { key: 'r', check: `${check} || last.ok`, severity, message: '!' };
    const { compiled } = compileForm({ ...form, rules: [rule] }, 'form');
    const { faults, warnings } = judgeReport(compiled, { values: { a: 1, b: 2, c: 0 } }, { ok: false });
    const fields = severity === 'warn' ? ['a', 'b', 'c', 'ok'] : ['a', 'b', 'ok'];
    expect([...faults, ...warnings]).toMatchObject([{ path, code, fields }]);
  });

  it('in alertIf is held to the same', () => {
    const form = Form.parse({ fields: [{ ...number('a'), alertIf: 'x > 0' }] });
    expect(compileForm(form, 'form').faults).toEqual([
      {
        path: 'form.fields[0].alertIf',
        code: 'RULE_DOES_NOT_COMPILE',
        params: { reason: 'there is no field x' },
      },
    ]);
  });

  it('made of anything compiles or is refused, and then runs, without throwing', () => {
    const words = [
      'a',
      'c',
      'ok',
      'note',
      'list',
      'last.a',
      'r.n',
      'r',
      'null',
      '1',
      '0.5',
      '"x"',
      'true',
      'photo',
      'who.name',
    ];
    const glue = [
      '+',
      '-',
      '*',
      '/',
      '%',
      '==',
      '!=',
      '<',
      '>=',
      '&&',
      '||',
      'in',
      '?',
      ':',
      '.',
      ',',
      '[',
      ']',
      '(',
      ')',
      '!',
    ];
    const calls = [
      'size(',
      'has(',
      'list.filter(r, ',
      'list.map(r, ',
      'list.all(r, ',
      '.sum()',
      '.size()',
      'note.contains(',
    ];
    const token = fc.constantFrom(...words, ...glue, ...calls);
    const leaf = fc.constantFrom(...words);
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(tie('tree'), fc.constantFrom(...glue.slice(0, 12)), tie('tree'))
          .map((parts) => `(${parts.join(' ')})`),
        fc
          .tuple(fc.constantFrom(...calls.slice(0, 5), '(', '!(', '-('), tie('tree'))
          .map(([call, of]) => `${call}${of})`),
        tie('tree').map((of) => `[${of}, ${of}]`),
        fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
      ),
    }));
    const source = fc.oneof(
      tree,
      fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join(' ')),
      fc.string(),
    );
    let ran = 0;
    fc.assert(
      fc.property(source, (check) => {
        const form = Form.parse({ fields: FIELDS });
        const rule = { key: 'r', check, severity: 'block' as const, message: '!' };
        const { compiled, faults } = compileForm({ ...form, rules: [rule] }, 'form');
        if (faults.length === 0) ran += 1;
        for (const values of [{}, { a: 0, c: 2, ok: true, note: 'x', photo: ['p'], who: { name: '张' } }]) {
          judgeReport(compiled, { values, rows: { list: ROWS } }, { a: 1 });
        }
      }),
      { numRuns: 5_000 },
    );
    expect(ran).toBeGreaterThan(50);
  });

  it('matches patterns as JavaScript does', () => {
    const token = fc.constantFrom(
      ...'a b . | ( ) [ ] ^ $ * + ?'.split(' '),
      '\\d',
      '\\]',
      '(?:',
      '{2}',
      '{0,9}',
      '{3,}',
      'a*',
      '[^b]',
      '(a|b)',
      '.',
      '\\s',
      '[\\s\\d]',
      '[^\\S]',
      '\\u4e00',
      '\\u{20bb7}',
      '\\p{Script=Han}',
      '\\P{L}',
      '\\b',
    );
    const pattern = fc.array(token, { maxLength: 14 }).map((tokens) => tokens.join(''));
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', '1', '　', '\r', '\n', '一', '𠮷'),
      maxLength: 40,
    });
    let matched = 0;
    fc.assert(
      fc.property(pattern, text, (source, whole) => {
        try {
          const frame = { values: [], last: {}, locals: [], steps: 50_000 };
          expect(patternTest(source)(frame, whole)).toBe(new RegExp(source, 'u').test(whole));
          matched += 1;
        } catch (error) {
          if (!(error instanceof Uncompilable) && !(error instanceof Undecided)) throw error;
        }
      }),
      { numRuns: 5_000 },
    );
    expect(matched).toBeGreaterThan(200);
  });

  it('reads a choice inside an endless repeat in the time of one reading of the text', () => {
    const frame = { values: [], last: {}, locals: [], steps: 50_000 };
    expect(patternTest('^(?:a+|b)+$')(frame, `${'a'.repeat(10_000)}c`)).toBe(false);
    expect(patternTest('(a|a)*$')(frame, 'aaa')).toBe(true);
    expect(frame.steps).toBeGreaterThan(0);
  });
});
