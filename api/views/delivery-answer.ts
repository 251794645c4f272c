// A delivery as people see it: what went where, in words, and what became of it.
import { z } from 'zod';
import type { DeliveryRow } from '../../db/queries/delivery.ts';
import { Channel } from '../../domain/delivery/channel.ts';
import type { Language } from '../../domain/failure.ts';
import { messageOf } from '../../domain/delivery/message.ts';
import type { Directory } from '../../domain/organisation/organisation.ts';
import { named } from '../openapi.ts';

export const DeliveryState = z.enum(['waiting', 'sent', 'failed', 'collapsed', 'suppressed']);

export const DeliveryAnswer = named(
  'Delivery',
  z.object({
    id: z.string(),
    channel: Channel,
    state: DeliveryState,
    /** null for a webhook, which goes to another system. */
    person: z.object({ id: z.string(), name: z.string() }).nullable(),
    endpoint: z.object({ id: z.string(), name: z.string() }).nullable(),
    type: z.string(),
    directive: z.string().nullable(),
    assignment: z.string().nullable(),
    text: z.string(),
    at: z.string(),
    dueAt: z.string(),
    /** Waits for the person's next digest. */
    digest: z.boolean(),
    attempts: z.int(),
    sentAt: z.string().nullable(),
    /** What the other side said last. */
    said: z.string().nullable(),
    /** The delivery it went out with, and the one that failed before it. */
    goesWith: z.string().nullable(),
    follows: z.string().nullable(),
  }),
);
export type DeliveryAnswer = z.infer<typeof DeliveryAnswer>;

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
