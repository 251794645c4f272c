// What happens to a directive as a whole, in the office's desk: one row an event, as for assignments.
import { z } from 'zod';
import type { EventType } from '../assignment/happening.ts';
import { HandUpHead } from './hand-up.ts';
import { ASSIGNMENT_EVENTS } from '../assignment/event/assignment-events.ts';
import type { NoticeRow } from '../assignment/event/event-row.ts';

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

type DirectiveEventRow<T extends DirectiveEventType> = NoticeRow & {
  /** Reads every shape ever written. */
  schema: (typeof DIRECTIVE_EVENT_DATA)[T];
  /** Those below hear by the events of their own assignments. */
  told: 'superior' | 'nobody';
};

/** Machines hear of it in the words of the assignments' event of that name. */
const like = (type: EventType): NoticeRow => ({
  pace: ASSIGNMENT_EVENTS[type].pace,
  words: ASSIGNMENT_EVENTS[type].words,
});

/** An event without its row does not compile. */
export const DIRECTIVE_EVENTS: { readonly [T in DirectiveEventType]: DirectiveEventRow<T> } = {
  closed: { schema: DIRECTIVE_EVENT_DATA.closed, told: 'nobody', ...like('closed') },
  cancelled: { schema: DIRECTIVE_EVENT_DATA.cancelled, told: 'nobody', ...like('cancelled') },
  amended: { schema: DIRECTIVE_EVENT_DATA.amended, told: 'nobody', ...like('amended') },
  rescheduled: { schema: DIRECTIVE_EVENT_DATA.rescheduled, told: 'nobody', ...like('rescheduled') },
  handedUp: {
    schema: DIRECTIVE_EVENT_DATA.handedUp,
    told: 'superior',
    pace: 'patient',
    words: { zh: '汇总数据已报送，请查收', en: 'Figures handed up to you' },
  },
  handUpRestated: {
    schema: DIRECTIVE_EVENT_DATA.handUpRestated,
    told: 'superior',
    pace: 'patient',
    words: { zh: '已报送的汇总数据有更正', en: 'Figures handed up to you have been restated' },
  },
};
