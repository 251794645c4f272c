// Promises of judging a large body: what is too deep to be handed on is refused in words.
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { judgeText } from './judged-body.ts';

const schema = z.strictObject({ values: z.record(z.string(), z.unknown()) });

describe('a large body', () => {
  it('is refused where it is nested deeper than any body is', () => {
    const deep = `{"values":{"n":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`;
    expect(judgeText(schema, deep)).toEqual({ is: 'unsafe', fault: { path: '', code: 'INVALID' } });
  });

  it('is taken where it is only wide', () => {
    const wide = { values: Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`f${n}`, [n]])) };
    expect(judgeText(schema, JSON.stringify(wide))).toEqual({ is: 'good', data: wide });
  });
});
