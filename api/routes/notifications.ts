// What the reader was told: one's own list, newest first, and the mark that one has read.
import { Router } from 'express';
import { z } from 'zod';
import {
  countUnread,
  findNotification,
  listNotifications,
  markAllRead,
  markRead,
} from '../../db/queries/notification.ts';
import { actorOf } from '../access/authenticate.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { languageOf, refused } from '../errors.ts';
import { NotificationAnswer, notificationAnswer } from '../views/notification-answer.ts';
import { once } from '../once.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, pageQuery, readCursor, SeqCursor } from '../page.ts';
import { param, parseEnvelope, parseQuery } from '../parse.ts';

const ListQuery = z.strictObject({ ...pageQuery, unread: z.enum(['true', 'false']).optional() });
const ReadBody = z.strictObject({});
/** Sixteen digits are more than were ever counted, and fit a number. */
const NOTIFICATION_ID = /^[1-9]\d{0,15}$/;
const ReadAllBody = z.strictObject({
  /** The newest one that was shown: what has come since stays unread. */
  upTo: z.string().regex(NOTIFICATION_ID).optional(),
});
const Unread = z.object({ unread: z.int() });
const ReadAll = named('NotificationsRead', Unread.extend({ read: z.int() }));

describe({
  method: 'get',
  path: '/notifications',
  tag: 'notifications',
  summary: 'What you were told, newest first',
  query: ListQuery,
  answer: pageSchema(NotificationAnswer).extend(Unread.shape),
});
describe({
  method: 'post',
  path: '/notifications/{id}/read',
  tag: 'notifications',
  summary: 'Marks one of your notifications as read',
  body: ReadBody,
  answer: NotificationAnswer,
});

describe({
  method: 'get',
  path: '/notifications/unread',
  tag: 'notifications',
  summary: 'How many of your notifications are unread',
  answer: named('UnreadCount', Unread),
});
describe({
  method: 'post',
  path: '/notifications/read-all',
  tag: 'notifications',
  summary: 'Marks all of your notifications as read, or those up to one',
  body: ReadAllBody,
  answer: ReadAll,
});

export function notificationsRouter({ pool, directory }: RouteDeps): Router {
  const router = Router();

  router.get('/notifications', async (req, res) => {
    const { limit, cursor, unread } = parseQuery(ListQuery, req);
    const filter = {
      person: actorOf(req).person,
      unread: unread === 'true',
      before: readCursor(SeqCursor, cursor),
      limit: limit + 1,
    };
    const [rows, people] = [await listNotifications(pool, filter), await directory.current(pool)];
    const language = languageOf(req);
    const page = pageOf(
      rows,
      limit,
      (row) => row.id,
      (row) => notificationAnswer(row, people, language),
    );
    res.json({ ...page, unread: await countUnread(pool, filter.person) });
  });

  router.get('/notifications/unread', async (req, res) => {
    res.json({ unread: await countUnread(pool, actorOf(req).person) });
  });

  router.post('/notifications/read-all', json(), async (req, res) => {
    const { upTo } = parseEnvelope(ReadAllBody, req.body);
    const { person } = actorOf(req);
    const { status, body } = await once<number>(pool, req, {
      work: async (tx) => ({
        status: 200,
        kept: await markAllRead(tx, person, upTo === undefined ? null : Number(upTo)),
      }),
      present: async (db, read) => ({ read, unread: await countUnread(db, person) }),
    });
    res.status(status).json(body);
  });

  router.post('/notifications/:id/read', json(), async (req, res) => {
    parseEnvelope(ReadBody, req.body);
    const text = param(req, 'id');
    const id = NOTIFICATION_ID.test(text) ? Number(text) : null;
    const { person } = actorOf(req);
    if (id === null || (await findNotification(pool, person, id)) === null) throw refused('NOT_FOUND');
    const { status, body } = await once<number>(pool, req, {
      work: async (tx) => {
        await markRead(tx, person, id);
        return { status: 200, kept: id };
      },
      present: async (db, kept) => {
        const row = await findNotification(db, person, kept);
        if (row === null) throw refused('NOT_FOUND');
        return notificationAnswer(row, await directory.current(db), languageOf(req));
      },
    });
    res.status(status).json(body);
  });

  return router;
}
