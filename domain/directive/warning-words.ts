// The warnings of a preview in words: budgets, due times, and figures that are known already or another unit's.
import { whenText } from '../instant.ts';
import type { Language } from '../failure.ts';
import { typeWord } from '../failure-words.ts';
import type { PlanWarning } from './planned.ts';

/** `{name}` is filled from the warning's params. */
const WORDS: Readonly<Record<PlanWarning['code'], Record<Language, string>>> = {
  MARGINS_SHRUNK: {
    zh: '时间紧，各级预留时间按 {percent}% 压缩',
    en: 'Time is short: margins are {percent} % of the policy’s',
  },
  MARGINS_DROPPED: {
    zh: '时间太紧，各级同时到期，不再预留',
    en: 'Time is so short that all levels are due together',
  },
  MARGIN_USED: { zh: '指定的时限少于应预留的时间', en: 'The due time given leaves less than the margin' },
  DUE_IN_PAST: {
    zh: '时限 {dueAt} 已过，发出前须修改',
    en: 'The due time {dueAt} has passed; change it before this goes out',
  },
  DUE_OUTSIDE_HOURS: {
    zh: '时限 {dueAt} 不在工作时间内',
    en: 'The due time {dueAt} lies outside working time',
  },
  NOBODY_SITS: {
    zh: '{unitName}没有人在岗，交办后无人签收',
    en: 'No post at {unitName} is held: it will not be received there',
  },
  NOT_A_MEMBER: {
    zh: '{unitName}不是{taskForceName}的成员单位，也不在其成员单位之下',
    en: '{unitName} is no member of {taskForceName}, nor below one',
  },
  TASK_FORCE_ENDED: {
    zh: '{taskForceName}于 {endedOn} 期满，早于时限',
    en: '{taskForceName} ends on {endedOn}, before this is due',
  },
  ADDRESSEES_MORE: {
    zh: '另有 {count} 条关于承办单位的提醒未列出',
    en: '{count} more warnings about receivers are not listed',
  },
  DUE_EARLIER: {
    zh: '时限由 {was} 提前到 {dueAt}，下级晚于此的一并提前；请确认承办单位来得及',
    en: 'Due {dueAt} instead of {was}: earlier than before, and so is all below that is due later; make sure that the holder can keep it',
  },
  TWO_READINGS: {
    zh: '时限有两种理解，按工作日计算：{workdays}（按自然日为 {calendarDays}）',
    en: 'The due time can be read in two ways; workdays hold: {workdays} (by calendar days {calendarDays})',
  },
  RULE_MAY_BE_TOO_COSTLY: {
    zh: '规则“{rule}”的计算量随表格行数增长很快：各表不超过 {rows} 行时一定能核对，再多的报送可能因无法核对被退回；请简化规则',
    en: 'The work of rule “{rule}” grows fast with the rows of tables: with up to {rows} rows in each it is checked for certain, a larger report may be refused as too costly to check; make the rule simpler',
  },
  ELEMENT_DIFFERS: {
    zh: '“{field}”与数据目录不同：目录为 {expectedType} {expectedUnit}，此处为 {type} {unit}',
    en: '“{field}” differs from the catalogue: {expectedType} {expectedUnit} there, {type} {unit} here',
  },
  ELEMENT_HAS_SOURCE: {
    zh: '“{field}”由{sourceName}掌握，却没有向其收集',
    en: '“{field}” is {sourceName}’s figure, which is not asked for it',
  },
  ELEMENT_ALREADY_OPEN: {
    zh: '{unitName}正在 {number} 中填报“{label}”（{at} 到期）',
    en: '{unitName} is being asked for “{label}” in {number} already (due {at})',
  },
  ELEMENT_STILL_FRESH: {
    zh: '{unitName}于 {at} 在 {number} 中报过“{label}”，仍在有效期内',
    en: '{unitName} reported “{label}” in {number} at {at}; it is still fresh',
  },
  ELEMENT_MORE: {
    zh: '另有 {count} 条重复填报的提醒未列出',
    en: '{count} more such warnings are not listed',
  },
  ELEMENT_UNITS_CUT: {
    zh: '单位过多，只核对了前 {looked} 个的重复填报',
    en: 'So many units: only the first {looked} were looked at for repeated questions',
  },
};

/** All there are. */
export const WARNINGS = Object.keys(WORDS) as PlanWarning['code'][];

function wordOf(name: string, value: string | number | undefined, language: Language): string {
  if (value === undefined) return '';
  if (language === 'zh' && /type$/i.test(name)) return typeWord(String(value), language);
  // A value that is no instant stays as it is.
  return whenText(value) ?? String(value);
}

export const warningWords = (
  { code, params }: Pick<PlanWarning, 'code' | 'params'>,
  language: Language,
): string =>
  WORDS[code][language]
    .replace(/\{(\w+)\}/g, (_, name: string) => wordOf(name, params[name], language))
    // Where a field has no unit of measure.
    .replace(/ +(?=[ ，,]|$)/g, '');
