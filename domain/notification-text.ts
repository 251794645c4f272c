// What a notification says to whoever reads it, in both languages, from its type and its event's data.
import type { Language } from './failure.ts';
import { DurationText, Instant, readDuration, toIso, toMillis } from './instant.ts';

/** `holder` is the name people read; `data` is as the event wrote it, from any version of this program. */
export type Notice = {
  type: string;
  title: string | null;
  holder: string;
  data: Readonly<Record<string, unknown>>;
};

/** Longer reasons are read at the assignment. */
const MAX_QUOTE = 200;
const CHINA_MS = 8 * 3_600_000;

/** `2026-11-24 17:30`, in China, whoever reads it: due times are spoken of so. */
export function whenText(value: unknown): string | null {
  const at = Instant.safeParse(value);
  if (!at.success) return null;
  return toIso(toMillis(at.data) + CHINA_MS)
    .slice(0, 16)
    .replace('T', ' ');
}

export function durationText(value: unknown, language: Language): string | null {
  const duration = DurationText.safeParse(value);
  if (!duration.success) return null;
  const { days, ms } = readDuration(duration.data);
  const minutes = Math.floor(ms / 60_000);
  const parts: [number, string, string][] = [
    [days, '天', ' d'],
    [Math.floor(minutes / 60), '小时', ' h'],
    [minutes % 60, '分钟', ' min'],
  ];
  const named = parts
    .filter(([count]) => count > 0)
    .map(([count, zh, en]) => `${count}${language === 'zh' ? zh : en}`);
  return named.length === 0 ? null : named.join(language === 'zh' ? '' : ' ');
}

const quote = (value: unknown): string | null => {
  if (typeof value !== 'string' || value.trim() === '') return null;
  const letters = Array.from(value.trim());
  return letters.length > MAX_QUOTE ? `${letters.slice(0, MAX_QUOTE).join('')}…` : letters.join('');
};

function coverageText(value: unknown, language: Language): string | null {
  const { reported, expected } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >;
  if (typeof reported !== 'number' || typeof expected !== 'number') return null;
  return language === 'zh' ? `报送 ${reported}/${expected}` : `${reported} of ${expected} reported`;
}

type Words = Readonly<Record<Language, string>>;

/** The first words, by event type; a type nobody told us of has the last. */
const HEADS: Readonly<Record<string, Words>> = {
  issued: { zh: '新任务，请签收', en: 'New assignment, please acknowledge' },
  acknowledged: { zh: '已签收', en: 'Acknowledged' },
  progressed: { zh: '有新进展', en: 'Progress' },
  submitted: { zh: '已报送，请审核', en: 'Submitted, please review' },
  corrected: { zh: '已更正，请审核', en: 'Corrected, please review' },
  approved: { zh: '审核通过', en: 'Approved' },
  returned: { zh: '已退回，请重报', en: 'Returned, please submit again' },
  cancelled: { zh: '已撤销', en: 'Cancelled' },
  receiptOverdue: { zh: '逾期未签收', en: 'Receipt overdue' },
  overdue: { zh: '已逾期', en: 'Overdue' },
  rolledUp: { zh: '汇总已上报，请审核', en: 'Merged report sent up, please review' },
  restated: { zh: '汇总数据有变动', en: 'Merged figures restated' },
  extensionRequested: { zh: '申请延期，请审批', en: 'Extension requested, please decide' },
  extensionDecided: { zh: '延期申请已答复', en: 'Extension decided' },
  decomposed: { zh: '已分解', en: 'Decomposed' },
  transferRequested: { zh: '请求转办，请答复', en: 'Transfer requested, please answer' },
  transferred: { zh: '已转办', en: 'Transferred' },
  transferDeclined: { zh: '转办未被接受', en: 'Transfer declined' },
  suspended: { zh: '已挂起', en: 'Suspended' },
  resumed: { zh: '已恢复', en: 'Resumed' },
  amended: { zh: '内容有变更，请签收', en: 'Amended, please acknowledge' },
  urged: { zh: '催办', en: 'Urged' },
  tokenMade: { zh: '管理员为您创建了访问令牌', en: 'An administrator made a token for you' },
  commented: { zh: '新留言', en: 'New comment' },
  handedUp: { zh: '汇总数据已报送，请查收', en: 'Figures handed up to you' },
  handUpRestated: { zh: '已报送的汇总数据有更正', en: 'Figures handed up to you have been restated' },
};
const UNKNOWN: Words = { zh: '有新动态', en: 'News' };

const CLOSED: Readonly<Record<string, Words>> = {
  missing: { zh: '已办结，未报送', en: 'Closed without a report' },
  'collecting-ended': { zh: '已结束收集', en: 'Collecting ended' },
};
const CLOSED_ELSE: Words = { zh: '已办结', en: 'Closed' };

/** What is late, or soon will be, by the clock that says so. */
const REMINDED: Readonly<Record<string, Words>> = {
  acknowledge: { zh: '提醒：请签收', en: 'Reminder: please acknowledge' },
  due: { zh: '提醒：请按时报送', en: 'Reminder: report due' },
  review: { zh: '提醒：报送待审核', en: 'Reminder: a report waits for review' },
  decide: { zh: '提醒：申请待答复', en: 'Reminder: a request waits for a decision' },
};
const ESCALATED: Readonly<Record<string, Words>> = {
  acknowledge: { zh: '提级：逾期未签收', en: 'Escalated: receipt overdue' },
  due: { zh: '提级：逾期未报送', en: 'Escalated: report overdue' },
  review: { zh: '提级：逾期未审核', en: 'Escalated: review overdue' },
  decide: { zh: '提级：逾期未答复', en: 'Escalated: decision overdue' },
};
const SLIPS: Readonly<Record<string, Words>> = {
  blue: { zh: '蓝色督办单', en: 'blue slip' },
  yellow: { zh: '黄色督办单', en: 'yellow slip' },
  red: { zh: '红色督办单', en: 'red slip' },
};

const wordsIn = (table: Readonly<Record<string, Words>>, key: unknown): Words | undefined =>
  typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined;

function headOf({ type, data }: Notice): Words {
  switch (type) {
    case 'closed':
      return wordsIn(CLOSED, data['outcome']) ?? CLOSED_ELSE;
    case 'reminded':
      return wordsIn(REMINDED, data['clock']) ?? UNKNOWN;
    case 'escalated':
      return wordsIn(ESCALATED, data['clock']) ?? UNKNOWN;
    default:
      return wordsIn(HEADS, type) ?? UNKNOWN;
  }
}

/** What is worth saying beside it: until when, how soon, why, how complete. */
function detailsOf({ data }: Notice, language: Language): string[] {
  const due = whenText(data['dueAt']);
  const before = durationText(data['before'], language);
  const details = [
    wordsIn(SLIPS, data['slip'])?.[language] ?? null,
    due === null ? null : { zh: `时限 ${due}`, en: `due ${due}` }[language],
    before === null ? null : { zh: `距时限 ${before}`, en: `${before} before it is due` }[language],
    coverageText(data['coverage'], language),
    quote(data['reason']) ?? quote(data['note']) ?? quote(data['text']),
  ];
  return details.filter((detail) => detail !== null);
}

const titled = (title: string, holder: string, language: Language): string =>
  language === 'zh' ? `《${title}》，${holder}` : `“${title}”, ${holder}`;

/** `已退回，请重报：《志愿者站点》，东大街道；时限 2026-11-24 17:30；数据不符` */
export function notificationText(notice: Notice, language: Language): string {
  const head = headOf(notice)[language];
  const details = detailsOf(notice, language);
  const about = notice.title === null ? notice.holder : titled(notice.title, notice.holder, language);
  return language === 'zh'
    ? [`${head}：${about}`, ...details].join('；')
    : [`${head}: ${about}`, ...details].join('; ');
}
