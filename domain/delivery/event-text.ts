// An event as a sentence of the past, with the name of who did it: one wording for the page, in both languages.
import type { Language } from '../failure.ts';
import { noticeDetails } from './notification-text.ts';
import type { EventType } from '../assignment/happening.ts';
import type { NoticeWords } from '../assignment/event/event-row.ts';

/** What an event says happened; a type without its words does not compile. */
const PAST: Readonly<Record<EventType, NoticeWords>> = {
  issued: { zh: '交办', en: 'handed it out' },
  acknowledged: { zh: '签收', en: 'acknowledged it' },
  progressed: { zh: '报进展', en: 'reported progress' },
  submitted: { zh: '报送', en: 'submitted a report' },
  corrected: { zh: '更正', en: 'corrected the report' },
  presented: { zh: '提请签字', en: 'presented the report for signature' },
  signed: { zh: '签字', en: 'signed the report' },
  gathered: { zh: '下级已齐', en: 'has all reports from below' },
  withdrawn: { zh: '撤回', en: 'took the report back' },
  reopened: { zh: '重新打开', en: 'opened it again' },
  partAdded: { zh: '补充本级', en: 'added a part of their own' },
  approved: { zh: '审核通过', en: 'approved the report' },
  returned: { zh: '退回', en: 'returned the report' },
  extensionRequested: { zh: '申请延期', en: 'asked for more time' },
  extensionDecided: { zh: '答复延期', en: 'answered the request for more time' },
  decomposed: { zh: '分解', en: 'handed out parts of it' },
  transferRequested: { zh: '请求转办', en: 'asked to pass it on' },
  transferred: { zh: '转办', en: 'passed it on' },
  transferDeclined: { zh: '不接收转办', en: 'declined to take it over' },
  declined: { zh: '退办', en: 'said it is not theirs' },
  declineDecided: { zh: '答复退办', en: 'answered "not ours"' },
  suspended: { zh: '挂起', en: 'suspended it' },
  resumed: { zh: '恢复', en: 'resumed it' },
  rescheduled: { zh: '改时限', en: 'moved the due time' },
  amended: { zh: '变更', en: 'amended what is asked' },
  urged: { zh: '催办', en: 'urged' },
  commented: { zh: '留言', en: 'commented' },
  shared: { zh: '共享结果', en: 'shared the result' },
  cancelled: { zh: '撤销', en: 'cancelled it' },
  closed: { zh: '办结', en: 'closed it' },
  reminded: { zh: '提醒', en: 'reminded' },
  escalated: { zh: '提级', en: 'escalated it' },
  receiptOverdue: { zh: '签收超时', en: 'found the receipt late' },
  overdue: { zh: '逾期', en: 'found it overdue' },
  rolledUp: { zh: '汇总上报', en: 'merged and sent up the reports' },
  restated: { zh: '汇总已更正', en: 'restated the merged report' },
};

const CLOCKWORK: NoticeWords = { zh: '系统', en: 'The system' };

/** `actorName` null: the clockwork. `data` as any version of this program wrote it. */
export function eventText(
  event: { type: string; data: Readonly<Record<string, unknown>>; actorName: string | null },
  language: Language,
): string {
  const { type, data, actorName } = event;
  const past = Object.hasOwn(PAST, type) ? PAST[type as EventType][language] : type;
  const details = noticeDetails({ type, title: null, holder: '', data }, language);
  const first = `${actorName ?? CLOCKWORK[language]} ${past}`;
  return [first, ...details].join(language === 'zh' ? '；' : '; ');
}
