// The first words of a notification, in both languages: what has happened, and what is asked of whoever reads it.
import type { Language } from '../failure.ts';

export type Words = Readonly<Record<Language, string>>;

/** The first words, by event type; a type nobody told us of has the last. */
const HEADS: Readonly<Record<string, Words>> = {
  issued: { zh: '新任务，请签收', en: 'New assignment, please acknowledge' },
  acknowledged: { zh: '已签收', en: 'Acknowledged' },
  progressed: { zh: '有新进展', en: 'Progress' },
  submitted: { zh: '已报送，请审核', en: 'Submitted, please review' },
  presented: { zh: '报送待签发，请签发', en: 'A report waits for your signature' },
  withdrawn: { zh: '报送已由承办单位撤回', en: 'Report taken back by its holder' },
  signed: { zh: '已签发', en: 'Signed' },
  partAdded: { zh: '已补充本级填报', en: 'Own part added' },
  corrected: { zh: '已更正，请审核', en: 'Corrected, please review' },
  approved: { zh: '审核通过', en: 'Approved' },
  returned: { zh: '已退回，请重报', en: 'Returned, please submit again' },
  cancelled: { zh: '已撤销', en: 'Cancelled' },
  receiptOverdue: { zh: '逾期未签收', en: 'Receipt overdue' },
  rolledUp: { zh: '汇总已上报，请审核', en: 'Merged report sent up, please review' },
  restated: { zh: '汇总数据有变动', en: 'Merged figures restated' },
  extensionRequested: { zh: '申请延期，请审批', en: 'Extension requested, please decide' },
  decomposed: { zh: '已分解', en: 'Decomposed' },
  transferRequested: { zh: '请求转办，请答复', en: 'Transfer requested, please answer' },
  transferred: { zh: '已转办', en: 'Transferred' },
  declined: { zh: '提出不属本单位职责，请答复', en: 'Declined as not theirs, please decide' },
  transferLapsed: {
    zh: '转办请求已失效，无需答复',
    en: 'The transfer you were asked for has lapsed, no answer is needed',
  },
  transferDeclined: { zh: '转办未被接受', en: 'Transfer declined' },
  suspended: { zh: '已挂起', en: 'Suspended' },
  rescheduled: { zh: '时限已调整', en: 'Due time moved' },
  resumed: { zh: '已恢复', en: 'Resumed' },
  amended: { zh: '内容有变更，请签收', en: 'Amended, please acknowledge' },
  urged: { zh: '催办', en: 'Urged' },
  handedUp: { zh: '汇总数据已报送，请查收', en: 'Figures handed up to you' },
  handUpRestated: { zh: '已报送的汇总数据有更正', en: 'Figures handed up to you have been restated' },
  deliveryFailed: { zh: '通知未能送达', en: 'A notice could not be delivered' },
  tokenMade: { zh: '管理员为您创建了访问令牌', en: 'An administrator made a token for you' },
  shared: { zh: '汇总结果已共享，可查看', en: 'Merged result shared with you' },
  postTaken: { zh: '您已接任岗位，请接手在办任务', en: 'You have taken a post, with work to go on with' },
  postEnded: { zh: '您的岗位已结束', en: 'Your post has ended' },
  liaisonChanged: { zh: '对接人员有变动', en: 'People you work with have changed' },
  commented: { zh: '新留言', en: 'New comment' },
};
const UNKNOWN: Words = { zh: '有新动态', en: 'News' };

const CLOSED: Readonly<Record<string, Words>> = {
  missing: { zh: '已办结，未报送', en: 'Closed without a report' },
  'collecting-ended': { zh: '已结束收集', en: 'Collecting ended' },
};
const CLOSED_ELSE: Words = { zh: '已办结', en: 'Closed' };

/** What the issuer has handed in for a unit, told to that unit. */
const BROUGHT: Readonly<Record<string, Words>> = {
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
const EXTENSION = {
  granted: { zh: '延期已同意', en: 'Extension granted' },
  refused: { zh: '延期未同意', en: 'Extension refused' },
};
const DECLINE = {
  accepted: { zh: '退办已同意', en: 'Decline accepted' },
  refused: { zh: '退办未同意，请继续承办', en: 'Decline refused, it stays with you' },
};

const OVERDUE: Words = { zh: '已逾期', en: 'Overdue' };
/** A node is told what it waits for, not blamed. */
const WAITING: Words = {
  zh: '时限已到，下级尚未报齐',
  en: 'Time is up, reports from below are still missing',
};

/** What is late, or soon will be, by the clock that says so. */
const REMINDED: Readonly<Record<string, Words>> = {
  acknowledge: { zh: '提醒：请签收', en: 'Reminder: please acknowledge' },
  due: { zh: '提醒：请按时报送', en: 'Reminder: report due' },
  review: { zh: '提醒：报送待审核', en: 'Reminder: a report waits for review' },
  decide: { zh: '提醒：申请待答复', en: 'Reminder: a request waits for a decision' },
  sign: { zh: '提醒：报送待签发', en: 'Reminder: a report waits for a signature' },
};
const ESCALATED: Readonly<Record<string, Words>> = {
  acknowledge: { zh: '提级：逾期未签收', en: 'Escalated: receipt overdue' },
  due: { zh: '提级：逾期未报送', en: 'Escalated: report overdue' },
  review: { zh: '提级：逾期未审核', en: 'Escalated: review overdue' },
  decide: { zh: '提级：逾期未答复', en: 'Escalated: decision overdue' },
  sign: { zh: '提级：逾期未签发', en: 'Escalated: signature overdue' },
};
/** Of what goes up by its holder's hand and needs no signature. */
const UNSENT: Readonly<Record<string, Words>> = {
  reminded: { zh: '提醒：汇总待上报', en: 'Reminder: a merged report waits to be sent up' },
  escalated: { zh: '提级：逾期未上报汇总', en: 'Escalated: merged report not sent up' },
};
/** All is in below, and nothing goes up by itself. */
const GATHERED: Readonly<Record<string, Words>> = {
  signature: { zh: '下级已报齐，请签发上报', en: 'All is in below, please sign it up' },
  sending: { zh: '下级已报齐，请上报汇总', en: 'All is in below, please send it up' },
};
const REOPENED: Readonly<Record<string, Words>> = {
  approved: { zh: '审核已收回，重新待审', en: 'Approval taken back, under review again' },
  missing: { zh: '任务已重新开启，请补报', en: 'Opened again, please report' },
  cancelled: { zh: '撤销已收回，请继续办理', en: 'No longer cancelled, please go on' },
};
const REOPENED_BELOW: Words = {
  zh: '下级任务已重新开启，汇总待其办结后须重新上报',
  en: 'Opened again below: the merged report is owed again once that is settled',
};
/** By the issuer's hand: perhaps nothing is late yet. */
const LIFTED: Readonly<Record<string, Words>> = {
  acknowledge: { zh: '交办单位提级：请签收', en: 'Escalated by the issuer: please acknowledge' },
  due: { zh: '交办单位提级：请报送', en: 'Escalated by the issuer: please report' },
};
export const wordsIn = (table: Readonly<Record<string, Words>>, key: unknown): Words | undefined =>
  typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;

export function headOf({ type, data }: { type: string; data: Readonly<Record<string, unknown>> }): Words {
  switch (type) {
    case 'closed':
      return wordsIn(CLOSED, data['outcome']) ?? CLOSED_ELSE;
    case 'overdue':
      return data['waiting'] === true ? WAITING : OVERDUE;
    case 'extensionDecided':
      return data['granted'] === true ? EXTENSION.granted : EXTENSION.refused;
    case 'declineDecided':
      return data['accepted'] === true ? DECLINE.accepted : DECLINE.refused;
    case 'gathered':
      return wordsIn(GATHERED, data['asks']) ?? UNKNOWN;
    case 'reopened':
      return data['below'] === undefined ? (wordsIn(REOPENED, data['was']) ?? UNKNOWN) : REOPENED_BELOW;
    case 'reminded':
      if (data['sends'] === true) return wordsIn(UNSENT, type) ?? UNKNOWN;
      return wordsIn(REMINDED, data['clock']) ?? UNKNOWN;
    case 'escalated':
      if (data['manual'] === true) return wordsIn(LIFTED, data['clock']) ?? UNKNOWN;
      if (data['sends'] === true) return wordsIn(UNSENT, type) ?? UNKNOWN;
      return wordsIn(ESCALATED, data['clock']) ?? UNKNOWN;
    default:
      if (data['onBehalf'] === true) return wordsIn(BROUGHT, type) ?? UNKNOWN;
      return wordsIn(HEADS, type) ?? UNKNOWN;
  }
}
