// An event of the log as readers see it; `<desk>#<seq>` names it.
import { z } from 'zod';
import type { EventPosition, EventRow } from '../db/queries/event.ts';
import { shownEvent } from '../domain/shown-event.ts';
import { named } from './openapi.ts';

export const EventAnswer = named(
  'Event',
  z.object({
    id: z.string(),
    seq: z.int(),
    at: z.string(),
    received: z.string(),
    type: z.string(),
    assignment: z.string().nullable(),
    actor: z.string().nullable(),
    token: z.string().nullable(),
    data: z.unknown(),
    hash: z.string(),
  }),
);

export const eventView = (event: EventRow): z.output<typeof EventAnswer> => shownEvent(event);

export const EventCursor = z
  .tuple([z.int(), z.string().regex(/^\d{1,20}$/), z.string().max(300), z.int()])
  .transform(([epoch, tx, desk, seq]): EventPosition => ({ epoch, tx, desk, seq }));

export const positionOf = ({ epoch, tx, desk, seq }: EventRow): [number, string, string, number] => [
  epoch,
  tx,
  desk,
  seq,
];
