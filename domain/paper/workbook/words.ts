// The words of a workbook for the person who fills it in, in both languages.
import type { Language } from '../../failure.ts';
import { filled } from '../../filled.ts';

type Words = Readonly<Record<Language, string>>;

const YES: Words = { zh: '是', en: 'Yes' };
const NO: Words = { zh: '否', en: 'No' };

export const yesWord = (language: Language): string => YES[language];
export const noWord = (language: Language): string => NO[language];

/** `{name}` is filled in by `worded`. */
export const WORKBOOK_WORDS = {
  sheet: { zh: '填报', en: 'Report' },
  number: { zh: '文号：{number}　事项：{item}', en: 'Number: {number}   Item: {item}' },
  holder: { zh: '承办单位：{unit}　时限：{due}', en: 'Unit: {unit}   Due: {due}' },
  instruction: {
    zh: '只填浅黄色单元格，带 * 的必填；不要改动版式、增删行列。填好后整份上传。公式请粘贴为数值。',
    en: 'Fill in the pale yellow cells only; those with * are required. Leave the layout as it is and upload the whole workbook. Paste formulas as values.',
  },
  rowsInstruction: {
    zh: '每行一条，从第 {row} 行起填，最多 {max} 行；可增删行，不要改动列。',
    en: 'One entry a row from row {row} on, at most {max} rows; rows may be added and removed, columns not.',
  },
  deskSheet: { zh: '各单位填报', en: 'All units' },
  holderUnit: { zh: '单位', en: 'Unit' },
  dueAt: { zh: '时限：{due}', en: 'Due: {due}' },
  deskInstruction: {
    zh: '每行一个单位，从第 {row} 行起填浅黄色单元格，带 * 的必填；没有数据的单位留空即可。不要改动列。公式请粘贴为数值。',
    en: 'One row a unit from row {row} on; fill in the pale yellow cells, those with * are required; leave a unit empty of which there is nothing to say. Leave the columns as they are. Paste formulas as values.',
  },
  label: { zh: '指标', en: 'Figure' },
  unit: { zh: '单位', en: 'Unit' },
  value: { zh: '填写', en: 'Fill in' },
  hint: { zh: '要求', en: 'What is asked' },
  name: { zh: '{label}（姓名）', en: '{label} (name)' },
  phone: { zh: '{label}（电话）', en: '{label} (telephone)' },
  explanation: { zh: '说明（数据异常须说明时填写）', en: 'Explanation (where a figure needs one)' },
  note: { zh: '附言（更正已通过的报送时必填）', en: 'Note (required to correct what was approved)' },
  seeSheet: { zh: '见工作表“{sheet}”', en: 'On the sheet “{sheet}”' },
  noFiles: { zh: '附件请在系统中上传，不在本表内', en: 'Files are uploaded in the system, not here' },
  required: { zh: '必填', en: 'required' },
  integer: { zh: '整数', en: 'whole number' },
  decimal: { zh: '数字，最多 6 位小数', en: 'number, at most 6 decimals' },
  percent: { zh: '百分比，如 90%', en: 'per cent, such as 90%' },
  between: { zh: '{min} 至 {max}', en: '{min} to {max}' },
  atLeast: { zh: '不小于 {min}', en: 'at least {min}' },
  atMost: { zh: '不大于 {max}', en: 'at most {max}' },
  boolean: { zh: '是或否', en: 'Yes or No' },
  choice: { zh: '从下拉列表中选', en: 'choose from the list' },
  date: { zh: '日期，如 2023-09-01', en: 'date, such as 2023-09-01' },
  length: { zh: '最多 {max} 字', en: 'at most {max} characters' },
  carried: {
    zh: '已填上次审核通过的数据（{at}），请核对',
    en: 'filled with what was last approved ({at}); please check',
  },
  wrong: { zh: '请核对', en: 'Please check' },
} as const satisfies Record<string, Words>;

export type WorkbookWord = keyof typeof WORKBOOK_WORDS;

export const worded = (
  word: WorkbookWord,
  language: Language,
  params: Record<string, string | number> = {},
): string => filled(WORKBOOK_WORDS[word][language], params);
