// What a notice keeps beside its text, by its type: what its event recorded without the long parts, or its own facts.
import { z } from 'zod';
import { EVENT_DATA, PlaceText, type EventType } from '../assignment/happening.ts';
import { DIRECTIVE_EVENT_DATA, type DirectiveEventType } from '../directive/directive-event-data.ts';
import { Role } from '../organisation/organisation.ts';
import { Channel } from './channel.ts';
import type { OwnNotice } from './notices.ts';

const Text = z.string();
const Count = z.int().min(0);

/** Left out of a notice: a person who opens it reads them at the assignment. */
const HEAVY: ReadonlySet<string> = new Set(['values', 'old', 'notified', 'carried', 'digest', 'items']);
const withoutHeavy = <T>(all: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(all).filter(([key]) => !HEAVY.has(key)));

/** What a notice keeps of the data of its event. */
export const slimmed = (data: object): Record<string, unknown> => withoutHeavy({ ...data });

/** Every notice of an event names the directive and the place the event concerns. */
const ABOUT = { title: Text, holder: PlaceText };
/** Of a notice that speaks of several assignments: how many others, and the first of them. */
const GATHERED = { others: Count.min(1).exactOptional(), also: z.array(Text).exactOptional() };
/** Beyond what the event recorded. `by`: the person who urges. */
const MORE: Partial<Record<EventType, z.ZodRawShape>> = {
  urged: { ...GATHERED, by: Text.nullable() },
  overdue: GATHERED,
  receiptOverdue: GATHERED,
  reminded: GATHERED,
  escalated: GATHERED,
};

/** Of an event of an assignment, in every shape ever written. */
export const noticeDataOf = (type: EventType): z.ZodObject =>
  z.strictObject({ ...withoutHeavy<z.ZodType>(EVENT_DATA[type].shape), ...ABOUT, ...MORE[type] });

/** Of an event of a directive as a whole. */
export const directiveNoticeDataOf = (type: DirectiveEventType): z.ZodObject =>
  z.strictObject({ ...withoutHeavy<z.ZodType>(DIRECTIVE_EVENT_DATA[type].shape), ...ABOUT });

const SeatNamed = { place: PlaceText, name: Text, role: Role };
/** One notice tells a person all that concerns them; the first of it gives the type. */
const HandData = z.strictObject({
  taken: z.array(z.strictObject({ ...SeatNamed, open: Count, overdue: Count })).exactOptional(),
  late: z.array(z.strictObject({ assignment: Text, title: Text })).exactOptional(),
  /** Where all of it stands. */
  list: Text.exactOptional(),
  ended: z.array(z.strictObject(SeatNamed)).exactOptional(),
  changes: z.array(z.strictObject({ ...SeatNamed, from: z.array(Text), to: z.array(Text) })).exactOptional(),
  /** Changes beyond those named. */
  more: Count.exactOptional(),
});
export type HandData = z.infer<typeof HandData>;

/** Of what stands in no log. A notice without its row does not compile. */
export const OWN_NOTICE_DATA = {
  /** `to`: the place asked; `cause`: the event that ended the offer. */
  transferLapsed: z.strictObject({ ...ABOUT, to: PlaceText, cause: z.enum(Object.keys(EVENT_DATA)) }),
  postTaken: HandData,
  postEnded: HandData,
  liaisonChanged: HandData,
  /** `of`: the type of the notice that could not be delivered; one of changed hands names no directive. */
  deliveryFailed: z.strictObject({
    title: Text.exactOptional(),
    holder: PlaceText.exactOptional(),
    channel: Channel,
    delivery: z.int(),
    of: Text,
    reason: Text,
  }),
  tokenMade: z.strictObject({ token: Text, name: Text, madeBy: Text }),
} as const satisfies Record<OwnNotice, z.ZodObject>;
