// A due time as people speak of it, in the working time that is left of it or has passed since.
import {
  addWorking,
  CalendarYearUnknown,
  nextOpening,
  workdayMs,
  workingBetween,
  type Calendar,
} from './calendar.ts';
import { dayReader } from './day-reader.ts';
import { dayOf, startOf } from './day.ts';
import type { Language } from '../failure.ts';
import { DAY_MS, type Millis } from '../instant.ts';

/** `suspendedUntil`: the clock stands still until then; null while it runs. */
export type DueTime = { dueAt: Millis; suspendedUntil: Millis | null };

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Above so many hours people count in days. */
const HOURS_SPOKEN = 16;

const WEEKDAYS = {
  zh: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
} as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const NEAR: Record<Language, Record<number, string>> = {
  zh: { [-2]: '前天', [-1]: '昨天', 0: '今天', 1: '明天', 2: '后天' },
  en: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
};

/** The time of day in China, `09:30`. */
export const clockText = (at: Millis): string => {
  const minutes = Math.floor((at - startOf(dayOf(at))) / MINUTE_MS);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

/** The day as it is called today: 明天, 12月4日（周五）, and a year that is not this one. */
export function dayWords(at: Millis, now: Millis, language: Language): string {
  const day = dayOf(at);
  const near = NEAR[language][day - dayOf(now)];
  if (near !== undefined) return near;
  const date = new Date(day * DAY_MS);
  const weekday = WEEKDAYS[language][date.getUTCDay() as 0];
  const isThisYear = date.getUTCFullYear() === new Date(dayOf(now) * DAY_MS).getUTCFullYear();
  if (language === 'zh') {
    const year = isThisYear ? '' : `${date.getUTCFullYear()}年`;
    return `${year}${date.getUTCMonth() + 1}月${date.getUTCDate()}日（${weekday}）`;
  }
  const year = isThisYear ? '' : ` ${date.getUTCFullYear()}`;
  return `${weekday} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth() as 0]}${year}`;
}

/** A Saturday or Sunday that is worked: people do not expect it, so it is said. */
function makeUpText(calendar: Calendar, at: Millis, language: Language): string {
  if (dayReader(calendar)(dayOf(at))?.kind !== 'makeUp') return '';
  return language === 'zh' ? '（调休上班）' : ' (a working day)';
}

/** `at` as `明天 14:00`, or in English `14:00 tomorrow`; `aside` stands with the day. */
export function instantText(at: Millis, now: Millis, language: Language, aside = ''): string {
  const [day, clock] = [`${dayWords(at, now, language)}${aside}`, clockText(at)];
  if (language === 'zh') return `${day}${day.endsWith('）') ? '' : ' '}${clock}`;
  return `${clock} ${/\d/.test(day) ? 'on ' : ''}${day}`;
}

/** Whole minutes, half hours or days of working time, rounded down: never more than there is. */
function amountText(calendar: Calendar, ms: number, language: Language): string {
  const always = calendar.roundTheClock;
  const minutes = Math.max(1, Math.floor(ms / MINUTE_MS));
  const hours = Math.floor(ms / (HOUR_MS / 2)) / 2;
  const days = Math.floor(ms / workdayMs(calendar));
  if (language === 'zh') {
    if (minutes < 60) return `${minutes} 分钟`;
    if (hours <= HOURS_SPOKEN || days < 1) return `${hours} 个${always ? '' : '工作'}小时`;
    return always ? `${days} 天` : `${days} 个工作日`;
  }
  const many = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
  if (minutes < 60) return many(minutes, 'minute');
  if (hours <= HOURS_SPOKEN || days < 1) return many(hours, always ? 'hour' : 'working hour');
  return many(days, always ? 'day' : 'working day');
}

/** What has passed since, to the minute within a day: `1 小时 20 分`. */
function lateText(calendar: Calendar, ms: number, language: Language): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes >= HOURS_SPOKEN * 60) return amountText(calendar, ms, language);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  const [h, m] = language === 'zh' ? [' 小时', ' 分'] : [' h', ' min'];
  return [...(hours > 0 ? [`${hours}${h}`] : []), ...(rest > 0 || hours === 0 ? [`${rest}${m}`] : [])].join(
    ' ',
  );
}

function overdueText(calendar: Calendar, { dueAt }: DueTime, now: Millis, language: Language): string {
  const when = instantText(dueAt, now, language);
  const late = workingBetween(calendar, dueAt, now);
  // Nothing has been worked since: it is late all the same.
  if (late < MINUTE_MS) return language === 'zh' ? `${when} 到期，已逾期` : `due ${when}, overdue`;
  const amount = lateText(calendar, late, language);
  return language === 'zh' ? `${when} 到期，已逾期 ${amount}` : `due ${when}, ${amount} overdue`;
}

/** Does working time run at this instant? Its first millisecond would count. */
const isRunning = (calendar: Calendar, now: Millis): boolean =>
  calendar.roundTheClock || addWorking(calendar, now, { days: 0, ms: 1 }) === now + 1;

function comingText(calendar: Calendar, { dueAt }: DueTime, now: Millis, language: Language): string {
  const when = instantText(dueAt, now, language, makeUpText(calendar, dueAt, language));
  const left = workingBetween(calendar, now, dueAt);
  const isChinese = language === 'zh';
  if (dueAt - now <= MINUTE_MS) return isChinese ? `${when} 前，就是现在` : `by ${when}, now`;
  // Due outside hours: no working time is left, and it is not yet late.
  if (left <= 0) return isChinese ? `${when} 前` : `by ${when}`;
  const amount = amountText(calendar, left, language);
  if (isRunning(calendar, now))
    return isChinese ? `${when} 前，还有 ${amount}` : `by ${when}, ${amount} left`;
  const opening = instantText(startOfWork(calendar, now), now, language);
  return isChinese
    ? `${when} 前（${opening} 起计时，${amount}）`
    : `by ${when} (counting from ${opening}, ${amount})`;
}

/** When working time runs again: after a break of this day, or at the next opening. */
const startOfWork = (calendar: Calendar, now: Millis): Millis => {
  const first = addWorking(calendar, now, { days: 0, ms: 1 }) - 1;
  return first > now ? first : nextOpening(calendar, now);
};

/**
 * One sentence for a due time at an instant, in China's time for every reader: page.md §6.8. Where the calendar does
 * not know the year, or is not there, the time stands alone: what is left is reckoned, never guessed.
 */
export function dueText(calendar: Calendar | null, due: DueTime, now: Millis, language: Language): string {
  if (due.suspendedUntil !== null) {
    const until = instantText(due.suspendedUntil, now, language);
    return language === 'zh' ? `已挂起至 ${until}` : `suspended until ${until}`;
  }
  const when = instantText(due.dueAt, now, language);
  const isLate = due.dueAt < now;
  const plain = (): string => {
    if (language === 'zh') return isLate ? `${when} 到期，已逾期` : `${when} 前`;
    return isLate ? `due ${when}, overdue` : `by ${when}`;
  };
  if (calendar === null) return plain();
  try {
    return (isLate ? overdueText : comingText)(calendar, due, now, language);
  } catch (error) {
    if (error instanceof CalendarYearUnknown) return plain();
    throw error;
  }
}
