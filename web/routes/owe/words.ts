// The words of what a person owes.
import { countedWord, dictionary } from '../../words/dictionary.ts';

export const OWE_WORDS = dictionary(
  {
    title: '我的任务',
    overdue: '逾期',
    today: '今天',
    week: '本周',
    later: '以后',
    filter: '筛选',
    all: '全部',
    unacknowledged: '待签收',
    returned: '退回',
    suspended: '挂起',
    asked: '申请中',
    sum: (owed: number, overdue: number, waiting: number) =>
      [
        `共 ${owed} 件`,
        ...(overdue > 0 ? [`${overdue} 件逾期`] : []),
        ...(waiting > 0 ? [`${waiting} 件待签收`] : []),
      ].join(' · '),
    from: (number: string, issuer: string) => `${number} · ${issuer}交办`,
    acknowledgeAll: (count: number) => `全部签收（${count}）`,
    acknowledgeCount: (count: number) => `签收 ${count} 件`,
    acknowledgedCount: (done: number, failed: number) =>
      failed === 0 ? `已签收 ${done} 件` : `已签收 ${done} 件，${failed} 件未成`,
    receiptBy: '签收时限',
    urgent: '加急',
    critical: '特急',
    empty: '现在没有要办的任务。',
    emptyFilter: '没有这样的任务。',
    more: (count: number) => `还有 ${count} 件，请先办上面的`,
    openIt: '打开',
  },
  {
    title: 'What I owe',
    overdue: 'Overdue',
    today: 'Today',
    week: 'This week',
    later: 'Later',
    filter: 'Filter',
    all: 'All',
    unacknowledged: 'To acknowledge',
    returned: 'Returned',
    suspended: 'Suspended',
    asked: 'Asked for',
    sum: (owed, overdue, waiting) =>
      [
        countedWord(owed, 'assignment'),
        ...(overdue > 0 ? [`${overdue} overdue`] : []),
        ...(waiting > 0 ? [`${waiting} to acknowledge`] : []),
      ].join(' · '),
    from: (number, issuer) => `${number} · handed out by ${issuer}`,
    acknowledgeAll: (count) => `Acknowledge all (${count})`,
    acknowledgeCount: (count) => `Acknowledge ${count}`,
    acknowledgedCount: (done, failed) =>
      failed === 0 ? `Acknowledged ${done}` : `Acknowledged ${done}, ${failed} failed`,
    receiptBy: 'Receipt',
    urgent: 'Urgent',
    critical: 'Critical',
    empty: 'You owe nothing now.',
    emptyFilter: 'There is nothing of that kind.',
    more: (count) => `${countedWord(count, 'more assignment')}: these come first`,
    openIt: 'Open',
  },
);
