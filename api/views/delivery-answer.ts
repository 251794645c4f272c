// A delivery as people see it: its message and destination in words, and its outcome.
import type { DeliveryAnswer } from '../../contract/deliveries.ts';
import type { DeliveryRow } from '../../db/queries/delivery.ts';
import type { Language } from '../../domain/failure.ts';
import { messageOf } from '../../domain/delivery/message.ts';
import type { Directory } from '../../domain/organisation/organisation.ts';

const idOrNull = (id: number | null): string | null => (id === null ? null : String(id));

export const deliveryAnswer = (
  row: DeliveryRow,
  directory: Directory,
  language: Language,
): DeliveryAnswer => ({
  id: String(row.id),
  channel: row.channel,
  state: row.state,
  person:
    row.person === null
      ? null
      : { id: row.person, name: directory.people.get(row.person)?.name ?? row.person },
  endpoint: row.endpoint === null ? null : { id: row.endpoint, name: row.endpointName ?? row.endpoint },
  type: row.type,
  directive: row.directive,
  assignment: row.assignment,
  text: messageOf(row, directory, language).lines.join('\n'),
  at: row.at.toISOString(),
  dueAt: row.dueAt.toISOString(),
  digest: row.digest,
  attempts: row.attempts,
  sentAt: row.sentAt?.toISOString() ?? null,
  said: row.said,
  goesWith: idOrNull(row.goesWith),
  follows: idOrNull(row.follows),
});
