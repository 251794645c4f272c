// The reader's own notifications, newest first, and the mark that the reader has read them.
import { Router } from 'express';
import { NOTIFICATION_CALLS, NOTIFICATION_ID } from '../../../contract/notifications.ts';
import {
  countUnread,
  findNotification,
  listNotifications,
  markAllRead,
  markRead,
} from '../../../db/queries/notification.ts';
import { actorOf } from '../../access/authenticate.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf, refused } from '../../errors.ts';
import { notificationAnswer } from '../../views/notification-answer.ts';
import { once } from '../../once.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';

export function notificationsRouter({ pool, directory }: RouteDeps): Router {
  const router = Router();

  serve(router, NOTIFICATION_CALLS.list, async ({ req, query: { limit, cursor, unread } }) => {
    const filter = {
      person: actorOf(req).person,
      unread: unread ?? false,
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
    return { ...page, unread: await countUnread(pool, filter.person) };
  });

  serve(router, NOTIFICATION_CALLS.unread, async ({ req }) => ({
    unread: await countUnread(pool, actorOf(req).person),
  }));

  serve(router, NOTIFICATION_CALLS.readAll, ({ req, body: { upTo } }) => {
    const { person } = actorOf(req);
    return once(pool, req, {
      work: async (tx) => ({
        status: 200,
        kept: await markAllRead(tx, person, upTo === undefined ? null : Number(upTo)),
      }),
      present: async (db, read) => ({ read, unread: await countUnread(db, person) }),
    });
  });

  serve(router, NOTIFICATION_CALLS.markRead, async ({ req, params }) => {
    const id = NOTIFICATION_ID.test(params.id) ? Number(params.id) : null;
    const { person } = actorOf(req);
    if (id === null || (await findNotification(pool, person, id)) === null) throw refused('NOT_FOUND');
    return once(pool, req, {
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
  });

  return router;
}
