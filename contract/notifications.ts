// The reader's notices, and marking them read (api.md §8).
import { z } from 'zod';
import { defineCall } from './call.ts';
import { published } from './naming.ts';
import { pageAnswer, pageQuery } from './page.ts';

export const NotificationAnswer = published(
  'Notification',
  z.strictObject({
    id: z.string(),
    type: z.string(),
    at: z.string(),
    readAt: z.string().nullable(),
    /** null for a notice about the person alone, such as a token made for them. */
    directive: z.strictObject({ id: z.string(), number: z.string(), title: z.string() }).nullable(),
    assignment: z.string().nullable(),
    text: z.string(),
    /** The data of the notice's type beside its text: it is for programs, and new types will come. */
    data: z.record(z.string(), z.unknown()),
  }),
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
