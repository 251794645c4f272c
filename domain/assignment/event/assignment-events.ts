// The events of assignments: one row an event names the people told, how soon, and the words.
import type { EventData, EventType } from '../happening.ts';
import type { Target } from '../../policy/policy.ts';
import {
  BROUGHT,
  CLOSED,
  DECLINE,
  ESCALATED,
  EXTENSION,
  GATHERED,
  LIFTED,
  onBehalfOr,
  OVERDUE,
  REMINDED,
  REOPENED,
  REOPENED_BELOW,
  UNSENT,
} from './event-words.ts';
import { wordsBy, type EventRow, type NoticeWords } from './event-row.ts';

const HOLDER: readonly Target[] = ['unit.liaisonA', 'unit.liaisonB'];
const ISSUER: readonly Target[] = ['issuer.liaisonA'];
const DECIDER: readonly Target[] = ['issuer.liaisonA', 'issuer.leader'];

/** The issuer's list of what waits for review is one list, not a message for each report. */
const noPeople = (): string[] => [];
const quiet = (words: NoticeWords) => ({ told: noPeople, pace: 'patient', words }) as const;
const together = (...people: readonly string[][]): string[] => [...new Set(people.flat())].sort();
const isByHand = ({ cause, carried }: EventData['rescheduled']): boolean =>
  cause === 'reschedule' && carried === undefined;

/** An event without its row does not compile; what it records is the schema of its name in `EVENT_DATA`. */
export const ASSIGNMENT_EVENTS: { readonly [T in EventType]: EventRow<EventData[T]> } = {
  issued: {
    told: (_data, to) => to(HOLDER),
    pace: 'prompt',
    words: { zh: '新任务，请签收', en: 'New assignment, please acknowledge' },
  },
  acknowledged: quiet({ zh: '已签收', en: 'Acknowledged' }),
  progressed: quiet({ zh: '有新进展', en: 'Progress' }),
  submitted: {
    // What others have brought in its name the unit must be able to object to. Else the issuer’s list of what waits for
    // review is one list, not a message for each report.
    told: ({ onBehalf }, to) => (onBehalf ? to(HOLDER) : []),
    pace: 'patient',
    words: onBehalfOr(BROUGHT.submitted, { zh: '已报送，请审核', en: 'Submitted, please review' }),
  },
  corrected: quiet({ zh: '已更正，请审核', en: 'Corrected, please review' }),
  presented: {
    told: ({ onBehalf }, to) => to(onBehalf ? ['unit.leader', ...HOLDER] : ['unit.leader']),
    pace: 'prompt',
    words: onBehalfOr(BROUGHT.presented, {
      zh: '报送待签发，请签发',
      en: 'A report waits for your signature',
    }),
  },
  signed: quiet({ zh: '已签发', en: 'Signed' }),
  gathered: {
    told: ({ asks }, to) => to(asks === 'signature' ? ['unit.leader'] : HOLDER),
    pace: 'prompt',
    words: wordsBy('asks', GATHERED),
  },
  withdrawn: {
    // What has not left the house is no business of the issuer.
    told: ({ unsigned }, to) => (unsigned ? to(['unit.leader']) : to(ISSUER)),
    pace: 'prompt',
    words: { zh: '报送已由承办单位撤回', en: 'Report taken back by its holder' },
  },
  reopened: {
    told: (_data, to) => to(HOLDER),
    pace: 'prompt',
    words: (data) => (data['below'] === undefined ? wordsBy('was', REOPENED)(data) : REOPENED_BELOW),
  },
  partAdded: quiet({ zh: '已补充本级填报', en: 'Own part added' }),
  approved: quiet({ zh: '审核通过', en: 'Approved' }),
  returned: {
    told: (_data, to) => to(HOLDER),
    pace: 'prompt',
    words: { zh: '已退回，请重报', en: 'Returned, please submit again' },
  },
  extensionRequested: {
    told: (_data, to) => to(DECIDER),
    pace: 'prompt',
    words: { zh: '申请延期，请审批', en: 'Extension requested, please decide' },
  },
  extensionDecided: {
    told: (_data, to) => to(HOLDER),
    pace: 'prompt',
    words: ({ granted }) => (granted === true ? EXTENSION.granted : EXTENSION.refused),
  },
  decomposed: quiet({ zh: '已分解', en: 'Decomposed' }),
  transferRequested: {
    told: (data, to) => to(['unit.liaisonA', 'unit.leader'], data.to),
    pace: 'prompt',
    words: { zh: '请求转办，请答复', en: 'Transfer requested, please answer' },
  },
  transferred: {
    told: ({ from }, to) => together(to(HOLDER), to(HOLDER, from), to(ISSUER)),
    pace: 'prompt',
    words: { zh: '已转办', en: 'Transferred' },
  },
  transferDeclined: {
    told: (_data, to) => to(HOLDER),
    pace: 'patient',
    words: { zh: '转办未被接受', en: 'Transfer declined' },
  },
  declined: {
    told: (_data, to) => to(DECIDER),
    pace: 'prompt',
    words: { zh: '提出不属本单位职责，请答复', en: 'Declined as not theirs, please decide' },
  },
  declineDecided: {
    told: (_data, to) => to(HOLDER),
    pace: 'patient',
    words: ({ accepted }) => (accepted === true ? DECLINE.accepted : DECLINE.refused),
  },
  suspended: {
    told: (_data, to) => to(HOLDER),
    pace: 'prompt',
    words: { zh: '已挂起', en: 'Suspended' },
  },
  resumed: {
    // Without a due time another suspension still holds.
    told: ({ dueAt }, to) => (dueAt === undefined ? [] : to(HOLDER)),
    pace: 'prompt',
    words: { zh: '已恢复', en: 'Resumed' },
  },
  rescheduled: {
    // Of another level’s hand the issuer hears as well.
    told: (data, to) =>
      data.dueAt === data.was ? [] : isByHand(data) ? together(to(HOLDER), to(ISSUER)) : to(HOLDER),
    pace: 'prompt',
    words: { zh: '时限已调整', en: 'Due time moved' },
  },
  amended: {
    told: (_data, to) => to(HOLDER),
    pace: 'prompt',
    words: { zh: '内容有变更，请签收', en: 'Amended, please acknowledge' },
  },
  urged: {
    told: ({ notified }) => notified,
    pace: 'prompt',
    words: { zh: '催办', en: 'Urged' },
  },
  commented: {
    told: (_data, to) => together(to(HOLDER), to(ISSUER)),
    pace: 'patient',
    words: { zh: '新留言', en: 'New comment' },
  },
  shared: {
    told: (data, to) => to(HOLDER, data.to),
    pace: 'patient',
    words: { zh: '汇总结果已共享，可查看', en: 'Merged result shared with you' },
  },
  cancelled: {
    told: (_data, to) => to(HOLDER),
    pace: 'prompt',
    words: { zh: '已撤销', en: 'Cancelled' },
  },
  closed: {
    told: ({ outcome }, to) => (outcome === 'missing' ? to(HOLDER) : []),
    pace: 'patient',
    words: wordsBy('outcome', CLOSED, { zh: '已办结', en: 'Closed' }),
  },
  receiptOverdue: {
    told: noPeople,
    pace: 'patient',
    isFloor: () => true,
    words: { zh: '逾期未签收', en: 'Receipt overdue' },
  },
  overdue: {
    // A node that waits for what is late below is told what it waits for, not blamed.
    told: ({ waiting }, to) => (waiting ? to(['unit.liaisonA']) : []),
    pace: 'patient',
    isFloor: ({ waiting }) => waiting !== true,
    words: ({ waiting }) => (waiting === true ? OVERDUE.waiting : OVERDUE.late),
  },
  reminded: {
    told: ({ notified }) => notified,
    pace: 'prompt',
    words: (data) => (data['sends'] === true ? UNSENT.reminded : wordsBy('clock', REMINDED)(data)),
  },
  escalated: {
    told: ({ notified }) => notified,
    pace: 'prompt',
    isFloor: ({ slip }) => typeof slip === 'string',
    words: (data) =>
      data['manual'] === true
        ? wordsBy('clock', LIFTED)(data)
        : data['sends'] === true
          ? UNSENT.escalated
          : wordsBy('clock', ESCALATED)(data),
  },
  rolledUp: {
    told: (_data, to) => to(ISSUER),
    pace: 'patient',
    words: { zh: '汇总已上报，请审核', en: 'Merged report sent up, please review' },
  },
  restated: {
    told: (_data, to) => to(ISSUER),
    pace: 'patient',
    words: { zh: '汇总数据有变动', en: 'Merged figures restated' },
  },
};
