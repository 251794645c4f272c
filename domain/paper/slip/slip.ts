// A supervision slip (督办单): its number, the facts it records when it is issued, and its receiver.
import { z } from 'zod';
import { Code } from '../../code.ts';
import type { EventData, Happening } from '../../assignment/happening.ts';
import { CHINA_MS, toIso, toMillis, type Millis } from '../../instant.ts';
import { Clock } from '../../policy/policy.ts';

export const SlipColor = z.enum(['blue', 'yellow', 'red']);
export type SlipColor = z.infer<typeof SlipColor>;

/** The facts on a slip, with the names of that day; instants are ISO. */
export const SlipFacts = z.object({
  office: z.string(),
  directive: z.object({ id: Code, number: z.string(), title: z.string() }),
  item: z.object({ key: Code, title: z.string() }),
  holder: z.string(),
  issuer: z.string(),
  clock: Clock,
  /** Since when it is late; of a report under review, since when it waits. */
  since: z.string(),
  dueAt: z.string(),
  /** Which rung of its clock, counted from 1, and how long after the clock's end. */
  rung: z.int(),
  after: z.string(),
  /** By the issuer's hand: nothing need be late yet. */
  manual: z.literal(true).optional(),
});
export type SlipFacts = z.infer<typeof SlipFacts>;

const COLOR_WORD: Record<SlipColor, string> = { blue: '蓝', yellow: '黄', red: '红' };

/** The year a slip is numbered in: by China's time for every reader. */
export const slipYear = (at: Millis): number => new Date(at + CHINA_MS).getUTCFullYear();

/** `督〔2026〕红12号`: all colours of an office count together. */
export const slipNumber = (slip: { year: number; color: SlipColor; number: number }): string =>
  `督〔${slip.year}〕${COLOR_WORD[slip.color]}${slip.number}号`;

/** The issuer's own clocks call the issuer to account, all others the holder. */
export const isForIssuer = (clock: Clock): boolean => clock === 'review' || clock === 'decide';

type Escalated = EventData['escalated'];
export type SlipEvent = Escalated & { slip: SlipColor };

/** The rung that came with a slip, or null for any other event. */
export function slipEventOf(happening: Happening): SlipEvent | null {
  if (happening.type !== 'escalated') return null;
  const { slip } = happening.data;
  return slip === undefined ? null : { ...happening.data, slip };
}

/** A receipt that says how many slips were open when it was given countersigns them. */
export function countersigns(happening: Happening): boolean {
  return happening.type === 'acknowledged' && (happening.data.slips ?? 0) > 0;
}

/** Since when the subject of the slip is late. A decision's own deadline is that of its first rung. */
export function lateSince(
  assignment: { acknowledgeBy: Millis | null; dueAt: Millis; submittedAt: Millis | null },
  { clock, of }: Pick<Escalated, 'clock' | 'of'>,
): string {
  switch (clock) {
    case 'acknowledge':
      return toIso(assignment.acknowledgeBy ?? toMillis(of));
    case 'due':
      return toIso(assignment.dueAt);
    case 'review':
      return toIso(assignment.submittedAt ?? toMillis(of));
    case 'decide':
    case 'sign':
      return of;
  }
}
