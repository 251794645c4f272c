// The values that fill a refusal's words, in the reader's language: types, limits, instants and reasons, never a program's own terms.
import { whenText } from './instant.ts';
import { reasonWords } from './reason-words.ts';

type Language = 'zh' | 'en';
type Params = Readonly<Record<string, string | number>>;

/** Types of fields and of JSON in words; in English they are words already. */
const TYPES: Readonly<Record<string, string>> = {
  integer: '整数',
  int: '整数',
  number: '数值',
  percent: '百分比',
  boolean: '是或否',
  choice: '选项',
  text: '文字',
  string: '文字',
  date: '日期',
  contact: '联系人（姓名和电话）',
  table: '表格',
  rows: '表格的各行',
  row: '表格的一行',
  file: '附件',
  array: '列表',
  tuple: '列表',
  object: '对象',
  record: '对象',
  map: '对象',
  set: '列表',
  null: '空值',
  nan: '数字',
  bigint: '整数',
};
/** The properties of a field that may differ from another's. */
const PROPERTIES: Readonly<Record<string, string>> = {
  type: '类型',
  unit: '单位',
  aggregate: '汇总方式',
  timeAxis: '流量数或时点数',
  options: '选项',
  columns: '各列',
};

export const typeWord = (type: string, language: Language): string =>
  language === 'zh' ? (TYPES[type.toLowerCase()] ?? '规定的类型') : type;

const MB = 1_048_576;
/** Bytes as people speak of them. */
const sizeText = (bytes: number): string =>
  bytes >= MB ? `${Math.round((bytes / MB) * 10) / 10} MB` : `${Math.max(1, Math.round(bytes / 1024))} KB`;

function spoken(code: string, name: string, value: string | number, language: Language): string | number {
  if (name === 'expected') return typeWord(String(value), language);
  if (name === 'reason') return reasonWords(String(value), language);
  if (name === 'value' && code === 'FIELD_DIFFERS' && language === 'zh') return PROPERTIES[value] ?? '定义';
  if (name === 'max' && code === 'TOO_LARGE' && typeof value === 'number') return sizeText(value);
  // A value that is no instant stays as it is.
  return whenText(value) ?? value;
}

/** An open end, or one wider than any number taken here, is not named as a limit. */
const UNBOUNDED = 1e12;
const isLimit = (value: string | number | undefined): value is string | number =>
  value !== undefined && !(typeof value === 'number' && Math.abs(value) >= UNBOUNDED);

/** `1 至 12`, `不小于 1`, `不大于 12`; with the thing counted (characters, entries) where the limit is not one of the value itself. */
function rangeText({ min, max, of }: Params, language: Language): string {
  const counted: Readonly<Record<string, Record<Language, string>>> = {
    characters: { zh: ' 个字', en: ' characters' },
    entries: { zh: ' 项', en: ' entries' },
  };
  const what = counted[of ?? '']?.[language] ?? '';
  if (isLimit(min) && isLimit(max))
    return { zh: `${min} 至 ${max}${what}`, en: `${min} to ${max}${what}` }[language];
  if (isLimit(min)) return { zh: `不少于 ${min}${what}`, en: `at least ${min}${what}` }[language];
  if (isLimit(max)) return { zh: `不超过 ${max}${what}`, en: `at most ${max}${what}` }[language];
  // The form sets no limit: the largest number taken at all is the limit.
  return { zh: '绝对值不超过一万亿', en: 'at most 10¹² either way' }[language];
}

/** `{range}` comes from the limits among the params; `[…{name}…]` is kept only where the name is known. */
export function spokenFailure(
  code: string,
  text: string,
  params: Params,
  language: Language,
): { text: string; params: Record<string, string | number> } {
  const said: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(params)) said[name] = spoken(code, name, value, language);
  if (text.includes('{range}')) said['range'] = rangeText({ ...params, ...said }, language);
  const whole = text.replaceAll(/\[([^[\]]*\{(\w+)\}[^[\]]*)\]/g, (_, part: string, name: string) =>
    said[name] === undefined ? '' : part,
  );
  return { text: whole, params: said };
}
