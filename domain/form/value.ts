// The values one field or table cell accepts, and the form in which each is kept.
import { isPreciseEnough, MAX_ABSOLUTE } from '../exact.ts';
import { comparable } from '../comparable.ts';
import type { FailureCode, Params } from '../failure.ts';
import type { Column, Field } from './field.ts';
import { DEFAULT_FILES, DEFAULT_TEXT_LENGTH } from './field-kind.ts';

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Row = Record<string, Json>;

/** The cell of a row under a column; null where it has none. */
export const cellIn = (row: Readonly<Row>, key: string): Json =>
  Object.hasOwn(row, key) ? (row[key] ?? null) : null;

/** Why a value is not accepted. A class, so that it is never taken for a value. */
export class Wrong {
  readonly code: FailureCode;
  readonly params: Params | undefined;
  constructor(code: FailureCode, params?: Params) {
    this.code = code;
    this.params = params;
  }
}

/** Gives the value to keep, null for an empty one, or the fault. Built once a form, run for each report. */
export type Check = (value: unknown) => Json | Wrong;

/** Letters in a name or telephone number of a contact. */
export const CONTACT_LENGTH = 100;
/** Longest id of an attachment. */
const FILE_ID_LENGTH = 100;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** The check of a field or column; empty (absent, null, blank text) passes here and is `required`'s business. */
export function checkOf(field: Column | Field): Check {
  switch (field.type) {
    case 'integer':
    case 'number':
    case 'percent':
      return checkNumber(field);
    case 'boolean':
      return (value) =>
        isEmpty(value) || typeof value === 'boolean' ? (value ?? null) : wrongType('boolean');
    case 'choice':
      return checkChoice(field.options ?? []);
    case 'text':
      return checkText(field.maxLength ?? DEFAULT_TEXT_LENGTH);
    case 'date':
      return checkDate;
    case 'contact':
      return checkContact;
    case 'file':
      return checkFiles(field.maxFiles ?? DEFAULT_FILES);
    case 'table':
      return (value) => (isEmpty(value) ? null : wrongType('rows'));
  }
}

const isEmpty = (value: unknown): value is null | undefined => value === null || value === undefined;

const wrongType = (expected: string): Wrong => new Wrong('WRONG_TYPE', { expected });

function checkNumber(field: Column | Field): Check {
  const { type } = field;
  const min = field.min ?? (type === 'percent' ? 0 : -MAX_ABSOLUTE);
  const max = field.max ?? (type === 'percent' ? 1 : MAX_ABSOLUTE);
  const expected = wrongType(type);
  const outOfRange = new Wrong('OUT_OF_RANGE', { min, max });
  const tooPrecise = new Wrong('TOO_PRECISE');
  return (value) => {
    if (isEmpty(value)) return null;
    if (typeof value !== 'number' || Number.isNaN(value)) return expected;
    if (value < min || value > max) return outOfRange;
    if (type === 'integer') return Number.isInteger(value) ? value + 0 : expected; // + 0: −0 is 0
    return isPreciseEnough(value) ? value + 0 : tooPrecise;
  };
}

/** The option as the form writes it is kept; an older form may hold two that differ in width only, so the exact one goes first. */
function checkChoice(options: readonly string[]): Check {
  const exact = new Set(options);
  const known = new Map(options.toReversed().map((option) => [comparable(option), option]));
  const wrong = new Wrong('NOT_AN_OPTION', { options: options.join(' / ') });
  return (value) => {
    if (isEmpty(value) || value === '') return null;
    if (typeof value !== 'string') return wrongType('choice');
    return exact.has(value) ? value : (known.get(comparable(value)) ?? wrong);
  };
}

/** Characters as people count them: a pair of surrogates is one. */
export function charactersIn(text: string): number {
  let characters = 0;
  for (let at = 0; at < text.length; at += 1) if ((text.charCodeAt(at) & 0xfc00) !== 0xdc00) characters += 1;
  return characters;
}

const isLonger = (text: string, max: number): boolean => text.length > max && charactersIn(text) > max;

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

function checkText(max: number, expected = 'text'): Check {
  return (value) => {
    if (isEmpty(value)) return null;
    if (typeof value !== 'string') return wrongType(expected);
    if (isLonger(value, max)) return new Wrong('TOO_LONG', { max });
    if (!isStorable(value)) return new Wrong('INVALID');
    return value.trim() === '' ? null : value;
  };
}

const checkDate: Check = (value) => {
  if (isEmpty(value) || value === '') return null;
  const parts = typeof value === 'string' ? DATE.exec(value) : null;
  if (!parts) return wrongType('date');
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month) ? parts[0] : wrongType('date');
};

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const checkPart = checkText(CONTACT_LENGTH, 'contact');

const checkContact: Check = (value) => {
  if (isEmpty(value)) return null;
  if (typeof value !== 'object' || Array.isArray(value)) return wrongType('contact');
  const { name, phone, ...rest } = value as { name?: unknown; phone?: unknown };
  if (Object.keys(rest).length > 0) return wrongType('contact');
  const [kept, number] = [checkPart(name), checkPart(phone)];
  if (kept instanceof Wrong) return kept;
  if (number instanceof Wrong) return number;
  if (kept === null && number === null) return null;
  return { ...(kept === null ? {} : { name: kept }), ...(number === null ? {} : { phone: number }) };
};

function checkFiles(max: number): Check {
  return (value) => {
    if (isEmpty(value)) return null;
    if (!Array.isArray(value)) return wrongType('file');
    if (value.length > max) return new Wrong('TOO_MANY', { max });
    const ids: string[] = [];
    for (const id of value as unknown[]) {
      if (typeof id !== 'string' || id === '' || id.length > FILE_ID_LENGTH || !isStorable(id))
        return wrongType('file');
      if (ids.includes(id)) return new Wrong('REPEATED', { value: id });
      ids.push(id);
    }
    return ids.length === 0 ? null : ids;
  };
}
