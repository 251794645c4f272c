// The reader's notices, and marking them read (api.md §8).
import { z } from 'zod';
import { EVENT_DATA, type EventType } from '../domain/assignment/happening.ts';
import { DIRECTIVE_EVENTS } from '../domain/directive/directive-events.ts';
import type { DirectiveEventType } from '../domain/directive/directive-event-data.ts';
import { directiveNoticeDataOf, noticeDataOf, OWN_NOTICE_DATA } from '../domain/delivery/notice-data.ts';
import { defineCall } from './call.ts';
import { published, someOptions, titledName } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';

const Told = {
  id: z.string(),
  at: z.string(),
  readAt: z.string().nullable(),
  /** null for a notice about the person alone, such as a token made for them. */
  directive: z.strictObject({ id: z.string(), number: z.string(), title: z.string() }).nullable(),
  assignment: z.string().nullable(),
  text: z.string(),
};

/** One schema a type; the text is for people, the data beside it for programs. */
const noticeAnswer = (type: string, data: z.ZodObject) =>
  published(`${titledName(type)}Notification`, z.strictObject({ ...Told, type: z.literal(type), data }));

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): K[] => Object.keys(table) as K[];
const isToldToPeople = (type: DirectiveEventType): boolean => DIRECTIVE_EVENTS[type].told !== 'none';

export const NotificationAnswer = published(
  'Notification',
  z.discriminatedUnion(
    'type',
    someOptions([
      ...keysOf(EVENT_DATA).map((type: EventType) => noticeAnswer(type, noticeDataOf(type))),
      ...keysOf(DIRECTIVE_EVENTS)
        .filter(isToldToPeople)
        .map((type) => noticeAnswer(type, directiveNoticeDataOf(type))),
      ...keysOf(OWN_NOTICE_DATA).map((type) => noticeAnswer(type, OWN_NOTICE_DATA[type])),
    ]),
  ),
);
export type NotificationAnswer = z.infer<typeof NotificationAnswer>;

/** Sixteen digits are more than were ever counted, and fit a number. */
export const NOTIFICATION_ID = /^[1-9]\d{0,15}$/;

const UnreadCount = published('UnreadCount', z.strictObject({ unread: z.int() }));
const tag = 'notifications';

export const NOTIFICATION_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/notifications',
    tag,
    summary: 'What you were told, newest first',
    query: z.strictObject({ ...pageQuery, unread: z.stringbool().optional() }),
    answers: { 200: pageAnswer(NotificationAnswer).extend(UnreadCount.shape) },
  }),
  unread: defineCall({
    method: 'get',
    path: '/notifications/unread',
    tag,
    summary: 'How many of your notifications are unread',
    answers: { 200: UnreadCount },
  }),
  readAll: defineCall({
    method: 'post',
    path: '/notifications/read-all',
    tag,
    summary: 'Marks all of your notifications as read, or those up to one',
    body: z.strictObject({
      /** The newest one that was shown: later ones stay unread. */
      upTo: z.string().regex(NOTIFICATION_ID).optional(),
    }),
    answers: { 200: published('NotificationsRead', UnreadCount.extend({ read: z.int() })) },
  }),
  markRead: defineCall({
    method: 'post',
    path: '/notifications/{id}/read',
    tag,
    summary: 'Marks one of your notifications as read',
    body: z.strictObject({}),
    answers: { 200: NotificationAnswer },
  }),
};
