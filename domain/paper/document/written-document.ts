// A composed document on paper: headings, words with their writers, and the missing parts, in Chinese or English.
import type { Language } from '../../failure.ts';
import { filled } from '../../filled.ts';
import type { Composed } from './composed.ts';
import type { HandUpDocument } from '../../directive/hand-up-document.ts';

export type WrittenPart = {
  /** Its lines; empty where there is no text. */
  lines: string[];
  file: { id: string; name: string } | null;
  attribution: string;
};
export type WrittenSection = {
  title: string;
  level: number;
  parts: WrittenPart[];
  /** The units that still owe it; null where all of it is there. */
  missing: string | null;
};

type Words = Readonly<Record<Language, string>>;
const WORDS = {
  by: { zh: '（供稿：{by}）', en: '(By {by})' },
  edited: { zh: '（供稿：{by}；统稿：{editor}）', en: '(By {by}; edited by {editor})' },
  some: { zh: '（本节尚缺：{owing}）', en: '(Still missing from {owing})' },
  all: { zh: '（本节暂缺，待报单位：{owing}）', en: '(Nothing yet; expected from {owing})' },
  none: { zh: '（本节暂缺）', en: '(Nothing yet)' },
  more: { zh: '{names}等 {count} 家', en: '{names} and others, {count} in all' },
  count: { zh: '{count} 家', en: '{count} units' },
  unreadable: {
    zh: '（来稿《{name}》无法读取，见附件）',
    en: '(“{name}” cannot be read; see the file itself)',
  },
  picture: {
    zh: '（此处图片无法并入，见来稿）',
    en: '(A picture could not be taken in here; see the original)',
  },
  formula: {
    zh: '（此处公式无法并入，见来稿）',
    en: '(A formula could not be taken in here; see the original)',
  },
} as const satisfies Record<string, Words>;

/** Units a line names; the rest is counted. */
const MAX_NAMES = 30;

export const writtenDocument = ({ sections }: Composed, language: Language): WrittenSection[] =>
  sections.map(({ title, level, parts, missing, moreMissing }) => {
    const count = missing.length + moreMissing;
    const owing = listed(unitsOf(missing), count, language);
    return written({ title, level, parts, count, owing }, language);
  });

/** Of one handed up: how many are missing. */
export const writtenHandUp = ({ sections }: HandUpDocument, language: Language): WrittenSection[] =>
  sections.map(({ title, level, parts, missing: count }) =>
    written({ title, level, parts, count, owing: counted(count, language) }, language),
  );

export const unreadableText = (name: string, language: Language): string =>
  WORDS.unreadable[language].replace('{name}', () => name);
export const lostFormulaText = (language: Language): string => WORDS.formula[language];
export const lostPictureText = (language: Language): string => WORDS.picture[language];

type Part = HandUpDocument['sections'][number]['parts'][number];
type Section = { title: string; level: number; parts: readonly Part[]; count: number; owing: string };

const written = ({ title, level, parts, count, owing }: Section, language: Language): WrittenSection => ({
  title,
  level,
  parts: parts.map((part) => writtenPart(part, language)),
  missing: missingOf({ isEmpty: parts.length === 0, count, owing }, language),
});

function writtenPart(part: Part, language: Language): WrittenPart {
  const lines = (part.text ?? '').split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
  return { lines, file: part.file ?? null, attribution: attributionOf(part, language) };
}

function attributionOf({ unitName, replaces = [] }: Part, language: Language): string {
  if (replaces.length === 0) return said(WORDS.by, language, { by: unitName });
  const by = listed(unitsOf(replaces), replaces.length, language);
  return said(WORDS.edited, language, { by, editor: unitName });
}

function missingOf(
  { isEmpty, count, owing }: { isEmpty: boolean; count: number; owing: string },
  language: Language,
): string | null {
  if (count === 0) return isEmpty ? WORDS.none[language] : null;
  return said(isEmpty ? WORDS.all : WORDS.some, language, { owing });
}

const unitsOf = (places: readonly { unitName: string }[]): string[] => places.map(({ unitName }) => unitName);

const counted = (count: number, language: Language): string =>
  said(WORDS.count, language, { count: String(count) });

function listed(names: readonly string[], count: number, language: Language): string {
  // A unit with several assignments is one.
  const shown = [...new Set(names)];
  const first = shown.slice(0, MAX_NAMES).join(language === 'zh' ? '、' : ', ');
  const all = Math.max(shown.length, count - (names.length - shown.length));
  return all > MAX_NAMES ? said(WORDS.more, language, { names: first, count: String(all) }) : first;
}

const said = (words: Words, language: Language, params: Readonly<Record<string, string>>): string =>
  filled(words[language], params);
