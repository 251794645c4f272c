// Everything the system says in Chinese, walked through: nothing in it is of another language but keys, codes and names of things.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { problemOf } from './errors.ts';
import { faultsOf } from '../domain/schema-faults.ts';
import { COMMANDS } from '../domain/assignment/command.ts';
import { notificationText } from '../domain/delivery/notification-text.ts';
import { warningWords, WARNINGS } from '../domain/directive/warning-words.ts';
import { DirectiveRequest } from '../domain/directive/directive.ts';
import { FAILURES, wordsOf, type FailureCode } from '../domain/failure.ts';
import { compileForm } from '../domain/form/form.ts';
import { Form } from '../domain/form/field.ts';
import { OrganisationFile } from '../domain/organisation/organisation.ts';
import { reasonWords } from '../domain/reason-words.ts';
import { Policy } from '../domain/policy/policy.ts';
import { EVERY_EVENT } from '../tests/support/every-event.ts';

/** Has this reason words of its own? */
const isForeseen = (reason: string): boolean => reasonWords(reason, 'zh') !== reasonWords('unforeseen', 'zh');

/** File kinds and units of measure, programs by name, headers, and words a caller writes as they stand. */
const KNOWN = new Set(
  `xlsx xlsm xls docx doc csv ods pdf PDF Word Excel WPS Edge Safari QQ Windows Linux MB KB ID A B CEL Idempotency-Key If-Match X-CSRF as last mean min max sum
   matches map in b true false HH MM npm run admin
   version decimals summary et xlsb LibreOffice T P PT D H M S`.split(/\s+/),
);

/** Latin words that are neither known nor a key given with the message. */
const strangersIn = (text: string, keys: readonly string[] = []): string[] =>
  (text.match(/[A-Za-z][A-Za-z-]*[A-Za-z]|[A-Za-z]/g) ?? []).filter(
    (word) => !KNOWN.has(word) && !keys.some((key) => key.includes(word)),
  );

const placesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);

describe('every refusal', () => {
  it.each(Object.keys(FAILURES) as FailureCode[])(
    '%s is in Chinese, with and without its particulars',
    (code) => {
      const params = Object.fromEntries(placesIn(FAILURES[code].zh).map((name) => [name, '样']));
      expect(strangersIn(wordsOf({ code }, 'zh'))).toEqual([]);
      const words = wordsOf({ code, params }, 'zh');
      expect(strangersIn(words)).toEqual([]);
      expect(words).not.toMatch(/[[\]{}∞]|undefined/);
    },
  );

  it.each(Object.keys(FAILURES) as FailureCode[])(
    '%s has a title of whole words in both languages',
    (code) => {
      for (const language of ['zh', 'en'] as const) {
        const params = Object.fromEntries(placesIn(FAILURES[code][language]).map((name) => [name, '1']));
        const { title } = problemOf({ code, params }, language, 'r');
        expect(title).not.toMatch(/[[\]{}∞]|undefined|^$|[\s（(：:,，;；]$/);
        // The code's own name (RFC 9457): values are filled in in the detail only.
        expect(problemOf({ code }, language, 'r').title).toBe(title);
      }
    },
  );

  it('says what can be done about a report that waits', () => {
    expect(wordsOf({ code: 'ALREADY_SUBMITTED' }, 'zh')).toContain('撤回');
  });

  it('says what can be done about a report that has been approved', () => {
    expect(wordsOf({ code: 'ALREADY_SETTLED', words: 'CORRECTION_NEEDS_NOTE' }, 'zh')).toContain('附言');
    expect(wordsOf({ code: 'ALREADY_SETTLED', words: 'CORRECTED_BY_UNIT' }, 'zh')).toContain(
      '该单位自己更正',
    );
  });

  it('names its limits', () => {
    const said = (code: FailureCode, params: Record<string, string | number>): string =>
      wordsOf({ code, params }, 'zh');
    expect(said('OUT_OF_RANGE', { min: 1, max: 9 })).toBe('超出范围（1 至 9）');
    expect(said('OUT_OF_RANGE', { min: 1 })).toBe('超出范围（不少于 1）');
    expect(said('OUT_OF_RANGE', { min: 0, max: 1e12 })).toBe('超出范围（不少于 0）');
    expect(said('OUT_OF_RANGE', { min: 8, of: 'characters' })).toBe('超出范围（不少于 8 个字）');
    expect(said('SUSPENDED', { until: '2026-11-24T09:30:00.000Z' })).toBe('任务已挂起，至 2026-11-24 17:30');
    expect(said('DUE_AFTER_PARENT', { parentDueAt: '2026-11-24T09:30:00.000Z' })).toBe(
      '时限晚于上级时限（2026-11-24 17:30）',
    );
    expect(said('TOO_LARGE', { max: 20 * 1_048_576 })).toBe('内容过大，最大 20 MB');
  });

  it('names types in words', () => {
    expect(wordsOf({ code: 'WRONG_TYPE', params: { expected: 'integer' } }, 'zh')).toBe('类型不符，应为整数');
    expect(wordsOf({ code: 'WRONG_TYPE', params: { expected: 'integer' } }, 'en')).toBe(
      'Wrong type; integer expected',
    );
  });
});

describe('every warning', () => {
  it.each(WARNINGS)('%s is in Chinese', (code) => {
    const params = { expectedType: 'integer', type: 'number', at: '2026-11-24T09:30:00.000Z' };
    expect(strangersIn(warningWords({ code, params }, 'zh'))).toEqual([]);
  });
});

describe('every fault of a shape', () => {
  const shapes: Record<string, z.ZodType> = {
    directive: DirectiveRequest,
    form: Form,
    organisation: OrganisationFile,
    policy: Policy,
    ...COMMANDS,
    limits: z.strictObject({
      few: z.array(z.int()).min(2).max(3),
      short: z.string().min(8).max(9),
      small: z.number().min(3).max(4),
      one: z.enum(['样']),
      either: z.union([z.string(), z.number()]),
      mail: z.email(),
      day: z.iso.date(),
      many: z.set(z.string()).max(1),
      each: z.record(z.string(), z.number()),
      step: z.number().multipleOf(5),
    }),
  };
  const odd: unknown[] = [null, 1, 1.5, -1, 1e15, '', 'zz', '字'.repeat(5_000), true, [], [1], {}, { zz: 1 }];

  /** One key at a time holds something odd, at the top and one below. */
  const variants = (schema: z.ZodType): unknown[] => {
    const keys = schema instanceof z.ZodObject ? Object.keys(schema.shape) : ['verb', 'items', 'fields'];
    return [
      ...odd,
      ...keys.flatMap((key) =>
        odd.flatMap((each) => [{ [key]: each }, { [key]: [each] }, { [key]: [{ [key]: each }] }]),
      ),
    ];
  };

  it.each(Object.entries(shapes))('of a %s is in Chinese', (_, schema) => {
    const strange = new Set<string>();
    let seen = 0;
    for (const value of variants(schema)) {
      const parsed = schema.safeParse(value);
      if (parsed.success) continue;
      for (const fault of faultsOf(parsed.error, value)) {
        seen += 1;
        const options = String(fault.params?.['options'] ?? '').split(/[^A-Za-z0-9_-]+/);
        const words = wordsOf(fault, 'zh');
        if (strangersIn(words, options).length > 0 || /∞|undefined|NaN/.test(words)) strange.add(words);
      }
    }
    expect([...strange]).toEqual([]);
    expect(seen).toBeGreaterThan(0);
  });
});

describe('every reason of a rule that does not compile', () => {
  const FIELDS = Form.parse({
    fields: [
      { key: 'n', label: '数', type: 'integer', aggregate: 'none' },
      { key: 't', label: '文', type: 'text', aggregate: 'none' },
      { key: 'b', label: '是否', type: 'boolean', aggregate: 'none' },
      {
        key: 'r',
        label: '表',
        type: 'table',
        aggregate: 'none',
        columns: [{ key: 'c', label: '列', type: 'integer' }],
      },
    ],
    rules: [],
  }).fields;
  const broken = [
    'n >',
    '> 3',
    'n ? 1',
    '(n > 1',
    'n @ 1',
    'zz > 1',
    'n > "a"',
    'n + b > 1',
    't.zz() == t',
    'n.c > 1',
    'r.zz > 1',
    'r == r',
    'r[0].zz > 1',
    'n in n',
    'foo(n)',
    'size(n, n) > 1',
    't.matches(t)',
    't.matches("(")',
    't.matches("(?=a)")',
    't.matches("(a)\\\\1")',
    'last > 1',
    'last.zz > 1',
    'last.r.size() > 1',
    '{"a": 1}',
    '[] == []',
    '[null] == null',
    'r.map(x, null).size() > 0',
    'r.sum() > 1',
    'n.sum() > 1',
    'n.filter(x, x > 1).size() > 0',
    "'a",
    '"a',
    't == "\\q"',
    '0x',
    '1e',
    'b"a" == b"a"',
    'n',
    'for > 1',
    'n[0] > 1',
    'n && b',
    '!n',
    '-t > 1',
    'b ? 1 : "a"',
    `${'('.repeat(60)}n${')'.repeat(60)} > 1`,
    Array.from({ length: 500 }, () => 'n').join(' + '),
    "t == '\n'",
    'n.?c > 1',
    't == "\\u12"',
    't == "\\xg"',
    '1.2.3 > n',
    'n ?? 1',
    '',
    ' ',
    '#',
    'a.b.c',
    'r[0] == r[1]',
    'r[0] in r',
    '"""a',
  ];

  it.each(broken)('%s', (check) => {
    const form = Form.safeParse({
      fields: FIELDS,
      rules: [{ key: 'k', check, severity: 'block', message: '样' }],
    });
    if (!form.success) return;
    const { faults } = compileForm(form.data, 'form');
    for (const fault of faults) {
      const keys = ['n', 't', 'b', 'r', 'c', 'x', ...check.split(/[^A-Za-z_]+/)];
      expect(strangersIn(wordsOf(fault, 'zh'), keys)).toEqual([]);
      expect([fault.params?.['reason'], isForeseen(String(fault.params?.['reason'] ?? ''))]).toEqual([
        fault.params?.['reason'],
        true,
      ]);
    }
  });

  it('that the source can give is foreseen', () => {
    const folder = path.join(import.meta.dirname, '../domain/form');
    const files = [
      ...readdirSync(path.join(folder, 'rule')).map((file) => `rule/${file}`),
      'rule.ts',
      'form.ts',
    ];
    const given = files
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const source = readFileSync(path.join(folder, file), 'utf8');
        return [...source.matchAll(/new (?:Uncompilable|Undecided)\(([^;]*?)\);/gs)];
      })
      .flatMap(([, argument = '']) =>
        [...argument.matchAll(/(['`])((?:(?!\1).)+)\1/g)].map(([, , text = '']) => text),
      )
      .filter((text) => /[a-z]{2,} /.test(text))
      .map((text) => text.replaceAll(/\$\{[^}]*\{…\}[^}]*\}/g, 'x').replaceAll(/\$\{[^}]*\}/g, 'number'));
    expect(given.length).toBeGreaterThan(15);
    expect(given.filter((text) => !isForeseen(text))).toEqual([]);
  });

  it('that nobody has foreseen is said to be that', () => {
    expect(reasonWords('Some new text of a library', 'zh')).toBe('写法有误，请对照说明检查');
    expect(reasonWords('Some new text of a library', 'en')).toBe('Some new text of a library');
  });
});

describe('every notice', () => {
  it('is in Chinese, by whatever clock', () => {
    const strange = new Set<string>();
    const types = [
      ...new Set(EVERY_EVENT.map(({ type }) => type as string)),
      'handedUp',
      'handUpRestated',
      'deliveryFailed',
      'tokenMade',
      'postTaken',
      'postEnded',
      'liaisonChanged',
    ];
    for (const type of types)
      for (const clock of ['acknowledge', 'due', 'review', 'decide', 'sign'])
        for (const more of [
          {},
          { manual: true },
          { onBehalf: true },
          { waiting: true },
          { slip: 'red', broughtIn: ['unit.liaisonB'] },
        ]) {
          const data = {
            clock,
            before: 'P1DT2H30M',
            dueAt: '2026-11-24T09:30:00.000Z',
            until: '2026-11-24T09:30:00.000Z',
            coverage: { reported: 1, expected: 2 },
            others: 3,
            ...more,
          };
          const text = notificationText({ type, title: '样', holder: '样', data }, 'zh');
          if (strangersIn(text).length > 0) strange.add(text);
        }
    expect([...strange]).toEqual([]);
  });
});

describe('every table of words in the sources', () => {
  const root = path.join(import.meta.dirname, '..');
  const sources = ['domain', 'api', 'activities', 'command', 'reading', 'ooxml']
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => path.join(root, folder, file)),
    );

  it('has nothing of another language in its Chinese', () => {
    const said = sources.flatMap((file) => [
      ...readFileSync(file, 'utf8').matchAll(/\bzh: (['`])((?:(?!\1).)*)\1/g),
    ]);
    const texts = said.map(([, , text = '']) =>
      text.replaceAll(/\$?\{[^}]*\}/g, '').replaceAll(/\\u\w{4}/g, ''),
    );
    expect(texts.length).toBeGreaterThan(200);
    expect(texts.filter((text) => strangersIn(text).length > 0)).toEqual([]);
  });
});
