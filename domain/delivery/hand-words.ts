// The words of changed hands, line by line: the work that came with a post, the post that ended, the new names.
import type { Language } from '../failure.ts';
import type { HandNotice } from './hands.ts';

const ROLES: Readonly<Record<string, Record<Language, string>>> = {
  director: { zh: '主任', en: 'director' },
  deputy: { zh: '副职', en: 'deputy' },
  staff: { zh: '工作人员', en: 'staff' },
  leader: { zh: '负责人', en: 'leader' },
  liaisonA: { zh: '联络员 A 岗', en: 'liaison A' },
  liaisonB: { zh: '联络员 B 岗', en: 'liaison B' },
};

/** Said in full; the rest is counted. */
const MAX_SAID = 5;

const roleOf = (role: string, language: Language): string => ROLES[role]?.[language] ?? role;
const listed = (names: readonly string[], language: Language): string =>
  names.join(language === 'zh' ? '、' : ', ');

const TYPES: ReadonlySet<string> = new Set<HandNotice['type']>(['postTaken', 'postEnded', 'liaisonChanged']);

/** `data` is as it was written, from any version of this program; of any other notice it says nothing. */
export function handDetails(
  { type, data }: { type: string; data: Readonly<Record<string, unknown>> },
  language: Language,
): string[] {
  if (!TYPES.has(type)) return [];
  const { taken, ended, changes, late, more } = data as HandNotice['data'];
  const seat = ({ name, role }: { name: string; role: string }): string =>
    language === 'zh' ? `${name}${roleOf(role, language)}` : `${name}, ${roleOf(role, language)}`;
  const said: string[] = [];
  const sayAll = <T>(all: readonly T[] | undefined, lineOf: (each: T) => string, beyond = 0): void => {
    if (!Array.isArray(all)) return;
    said.push(...all.slice(0, MAX_SAID).map(lineOf));
    const rest = all.length - Math.min(all.length, MAX_SAID) + beyond;
    if (rest > 0) said.push({ zh: `另有 ${rest} 处`, en: `and ${rest} more` }[language]);
  };
  sayAll(taken, (each) => {
    const { open, overdue } = each;
    const lateWords = { zh: `，其中逾期 ${overdue} 件`, en: `, ${overdue} of them late` }[language];
    const work = { zh: `在办 ${open} 件`, en: `${open} open` }[language] + (overdue > 0 ? lateWords : '');
    return language === 'zh' ? `${seat(each)}（${work}）` : `${seat(each)} (${work})`;
  });
  if (Array.isArray(late) && late.length > 0) {
    const titles = [...new Set(late.map(({ title }) => title))].slice(0, MAX_SAID);
    const quoted = titles.map((title) => (language === 'zh' ? `《${title}》` : `“${title}”`));
    said.push({ zh: `逾期：${quoted.join('')}`, en: `late: ${quoted.join(', ')}` }[language]);
  }
  sayAll(ended, (each) => (language === 'zh' ? `不再担任${seat(each)}` : `no longer ${seat(each)}`));
  sayAll(
    changes,
    (each) => `${seat(each)}${language === 'zh' ? '：' : ': '}${passed(each, language)}`,
    typeof more === 'number' ? more : 0,
  );
  return said;
}

function passed({ from, to }: { from: string[]; to: string[] }, language: Language): string {
  const [was, is] = [listed(from, language), listed(to, language)];
  if (was === '') return { zh: `${is}到岗`, en: `${is} has come` }[language];
  if (is === '') return { zh: `${was}离岗`, en: `${was} has left` }[language];
  return { zh: `由${was}变更为${is}`, en: `${is} instead of ${was}` }[language];
}
