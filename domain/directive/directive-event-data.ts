// What each event of a directive as a whole records; append only, read for ever.
import { z } from 'zod';
import { HandUpHead } from './hand-up.ts';

const Text = z.string();
const Count = z.int().min(0);
const HandUp = z.strictObject({
  n: Count,
  digest: Text,
  number: Text.exactOptional(),
  note: Text.exactOptional(),
  items: z.array(HandUpHead),
});

/** Each reads every shape ever written of it: add types and optional fields, never rename, never require. */
export const DIRECTIVE_EVENT_DATA = {
  /** `outcome`: by itself, once all was settled; by the office's hand it is left out. */
  closed: z.strictObject({ outcome: z.literal('settled').exactOptional(), note: Text.exactOptional() }),
  /** `number`: what it is called since, so that its own number is free; `was`: that one. */
  cancelled: z.strictObject({
    reason: Text.exactOptional(),
    number: Text.exactOptional(),
    was: Text.exactOptional(),
  }),
  /** `changed`: which parts of it. What they said before and say now is kept beside the log. */
  amended: z.strictObject({
    amendment: Count,
    note: Text,
    changed: z.array(Text),
    dueAt: Text.exactOptional(),
  }),
  /** Planned again in another version of its calendar. */
  rescheduled: z.strictObject({
    cause: z.literal('calendar'),
    calendar: Text,
    version: Count,
    dueAt: Text,
    was: Text,
  }),
  handedUp: HandUp,
  handUpRestated: HandUp,
} as const;

export type DirectiveEventType = keyof typeof DIRECTIVE_EVENT_DATA;
export type DirectiveEventData = { [T in DirectiveEventType]: z.infer<(typeof DIRECTIVE_EVENT_DATA)[T]> };
