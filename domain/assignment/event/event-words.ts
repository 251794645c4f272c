// First words that differ with what an event records: by its clock, its outcome, its answer.
import type { NoticeData, NoticeWords } from './event-row.ts';

export const CLOSED: Readonly<Record<string, NoticeWords>> = {
  missing: { zh: '已办结，未报送', en: 'Closed without a report' },
  'collecting-ended': { zh: '已结束收集', en: 'Collecting ended' },
};

/** What the issuer has handed in for a unit, told to that unit. */
export const BROUGHT = {
  submitted: {
    zh: '上级已代为报送，请核对',
    en: 'Reported on your behalf by the level above, please check',
  },
  presented: {
    zh: '上级已代为填报，待签发，请核对',
    en: 'Filled in on your behalf by the level above, waits for a signature, please check',
  },
};

/** What a request came to. */
export const EXTENSION = {
  granted: { zh: '延期已同意', en: 'Extension granted' },
  refused: { zh: '延期未同意', en: 'Extension refused' },
};
export const DECLINE = {
  accepted: { zh: '退办已同意', en: 'Decline accepted' },
  refused: { zh: '退办未同意，请继续承办', en: 'Decline refused, it stays with you' },
};

/** A node is told what it waits for, not blamed. */
export const OVERDUE = {
  late: { zh: '已逾期', en: 'Overdue' },
  waiting: {
    zh: '时限已到，下级尚未报齐',
    en: 'Time is up, reports from below are still missing',
  },
};

/** What is late, or soon will be, by the clock that says so. */
export const REMINDED: Readonly<Record<string, NoticeWords>> = {
  acknowledge: { zh: '提醒：请签收', en: 'Reminder: please acknowledge' },
  due: { zh: '提醒：请按时报送', en: 'Reminder: report due' },
  review: { zh: '提醒：报送待审核', en: 'Reminder: a report waits for review' },
  decide: { zh: '提醒：申请待答复', en: 'Reminder: a request waits for a decision' },
  sign: { zh: '提醒：报送待签发', en: 'Reminder: a report waits for a signature' },
};
export const ESCALATED: Readonly<Record<string, NoticeWords>> = {
  acknowledge: { zh: '提级：逾期未签收', en: 'Escalated: receipt overdue' },
  due: { zh: '提级：逾期未报送', en: 'Escalated: report overdue' },
  review: { zh: '提级：逾期未审核', en: 'Escalated: review overdue' },
  decide: { zh: '提级：逾期未答复', en: 'Escalated: decision overdue' },
  sign: { zh: '提级：逾期未签发', en: 'Escalated: signature overdue' },
};
/** Of what goes up by its holder's hand and needs no signature. */
export const UNSENT = {
  reminded: { zh: '提醒：汇总待上报', en: 'Reminder: a merged report waits to be sent up' },
  escalated: { zh: '提级：逾期未上报汇总', en: 'Escalated: merged report not sent up' },
};
/** All is in below, and nothing goes up by itself. */
export const GATHERED: Readonly<Record<string, NoticeWords>> = {
  signature: { zh: '下级已报齐，请签发上报', en: 'All is in below, please sign it up' },
  sending: { zh: '下级已报齐，请上报汇总', en: 'All is in below, please send it up' },
};
export const REOPENED: Readonly<Record<string, NoticeWords>> = {
  approved: { zh: '审核已收回，重新待审', en: 'Approval taken back, under review again' },
  missing: { zh: '任务已重新开启，请补报', en: 'Opened again, please report' },
  cancelled: { zh: '撤销已收回，请继续办理', en: 'No longer cancelled, please go on' },
};
export const REOPENED_BELOW: NoticeWords = {
  zh: '下级任务已重新开启，汇总待其办结后须重新上报',
  en: 'Opened again below: the merged report is owed again once that is settled',
};
/** By the issuer's hand: perhaps nothing is late yet. */
export const LIFTED: Readonly<Record<string, NoticeWords>> = {
  acknowledge: { zh: '交办单位提级：请签收', en: 'Escalated by the issuer: please acknowledge' },
  due: { zh: '交办单位提级：请报送', en: 'Escalated by the issuer: please report' },
};

/** What others have brought in a unit's name is said so. */
export const onBehalfOr =
  (brought: NoticeWords, words: NoticeWords) =>
  (data: NoticeData): NoticeWords =>
    data['onBehalf'] === true ? brought : words;
