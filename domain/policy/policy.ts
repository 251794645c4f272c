// A policy: how long a receipt, a report or a review may take, the reminders before and the people called in after.
import { z } from 'zod';
import { DurationText } from '../instant-text.ts';

/** A rung counts from the time when the receipt, report, review, decision or signature is due. */
export const Clock = z.enum(['acknowledge', 'due', 'review', 'decide', 'sign']);
export type Clock = z.infer<typeof Clock>;

/** A post named from where the assignment stands: its holder's, its issuer's, the office's. */
export const Target = z.enum([
  'unit.liaisonA',
  'unit.liaisonB',
  'unit.leader',
  'issuer.liaisonA',
  'issuer.liaisonB',
  'issuer.leader',
  'office.director',
  'office.deputy',
  'office.staff',
]);
export type Target = z.infer<typeof Target>;

export const Rung = z.strictObject({
  clock: Clock,
  after: DurationText,
  notify: z.array(Target).min(1).max(10),
  slip: z.enum(['blue', 'yellow', 'red']).optional(),
});
export type Rung = z.infer<typeof Rung>;

/** Every part may be left out: then there is no such clock, reminder, rung or margin (api.md §6). */
export const Policy = z.strictObject({
  acknowledgeWithin: DurationText.nullable().default(null),
  remindBefore: z.array(DurationText).max(20).default([]),
  ladder: z.array(Rung).max(50).default([]),
  reviewWithin: DurationText.nullable().default(null),
  decideWithin: DurationText.nullable().default(null),
  /** For the signature of the unit's leader, where an item asks for it. */
  signWithin: DurationText.nullable().default(null),
  margins: z.array(DurationText).max(12).default([]),
  /** How long after closing an approved report may still be corrected, in elapsed time. */
  correctionsFor: DurationText.default('P30D'),
});
export type Policy = z.infer<typeof Policy>;

const rung = (clock: Clock, after: string, notify: Target[], slip?: 'yellow' | 'red'): Rung => ({
  clock,
  after,
  notify,
  ...(slip ? { slip } : {}),
});

/** The ladder of api.md §6, and for the issuer's own clocks the posts above him. */
const ladder = (receipt: [string, string, string]): Rung[] => [
  rung('acknowledge', 'PT0S', ['unit.liaisonA']),
  rung('acknowledge', receipt[0], ['unit.liaisonB']),
  rung('acknowledge', receipt[1], ['unit.leader'], 'yellow'),
  rung('acknowledge', receipt[2], ['issuer.liaisonA', 'issuer.leader']),
  rung('due', 'PT0S', ['unit.liaisonA', 'unit.liaisonB'], 'red'),
  rung('due', 'PT30M', ['unit.leader', 'issuer.liaisonA']),
  rung('due', 'PT2H', ['issuer.leader', 'office.director']),
  rung('review', 'PT0S', ['issuer.liaisonA']),
  rung('review', 'PT60M', ['issuer.leader']),
  rung('decide', 'PT0S', ['issuer.liaisonA']),
  rung('decide', 'PT60M', ['issuer.leader']),
  rung('sign', 'PT60M', ['unit.leader', 'unit.liaisonA']),
];

/** The policies that ship: `standard` asks the receipt within 30 working minutes, `urgent` within 15. */
export const SHIPPED_POLICIES: Readonly<Record<'standard' | 'urgent', Policy>> = {
  standard: {
    acknowledgeWithin: 'PT30M',
    remindBefore: ['PT4H', 'PT2H', 'PT30M'],
    ladder: ladder(['PT15M', 'PT30M', 'PT60M']),
    reviewWithin: 'PT2H',
    decideWithin: 'PT1H',
    signWithin: 'PT1H',
    margins: ['PT15M', 'PT45M', 'PT60M', 'PT90M'],
    correctionsFor: 'P30D',
  },
  urgent: {
    acknowledgeWithin: 'PT15M',
    remindBefore: ['PT2H', 'PT1H', 'PT15M'],
    ladder: ladder(['PT10M', 'PT20M', 'PT30M']),
    reviewWithin: 'PT1H',
    decideWithin: 'PT30M',
    signWithin: 'PT30M',
    margins: ['PT15M', 'PT30M', 'PT30M', 'PT45M'],
    correctionsFor: 'P30D',
  },
};
