// A notification as its reader gets it, in a list and in the stream alike.
import type { NotificationAnswer } from '../../contract/notifications.ts';
import type { NotificationRow } from '../../db/queries/notification.ts';
import type { Language } from '../../domain/failure.ts';
import { notificationText } from '../../domain/delivery/notification-text.ts';
import { nameOf, type Directory, type Place } from '../../domain/organisation/organisation.ts';

/** The command door writes the holder it concerns as a place; without one the last code of the path is the unit's. */
function holderName(directory: Directory, { data, assignment, directive }: NotificationRow): string {
  const place = data['holder'];
  if (typeof place === 'string' && /^(unit|taskForce)\//.test(place))
    return nameOf(directory, place as Place);
  const named = data['name'];
  if (directive === null) return typeof named === 'string' ? named : '';
  return (assignment ?? directive).split('.').at(-1) ?? '';
}

export const notificationAnswer = (
  row: NotificationRow,
  directory: Directory,
  language: Language,
): NotificationAnswer => ({
  id: String(row.id),
  type: row.type,
  at: row.at.toISOString(),
  readAt: row.readAt?.toISOString() ?? null,
  directive:
    row.directive === null
      ? null
      : { id: row.directive, number: row.number ?? '', title: row.title ?? row.directive },
  assignment: row.assignment,
  text: notificationText(
    { type: row.type, title: row.title, holder: holderName(directory, row), data: row.data },
    language,
  ),
  data: row.data,
});
