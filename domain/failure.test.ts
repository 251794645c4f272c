// Promises of refusals: one code, one status, words in both languages, and the contract's code on top.
import { describe, expect, it } from '@jest/globals';
import { FAILURES, isRefusal, refuse, refuseFaults, wordsOf, type FailureCode } from './failure.ts';

const CODES = Object.keys(FAILURES) as FailureCode[];

/** api.md §2: the codes of each status that the contract names. */
const CONTRACT: Record<number, string[]> = {
  400: ['MALFORMED'],
  401: ['UNAUTHENTICATED'],
  403: ['FORBIDDEN'],
  404: ['NOT_FOUND'],
  409: [
    'ALREADY_ACKNOWLEDGED',
    'ALREADY_SUBMITTED',
    'ALREADY_SETTLED',
    'NOT_SUBMITTED',
    'SUSPENDED',
    'EXTENSION_PENDING',
    'DIRECTIVE_CLOSED',
    'DUPLICATE',
  ],
  413: ['TOO_LARGE'],
  415: ['UNSUPPORTED_MEDIA_TYPE'],
  422: [
    'INVALID',
    'RULE_BROKEN',
    'EXPLANATION_REQUIRED',
    'DUE_AFTER_PARENT',
    'UNKNOWN_UNIT',
    'TOO_MANY',
    'TOO_DEEP',
    'CALENDAR_YEAR_UNKNOWN',
    'NOT_BELOW',
    'IDEMPOTENCY_KEY_REUSED',
  ],
  429: ['TOO_MANY_REQUESTS'],
  500: ['INTERNAL'],
  503: ['UNAVAILABLE'],
};

describe('the catalogue of failures', () => {
  it.each(Object.entries(CONTRACT))('has for status %s the codes of the contract', (status, codes) => {
    for (const code of codes)
      expect([code, FAILURES[code as FailureCode].status]).toEqual([code, Number(status)]);
  });

  it.each(CODES)('%s has words in both languages that ask for the same', (code) => {
    const { zh, en } = FAILURES[code];
    const asked = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();
    expect(asked(zh)).toEqual(asked(en));
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/^[A-Z][^\u4e00-\u9fff]*$/);
  });
});

describe('wordsOf', () => {
  it('fills in what is known, and leaves no bracket where nothing is', () => {
    expect(wordsOf({ code: 'UNKNOWN_UNIT', params: { value: 'XX' } }, 'zh')).toBe('没有此单位：XX');
    expect(wordsOf({ code: 'OUT_OF_RANGE', params: { min: 0 } }, 'en')).toBe('Out of range (at least 0)');
  });
  it('say of a due time that is past that it is past, whenever the directive was issued', () => {
    const params = { after: '2026-11-30T10:42:00Z' };
    expect(wordsOf({ code: 'DUE_IN_PAST', params }, 'zh')).toBe('时限已经过去（须晚于 2026-11-30 18:42）');
    expect(wordsOf({ code: 'DUE_IN_PAST', params }, 'en')).not.toContain('issued');
  });

  it('takes nothing from a value that looks like a place to fill', () => {
    expect(wordsOf({ code: 'DUPLICATE', params: { value: '{max} $& $1' } }, 'en')).toBe(
      'Already used: {max} $& $1',
    );
  });

  it('lets a rule’s own message win', () => {
    expect(wordsOf({ code: 'RULE_BROKEN', text: '上岗人数不得超过注册人数' }, 'en')).toBe(
      '上岗人数不得超过注册人数',
    );
  });
});

describe('a refusal', () => {
  it('of content goes by the first fault the contract names, else INVALID, and keeps every place', () => {
    const errors = [
      { path: 'a', code: 'REQUIRED' as const },
      { path: 'b', code: 'TOO_DEEP' as const, params: { max: 12 } },
      { path: 'c', code: 'UNKNOWN_UNIT' as const },
    ];
    expect(refuseFaults(errors)).toEqual({ code: 'TOO_DEEP', params: { max: 12 }, errors });
    expect(refuseFaults(errors.slice(0, 1))).toEqual({ code: 'INVALID', errors: errors.slice(0, 1) });
  });

  it('is told from events', () => {
    expect(isRefusal(refuse('NOT_FOUND'))).toBe(true);
    expect(isRefusal([])).toBe(false);
  });
});
