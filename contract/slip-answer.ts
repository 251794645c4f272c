// A supervision slip as readers see it, in lists, by itself and at its event.
import { z } from 'zod';
import { SlipColor, SlipFacts } from '../domain/paper/slip/slip.ts';
import { published } from './naming.ts';
import { DirectiveNameAnswer, ItemNameAnswer, PlaceAnswer } from './places.ts';

export const SlipAnswer = published(
  'Slip',
  z.strictObject({
    id: z.string(),
    number: z.string(),
    color: SlipColor,
    directive: DirectiveNameAnswer.omit({ urgency: true }),
    item: ItemNameAnswer,
    assignment: z.string(),
    office: PlaceAnswer,
    holder: PlaceAnswer,
    issuer: PlaceAnswer,
    clock: SlipFacts.shape.clock,
    since: z.string(),
    dueAt: z.string(),
    at: z.string(),
    countersignedAt: z.string().nullable(),
    countersignedBy: z.strictObject({ person: z.string(), name: z.string() }).nullable(),
    /** Where the document is, from the root of the site. */
    document: z.string(),
  }),
);
export type SlipAnswer = z.infer<typeof SlipAnswer>;

/** The slip that came with an event, as the event shows it. */
export const EventSlip = SlipAnswer.pick({
  id: true,
  number: true,
  color: true,
  document: true,
  countersignedAt: true,
});
export type EventSlip = z.infer<typeof EventSlip>;
