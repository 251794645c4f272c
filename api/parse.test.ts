// Promises of parsing: zod's findings, said in the contract's codes at the writer's own places.
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { faultOfValue } from '../domain/unsafe-value.ts';
import { Refused } from './errors.ts';
import { judgedLater, parseEnvelope } from './parse.ts';
import { faultsOf, pathText } from '../domain/schema-faults.ts';

const Due = z.union([
  z.iso.datetime({ offset: true }),
  z.strictObject({ workdays: z.int().min(1), at: z.string() }),
]);
const Schema = z.strictObject({
  name: z.string().min(1).max(5),
  kind: z.enum(['a', 'b']),
  due: Due.optional(),
  tag: z
    .string()
    .superRefine((tag, context) => {
      const fault = { code: 'REPEATED', params: { value: tag } };
      context.addIssue({ code: 'custom', params: tag === 'x' ? {} : { fault } });
    })
    .optional(),
  items: z
    .array(z.strictObject({ n: z.number().max(9) }))
    .max(2)
    .default([]),
});

const faults = (value: unknown): string[] => {
  const parsed = Schema.safeParse(value);
  return parsed.success ? [] : faultsOf(parsed.error, value).map(({ path, code }) => `${path} ${code}`);
};

const refusalOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    if (error instanceof Refused) return error.refusal.code;
    throw error;
  }
};

describe('faultsOf', () => {
  it.each<[string, unknown, string[]]>([
    ['what is missing', {}, ['name REQUIRED', 'kind REQUIRED']],
    ['what is empty', { name: '', kind: 'a' }, ['name REQUIRED']],
    ['a wrong type', { name: 5, kind: 'a' }, ['name WRONG_TYPE']],
    ['null where there must be something', { name: null, kind: 'a' }, ['name WRONG_TYPE']],
    ['an unknown field', { name: 'x', kind: 'a', x: 1, y: 2 }, ['x UNKNOWN_FIELD', 'y UNKNOWN_FIELD']],
    ['what is too long', { name: 'xxxxxx', kind: 'a' }, ['name TOO_LONG']],
    ['what is no option', { name: 'x', kind: 'c' }, ['kind NOT_AN_OPTION']],
    ['too many', { name: 'x', kind: 'a', items: [{ n: 1 }, { n: 1 }, { n: 1 }] }, ['items TOO_MANY']],
    [
      'a place deep inside',
      { name: 'x', kind: 'a', items: [{ n: 1 }, { n: 10 }] },
      ['items[1].n OUT_OF_RANGE'],
    ],
    [
      'the branch that was meant',
      { name: 'x', kind: 'a', due: { workdays: 0, at: 'x' } },
      ['due.workdays OUT_OF_RANGE'],
    ],
    ['what the schema itself has a code for', { name: 'x', kind: 'a', tag: 'y' }, ['tag REPEATED']],
    ['what it has none for', { name: 'x', kind: 'a', tag: 'x' }, ['tag INVALID']],
    ['the only branch for a text', { name: 'x', kind: 'a', due: 'tomorrow' }, ['due NOT_AN_INSTANT']],
    ['no branch at all', { name: 'x', kind: 'a', due: true }, ['due INVALID']],
  ])('names %s', (_, value, expected) => {
    expect(faults(value)).toEqual(expected);
  });

  it('writes paths as the contract does', () => {
    expect(pathText(['items', 0, 'dispatch', 1, 'unit'])).toBe('items[0].dispatch[1].unit');
    expect(pathText([])).toBe('');
  });
});

describe('parse', () => {
  it('calls an envelope malformed and content invalid', () => {
    expect(refusalOf(() => parseEnvelope(Schema, {}))).toBe('MALFORMED');
    expect(refusalOf(() => judgedLater(Schema, {}, 'content')())).toBe('INVALID');
    expect(
      refusalOf(() => judgedLater(Schema, { name: 'x', kind: 'a', items: [1, 2, 3] }, 'content')()),
    ).toBe('TOO_MANY');
  });

  it('tells the shape of a document from what it says', () => {
    expect(refusalOf(() => judgedLater(Schema, { name: 5, kind: 'c' }, 'document')())).toBe('MALFORMED');
    expect(refusalOf(() => judgedLater(Schema, { name: 'x', kind: 'c' }, 'document')())).toBe('INVALID');
  });

  it('refuses what is too deep to be followed', () => {
    type Node = { in?: Node | undefined };
    const Node: z.ZodType<Node> = z.strictObject({ in: z.lazy(() => Node).optional() });
    const deep = JSON.parse(`${'{"in":'.repeat(100_000)}{}${'}'.repeat(100_000)}`) as unknown;
    expect(refusalOf(() => judgedLater(Node, deep, 'content')())).toBe('INVALID');
  });
});

describe('faultOfValue', () => {
  it.each<[unknown, string | null]>([
    [{ a: ['x', { b: 'y\0' }] }, 'a[1].b'],
    [{ a: '\ud800' }, 'a'],
    [{ a: { 'k\0': 1 } }, 'a'],
    [{ a: ['😀', 1, null, true] }, null],
  ])('finds what no database can keep in %j', (value, path) => {
    expect(faultOfValue(value)?.path ?? null).toBe(path);
  });
});
