// Rows of `notification`: what a person was told, and whether it has been read.
import type { Db } from '../pool.ts';

export type NotificationRow = {
  id: number;
  type: string;
  directive: string | null;
  number: string | null;
  title: string | null;
  assignment: string | null;
  data: Record<string, unknown>;
  at: Date;
  readAt: Date | null;
};

/** Selected from `notification n left join directive d on d.id = n.directive`. */
export const NOTIFICATION_COLUMNS = `
  n.id, n.type, n.directive, d.number, d.title, n.assignment, n.data, n.at, n.read_at as "readAt"`;

/** A person's own, newest first; `before` is the last id already shown. */
export async function listNotifications(
  db: Db,
  filter: { person: string; unread: boolean; before: number | null; limit: number },
): Promise<NotificationRow[]> {
  // Two statements, so that the unread ones are found by their own index however many have been read.
  const { rows } = await db.query<NotificationRow>({
    name: filter.unread ? 'notification/list_unread' : 'notification/list',
    text: `
      select ${NOTIFICATION_COLUMNS}
        from notification n
        left join directive d on d.id = n.directive
       where n.person = $1
         and ($2::bigint is null or n.id < $2)
         ${filter.unread ? 'and n.read_at is null' : ''}
       order by n.id desc
       limit $3`,
    values: [filter.person, filter.before, filter.limit],
  });
  return rows;
}

/** One of a person's own, or null. */
export async function findNotification(db: Db, person: string, id: number): Promise<NotificationRow | null> {
  const { rows } = await db.query<NotificationRow>({
    name: 'notification/find',
    text: `
      select ${NOTIFICATION_COLUMNS}
        from notification n
        left join directive d on d.id = n.directive
       where n.id = $1
         and n.person = $2`,
    values: [id, person],
  });
  return rows[0] ?? null;
}

/** Tells a person of something that belongs to no directive, in the transaction that does it. */
export async function insertPersonalNotification(
  db: Db,
  notification: { person: string; type: string; data: Record<string, unknown> },
): Promise<void> {
  await db.query({
    name: 'notification/insert_personal',
    text: `
      insert into notification (epoch, tx, person, type, data, at)
      select epoch, pg_current_xact_id(), $1, $2, $3, clock_timestamp() from installation`,
    values: [notification.person, notification.type, JSON.stringify(notification.data)],
  });
}

/** Reading twice keeps the first time. */
export async function markRead(db: Db, person: string, id: number): Promise<void> {
  await db.query({
    name: 'notification/mark_read',
    text: `update notification set read_at = now() where id = $1 and person = $2 and read_at is null`,
    values: [id, person],
  });
}

/** How many of a person's own have not been read; by the index of the unread, however many have been. */
export async function countUnread(db: Db, person: string): Promise<number> {
  const { rows } = await db.query<{ unread: number }>({
    name: 'notification/count_unread',
    text: `select count(*)::int as unread from notification where person = $1 and read_at is null`,
    values: [person],
  });
  return rows[0]?.unread ?? 0;
}

/**
 * Marks all of a person's own as read; with `upTo` none that came after that one, which the person has not seen yet.
 * Answers how many.
 */
export async function markAllRead(db: Db, person: string, upTo: number | null): Promise<number> {
  const { rowCount } = await db.query({
    name: 'notification/mark_all_read',
    text: `
      update notification set read_at = now()
       where person = $1 and read_at is null and ($2::bigint is null or id <= $2)`,
    values: [person, upTo],
  });
  return rowCount ?? 0;
}
