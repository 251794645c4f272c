// Whether units are asked again: the same field in the same type, the latest first, and answers while they are fresh.
import { describe, expect, it } from '@jest/globals';
import {
  findEarlier,
  isFresh,
  type AnsweredElsewhere,
  type AskedField,
  type KnownField,
} from './asked-again.ts';

const DAY_MS = 86_400_000;
const NOW = 100 * DAY_MS;
const field = (key: string, more: Partial<AskedField> = {}): AskedField => ({
  item: 'i',
  key,
  type: 'integer',
  label: key,
  freshDays: 30,
  ...more,
});
const answer = (unit: string, directive: string, daysAgo: number): AnsweredElsewhere => ({
  unit,
  directive,
  item: 'x',
  assignment: `${directive}.x.TF.${unit}`,
  at: NOW - daysAgo * DAY_MS,
  version: 1,
});
const known = (directive: string, key: string, type = 'integer'): KnownField => ({
  directive,
  number: `L-${directive}`,
  office: 'O',
  item: 'x',
  key,
  type,
});

describe('what is asked again', () => {
  const units = [{ item: 'i', unit: 'U' }];
  const found = (fields: AskedField[], standings: AnsweredElsewhere[], all: KnownField[]): string[] =>
    findEarlier({ units, fields }, standings, all, (each, of) => isFresh(each, of, NOW)).map(
      (earlier) => `${earlier.field.key} ${earlier.known.number}`,
    );

  it('is the same field in the same type, by the latest that asks it', () => {
    const answers = [answer('U', 'a', 1), answer('U', 'b', 2), answer('V', 'c', 0)];
    const all = [known('a', 'm'), known('b', 'n'), known('b', 'm'), known('c', 'n'), known('a', 'n', 'text')];
    expect(found([field('n'), field('m'), field('k')], answers, all)).toEqual(['n L-b', 'm L-a']);
    expect(found([field('n', { item: 'j' })], answers, all)).toEqual([]);
  });

  it('is an answer for as long as the new question takes one, to the day', () => {
    const all = [known('a', 'n')];
    expect(found([field('n')], [answer('U', 'a', 30)], all)).toEqual(['n L-a']);
    expect(found([field('n')], [answer('U', 'a', 30.001)], all)).toEqual([]);
    expect(found([field('n', { freshDays: null })], [answer('U', 'a', 0)], all)).toEqual([]);
  });
});
