// The text of a notification, in both languages, from its type and its event's data.
import type { Language } from '../failure.ts';
import { isDuration, readDuration, whenText } from '../instant.ts';
import { handDetails } from './hand-words.ts';
import { wordsOfKey, type NoticeWords } from '../assignment/event/event-row.ts';
import { noticeHead } from './notices.ts';

/** `holder` is the name people read; `data` is as the event wrote it, from any version of this program. */
export type NoticeFacts = {
  type: string;
  title: string | null;
  holder: string;
  data: Readonly<Record<string, unknown>>;
};

/** Longer reasons are read at the assignment. */
const MAX_QUOTE = 200;

/** `2026年11月24日`, in China. */
export function dayText(instant: string, language: Language): string {
  const day = (whenText(instant) ?? instant).slice(0, 10);
  const [year = '', month = '', date = ''] = day.split('-');
  return language === 'zh' ? `${year}年${Number(month)}月${Number(date)}日` : day;
}

export function durationText(value: unknown, language: Language): string | null {
  if (typeof value !== 'string' || !isDuration(value)) return null;
  const { days, ms } = readDuration(value);
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

const SLIPS: Readonly<Record<string, NoticeWords>> = {
  blue: { zh: '蓝色督办单', en: 'blue slip' },
  yellow: { zh: '黄色督办单', en: 'yellow slip' },
  red: { zh: '红色督办单', en: 'red slip' },
};

/** `时限 2026-11-24 17:30`; where it has moved, from when; where it is only asked for, that it is. */
function dueText({ type, data }: NoticeFacts, language: Language): string | null {
  const due = whenText(data['dueAt']);
  const was = whenText(data['was']);
  if (due === null) return null;
  if (type === 'extensionRequested') return { zh: `申请延至 ${due}`, en: `until ${due}` }[language];
  if (was === null || was === due) return { zh: `时限 ${due}`, en: `due ${due}` }[language];
  return { zh: `时限由 ${was} 改为 ${due}`, en: `due ${due} instead of ${was}` }[language];
}

const SILENT: NoticeWords = {
  zh: 'A 岗未回应，请 B 岗介入',
  en: 'liaison A has not answered, liaison B is called in',
};

const PASSED: NoticeWords = {
  zh: '所定岗位无人在岗，已转上一级',
  en: 'the post named is vacant, so it has passed to the level above',
};

/** Where it passed to the level above: a rung always does, a reminder only for a liaison B there is not. */
function passedWords({ type, data }: NoticeFacts): NoticeWords | null {
  const isSilent = typeof data['unanswered'] === 'number' && data['unanswered'] > 2;
  return typeof data['passedTo'] === 'string' && (type === 'escalated' || isSilent) ? PASSED : null;
}

/** Why an offer needs no answer any more, by the event that ended it. */
const LAPSED: Readonly<Record<string, NoticeWords>> = {
  cancelled: { zh: '任务已撤销', en: 'the assignment is cancelled' },
  closed: { zh: '收集已结束', en: 'the collecting has ended' },
  approved: { zh: '收集已结束', en: 'the collecting has ended' },
  transferred: { zh: '交办单位已另行指定承办单位', en: 'the issuer has given it to somebody else' },
};
const REPORTED: NoticeWords = { zh: '原承办单位已报送', en: 'its holder has reported' };
const lapsedWords = ({ type, data }: NoticeFacts): NoticeWords | null =>
  type === 'transferLapsed' ? (wordsOfKey(LAPSED, data['cause']) ?? REPORTED) : null;

/** An urge to all who owe reaches each person once, at one of their assignments. */
const ALL_OWED: NoticeWords = {
  zh: '本交办件中如有其他欠报任务，请一并报送',
  en: 'and anything else that you owe in this directive',
};

/** Further facts of a notice: until when, how soon, why, how complete. */
export function noticeDetails(notice: NoticeFacts, language: Language): string[] {
  const { data } = notice;
  const until = whenText(data['until']);
  const before = durationText(data['before'], language);
  const isBroughtIn = Array.isArray(data['broughtIn']) && data['broughtIn'].length > 0;
  const details = [
    ...handDetails(notice, language),
    isBroughtIn ? SILENT[language] : null,
    passedWords(notice)?.[language] ?? null,
    lapsedWords(notice)?.[language] ?? null,
    wordsOfKey(SLIPS, data['slip'])?.[language] ?? null,
    until === null ? null : { zh: `至 ${until}`, en: `until ${until}` }[language],
    dueText(notice, language),
    before === null ? null : { zh: `距时限 ${before}`, en: `${before} before it is due` }[language],
    coverageText(data['coverage'], language),
    notice.type === 'urged' && typeof data['below'] === 'string' ? ALL_OWED[language] : null,
    quote(data['reason']) ?? quote(data['basis']) ?? quote(data['note']) ?? quote(data['text']),
  ];
  return details.filter((detail) => detail !== null);
}

const titled = (title: string, holder: string, language: Language): string =>
  language === 'zh' ? `《${title}》，${holder}` : `“${title}”, ${holder}`;

/** `东大街道等 20 家`: of a notice that speaks of several. */
function holdersText({ holder, data }: NoticeFacts, language: Language): string {
  const others = data['others'];
  if (typeof others !== 'number' || others < 1) return holder;
  return { zh: `${holder}等 ${others + 1} 家`, en: `${holder} and ${others} more` }[language];
}

/** `已退回，请重报：《志愿者站点》，东大街道；时限 2026-11-24 17:30；数据不符` */
export function notificationText(notice: NoticeFacts, language: Language): string {
  const head = noticeHead(notice)[language];
  const details = noticeDetails(notice, language);
  const holder = holdersText(notice, language);
  const about = notice.title === null ? holder : titled(notice.title, holder, language);
  const first = [head, about].filter((part) => part !== '');
  return language === 'zh'
    ? [first.join('：'), ...details].join('；')
    : [first.join(': '), ...details].join('; ');
}
