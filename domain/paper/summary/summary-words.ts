// The words of a summary's workbook and document, in Chinese and English.
import type { Language } from '../../failure.ts';
import { dayText } from '../../delivery/notification-text.ts';
import { whenText } from '../../instant.ts';
import { filled } from '../../filled.ts';
import type { Absence } from './standing.ts';

type Words = Readonly<Record<Language, string>>;

/** The kinds of rows of figures. */
export const KINDS = {
  total: { zh: '汇总', en: 'Total' },
  report: { zh: '填报', en: 'Report' },
  own: { zh: '本级', en: 'Own part' },
  collapsed: { zh: '下级合并', en: 'Merged below' },
} as const satisfies Record<string, Words>;

/** Beside "not in": why. */
export const ABSENCES: Readonly<Record<Absence, Words>> = {
  waiting: { zh: '已报送，待审核', en: 'reported, not yet approved' },
  missing: { zh: '办结时未报', en: 'not in when it was closed' },
  cancelled: { zh: '已撤销', en: 'cancelled' },
  suspended: { zh: '已挂起', en: 'suspended' },
  declining: { zh: '提出不属本单位职责，待答复', en: 'says it is not theirs, no answer yet' },
  transferAsked: { zh: '申请转办，待接收', en: 'transfer not yet accepted' },
  extensionAsked: { zh: '申请延期，待答复', en: 'extension asked for, no answer yet' },
  awaitsSignature: { zh: '待本单位签发', en: 'waits for its leader’s signature' },
  returned: { zh: '已退回，待重报', en: 'returned, not yet sent again' },
  notAcknowledged: { zh: '未签收', en: 'not acknowledged' },
  notReported: { zh: '已签收，未报送', en: 'acknowledged, not reported' },
};

const SUMMARY_WORDS = {
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  missing: { zh: '未报', en: 'not in' },
  waiting: { zh: '待审核', en: 'not approved' },
  late: { zh: '已逾期', en: 'overdue' },
  approved: { zh: '审核通过', en: 'approved' },
  reported: { zh: '已报送', en: 'reported' },
  ownPart: { zh: '{name}（本级）', en: '{name} (own part)' },
  unit: { zh: '单位', en: 'Unit' },
  kind: { zh: '类别', en: 'Kind' },
  standing: { zh: '报送情况', en: 'Standing' },
  files: { zh: '{n} 个文件', en: '{n} files' },
  unknownFile: { zh: '（文件已不在）', en: '(the file is gone)' },
  masked: { zh: '敏感，已遮蔽', en: 'sensitive, masked' },
  sources: { zh: '来源', en: 'From' },
  differences: { zh: '差异', en: 'Differences' },
  differs: { zh: '{label}：{said}', en: '{label}: {said}' },
  saidBy: { zh: '{unit} 报 {value}', en: '{unit} says {value}' },
  empty: { zh: '（空）', en: '(empty)' },
  merged: { zh: '{title}汇总', en: '{title}, summary' },
  rowsOf: { zh: '{title}：{label}', en: '{title}: {label}' },
  coverageOf: { zh: '{title}：报送情况', en: '{title}: coverage' },
  figuresSheet: { zh: '汇总', en: 'Figures' },
  coverageSheet: { zh: '报送情况', en: 'Coverage' },
  basisApproved: { zh: '只计审核通过的报送', en: 'approved reports only' },
  basisReported: { zh: '计入已报送、未审核的数据', en: 'all that is in, approved or not' },
  source: {
    zh: '{number}　{from}　{at}　口径：{basis}',
    en: '{number}　{from}　{at} (UTC+8)　Basis: {basis}',
  },
  coverage: {
    zh: '应报 {expected} 家，已报 {reported} 家（报送率 {rate}），审核通过 {approved} 家，未报 {missing} 家',
    en: '{expected} expected, {reported} reported ({rate}), {approved} approved, {missing} not in',
  },
  counted: { zh: '计入 {counted}/{expected}', en: '{counted} of {expected} in' },
  noneExpected: { zh: '无应报单位', en: 'no unit is expected to report' },
  final: { zh: '数据已齐，全部办结。', en: 'Complete: everything below is settled.' },
  notFinal: { zh: '阶段性数据，尚未全部办结。', en: 'Provisional: not everything below is settled.' },
  cutLevels: {
    zh: '单位过多，只列到第 {level} 级；更下级的数据已并入所列各行，逐家明细请在系统中查看。',
    en: 'Too many units to list: {level} levels are shown, with what lies below merged into them; each report is in the system.',
  },
  cutRows: {
    zh: '只列前 {shown} 行，共 {all} 行；其余请在系统中查看。',
    en: 'The first {shown} of {all} rows; the rest is in the system.',
  },
  maskedNote: {
    zh: '敏感字段已遮蔽：联系人只留姓氏和号码首尾，其余以“＊＊＊”代替；原文请在系统中查看。',
    en: 'Sensitive fields are masked: of contacts the first letter and the ends of the number stay, all else is “＊＊＊”; the system shows them whole.',
  },
  formulaNote: {
    zh: '汇总行为公式，改动填报行后自动重算；浅红为未报，浅黄为待审核，均不计为 0。',
    en: 'Totals are formulas over the rows below them; red is not in, yellow is not approved, and neither counts as 0.',
  },
  sharedNote: { zh: '仅含共享的汇总结果。', en: 'The merged result alone, as it is shared with you.' },
  differencesNote: {
    zh: '同一行各单位所报不一致之处以黄色标出，“差异”栏列明各家所报。',
    en: 'Where units differ about a row its cell is yellow, and the last column says who says what.',
  },
  issued: { zh: '交办时间', en: 'Issued' },
  acknowledged: { zh: '签收时间', en: 'Acknowledged' },
  due: { zh: '时限', en: 'Due' },
  submitted: { zh: '最近报送时间', en: 'Last reported' },
  onTime: { zh: '是否按时', en: 'On time' },
  settled: { zh: '办结时间', en: 'Settled' },
  version: { zh: '报送版次', en: 'Version' },
  why: { zh: '原因说明', en: 'Why' },
  expected: { zh: '应报', en: 'Expected' },
  reportedCount: { zh: '已报', en: 'Reported' },
  approvedCount: { zh: '审核通过', en: 'Approved' },
  total: { zh: '合计', en: 'Total' },
  documentTitle: { zh: '关于《{title}》办理情况的汇总', en: 'Summary: {title}' },
  /** To be written in by hand: nothing has been handed up. */
  numberLater: { zh: '　　　〔{year}〕　　　号', en: 'No. _______ ({year})' },
  opening: {
    zh: '根据《{title}》（{number}）要求，现将截至{time}的汇总情况报告如下（{basis}）。',
    en: 'As asked by “{title}” ({number}): the figures as of {time} (UTC+8; {basis}).',
  },
  missingUnits: { zh: '未报 {n} 家：{names}。', en: 'Not in ({n}): {names}.' },
  waitingUnits: { zh: '待审核 {n} 家：{names}。', en: 'Not yet approved ({n}): {names}.' },
  absent: { zh: '未报及待审核单位', en: 'Not in, or not yet approved' },
  above: { zh: '上级', en: 'Above' },
  owedBelow: { zh: '另有 {n} 家未报，未计入以上数据。', en: '{n} have not reported and are in no figure.' },
  restInWorkbook: {
    zh: '此处列 {shown} 条，共 {all} 条；全部见汇总表（summary.xlsx）。',
    en: '{shown} of {all} are listed here; all are in the workbook (summary.xlsx).',
  },
  attention: { zh: '{name}：', en: 'To {name}:' },
} as const satisfies Record<string, Words>;

export type SummaryWord = keyof typeof SUMMARY_WORDS;

/** `say('cutRows', 'zh', { shown: 10, all: 20 })`. */
export const say = (
  word: SummaryWord,
  language: Language,
  params: Readonly<Record<string, string | number>> = {},
): string => filled(SUMMARY_WORDS[word][language], params);

/** `97.2%`; where no report is expected there is no rate. */
export const rateText = (reported: number, expected: number): string =>
  expected === 0 ? '—' : `${Math.floor((reported / expected) * 1000) / 10}%`;

/** `2026-11-24 17:30` in China, as `2026年11月24日17:30` where that is how it is said. */
export function timeText(instant: string, language: Language): string {
  const when = whenText(instant) ?? instant;
  return language === 'zh' ? `${dayText(instant, language)}${when.slice(11)}` : when;
}

const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** `一、`, `十二、`; `1. ` in English. At most 50 are counted so. */
export function ordinal(n: number, language: Language): string {
  if (language === 'en') return `${n}. `;
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十`;
  return `${ten}${DIGITS[ones] ?? ''}、`;
}
