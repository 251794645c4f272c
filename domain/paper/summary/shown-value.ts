// A value of a field as a document shows it: in words, bounded, and masked where the field is sensitive.
import type { Language } from '../../failure.ts';
import type { Column, Field } from '../../form/field.ts';
import { MASK, maskedValue } from '../../form/masking.ts';
import type { Json } from '../../form/value.ts';
import { say } from './summary-words.ts';

/** The names of files by their ids. */
export type FileNames = Readonly<Record<string, string>>;

type About = { language: Language; files: FileNames };

/** More files of one value than this are counted, not named. */
const MAX_NAMED = 20;

export function shownText(field: Column | Field, value: Json, about: About): string {
  if (value === null) return '';
  if ('sensitive' in field && field.sensitive) return maskedText(field, value);
  // Masked for this reader before it came here (domain/form/masking.ts).
  if (value === MASK) return MASK;
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? say(value ? 'yes' : 'no', about.language) : listText(value);
    case 'contact':
      return contactText(value);
    case 'file':
      return filesText(value, about);
    case 'percent':
      return typeof value === 'number' ? percentText(value, field.decimals) : listText(value);
    case 'integer':
    case 'number':
      return typeof value === 'number' ? numberText(value, field.decimals) : listText(value);
    case 'choice':
    case 'text':
    case 'date':
    case 'table':
      return listText(value);
  }
}

const listText = (value: Json): string => {
  if (typeof value === 'string') return value;
  return Array.isArray(value) ? value.map(listText).join('、') : JSON.stringify(value);
};

const nameAndPhone = (value: Json): { name: string; phone: string } => {
  const { name, phone } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, Json>;
  return { name: typeof name === 'string' ? name : '', phone: typeof phone === 'string' ? phone : '' };
};

function contactText(value: Json): string {
  const { name, phone } = nameAndPhone(value);
  return [name, phone].filter((part) => part !== '').join(' ');
}

/** Of a contact enough stays to tell two apart. */
function maskedText(field: Column | Field, value: Json): string {
  return field.type === 'contact' ? contactText(maskedValue(field, value)) : MASK;
}

function filesText(value: Json, { language, files }: About): string {
  const ids = Array.isArray(value) ? value.filter((id) => typeof id === 'string') : [];
  const names = ids
    .slice(0, MAX_NAMED)
    .map((id) => (id === MASK ? MASK : (files[id] ?? say('unknownFile', language))));
  return ids.length > MAX_NAMED
    ? `${say('files', language, { n: ids.length })}：${names.join('；')}…`
    : names.join('；');
}

/** Grouped by thousands, with so many decimals, or with those it has. */
export function numberText(value: number, decimals?: number): string {
  const [whole = '', rest] = roundedText(Math.abs(value), decimals).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  const text = `${grouped}${rest === undefined ? '' : `.${rest}`}`;
  // A value that rounds to 0 has no sign.
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text;
}

/** As numbers are written for programs: nothing between the digits. */
export const decimalText = (value: number, decimals?: number): string =>
  numberText(value, decimals).replaceAll(',', '');

/** A percentage with so many decimals, or with up to four: all six of its value. */
export const percentText = (value: number, decimals?: number): string => {
  const percentage = Math.round(value * 1e6) / 1e4;
  const text = roundedText(Math.abs(percentage), decimals);
  return `${percentage < 0 && /[1-9]/.test(text) ? '-' : ''}${text}%`;
};

/** Halves away from nought, as spreadsheets show them: by its decimal digits, not by its binary ones. */
function roundedText(value: number, decimals: number | undefined): string {
  const text = plain(value);
  if (decimals === undefined) return text;
  const [whole = '', rest = ''] = text.split('.');
  if (rest.length <= decimals) return decimals === 0 ? whole : `${whole}.${rest.padEnd(decimals, '0')}`;
  const digits = String(Math.round(Number(`${text}e${decimals}`))).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** Never in the form of 1e-7: a figure has six decimals at most. */
const plain = (value: number): string => {
  const text = String(value);
  return text.includes('e') ? value.toFixed(6).replace(/\.?0+$/, '') : text;
};
