// What people are told that stands in no log: one row a notice says how soon, and in which words.
import { ASSIGNMENT_EVENTS } from '../assignment/event/assignment-events.ts';
import { DIRECTIVE_EVENTS } from '../directive/directive-events.ts';
import { NEWS, type NoticeData, type NoticeRow, type NoticeWords } from '../assignment/event/event-row.ts';

const NOTICES = {
  transferLapsed: {
    pace: 'prompt',
    words: {
      zh: '转办请求已失效，无需答复',
      en: 'The transfer you were asked for has lapsed, no answer is needed',
    },
  },
  postTaken: {
    pace: 'prompt',
    words: { zh: '您已接任岗位，请接手在办任务', en: 'You have taken a post, with work to go on with' },
  },
  postEnded: { pace: 'patient', words: { zh: '您的岗位已结束', en: 'Your post has ended' } },
  liaisonChanged: {
    pace: 'patient',
    words: { zh: '对接人员有变动', en: 'People you work with have changed' },
  },
  deliveryFailed: { pace: 'patient', words: { zh: '通知未能送达', en: 'A notice could not be delivered' } },
  tokenMade: {
    pace: 'patient',
    words: { zh: '管理员为您创建了访问令牌', en: 'An administrator made a token for you' },
  },
} as const satisfies Record<string, NoticeRow>;

export type OwnNotice = keyof typeof NOTICES;

const ROWS: Readonly<Record<string, NoticeRow>> = { ...NOTICES, ...DIRECTIVE_EVENTS, ...ASSIGNMENT_EVENTS };

/** Undefined for a type that only another version of this program knows. */
const rowOf = (type: string): NoticeRow | undefined => (Object.hasOwn(ROWS, type) ? ROWS[type] : undefined);

export function noticeHead({ type, data }: { type: string; data: NoticeData }): NoticeWords {
  const words = rowOf(type)?.words ?? NEWS;
  return typeof words === 'function' ? words(data) : words;
}

/** The floor that cannot be switched off. */
export const isFloor = (type: string, data: NoticeData): boolean => rowOf(type)?.isFloor?.(data) ?? false;

export const isPrompt = (type: string): boolean => rowOf(type)?.pace === 'prompt';
