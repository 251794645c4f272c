// How a person wants to be told: which channels in which order, when not at all, and when all at once.
import { z } from 'zod';
import { PersonalChannel } from './channel.ts';

const ClockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');
/** Digests are put together every five minutes. */
const DigestTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5][05]$/, 'HH:MM, a multiple of five minutes');

/** After the morning's opening, after the noon break, and an hour before close: in time for what is due at 17:30. */
export const DIGEST_TIMES = ['08:40', '14:00', '16:30'] as const;

const isWithoutRepetition = (list: readonly string[]): boolean => new Set(list).size === list.length;

export const Preferences = z.strictObject({
  /** In this order; null: mail, else the robot of one's place. An empty list leaves the notices that cannot be switched off. */
  channels: z.array(PersonalChannel).max(4).refine(isWithoutRepetition).nullable().default(null),
  /** In China's time; may run over midnight. */
  quietHours: z
    .strictObject({ from: ClockTime, to: ClockTime })
    .refine(({ from, to }) => from !== to)
    .nullable()
    .default(null),
  /** One message of all that can wait, on workdays. */
  digest: z.boolean().default(true),
  digestTimes: z
    .array(DigestTime)
    .min(1)
    .max(12)
    .refine(isWithoutRepetition)
    .default([...DIGEST_TIMES]),
  language: z.enum(['zh', 'en']).default('zh'),
});
export type Preferences = z.infer<typeof Preferences>;

/** Of a person who has never chosen. */
export const USUAL_PREFERENCES: Preferences = Preferences.parse({});
