// The state of a delivery after an attempt: done, tried again later, handed to the next way, or given up.
import { z } from 'zod';
import type { Millis } from '../instant.ts';

/**
 * The outcome of one attempt; `said` is the other side's answer, short and without secrets.
 *
 * | outcome | means                                                                       |
 * | ------- | --------------------------------------------------------------------------- |
 * | sent    | the other side has taken it                                                 |
 * | busy    | it takes no more for now: later, and it does not count as an attempt        |
 * | failed  | it may do better: no answer, too slow, an answer we do not understand       |
 * | refused | it will never take this one: no use in another try                          |
 */
export const AttemptOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sent'), said: z.string() }),
  z.object({ kind: z.literal('busy'), said: z.string(), afterMs: z.number() }),
  z.object({ kind: z.literal('failed'), said: z.string() }),
  z.object({ kind: z.literal('refused'), said: z.string() }),
]);
export type AttemptOutcome = z.infer<typeof AttemptOutcome>;

export type AttemptVerdict =
  { state: 'sent' } | { state: 'waiting'; afterMs: number; counts: boolean } | { state: 'failed' };

export const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;
/** The last way: with doubling from 30 s it is given up after an hour. */
const MAX_ATTEMPTS = 8;
/** Where another way is left: within two minutes a notice is on it, for late is as good as lost. */
const MAX_ATTEMPTS_BEFORE_ANOTHER = 3;
/** Beyond the longest quiet hours and a day: a receiver that is busy for so long has failed. */
const LONGEST_WAIT_MS = 48 * 3_600_000;

/** `attempts` counts this one; `waitedMs` since it was written. */
export function afterAttempt(
  outcome: AttemptOutcome,
  about: { attempts: number; waitedMs: Millis; isLastWay: boolean; firstRetryMs?: number },
): AttemptVerdict {
  switch (outcome.kind) {
    case 'sent':
      return { state: 'sent' };
    case 'refused':
      return { state: 'failed' };
    case 'busy':
      return about.waitedMs > LONGEST_WAIT_MS
        ? { state: 'failed' }
        : { state: 'waiting', afterMs: Math.min(outcome.afterMs, LONGEST_RETRY_MS), counts: false };
    case 'failed': {
      const most = about.isLastWay ? MAX_ATTEMPTS : MAX_ATTEMPTS_BEFORE_ANOTHER;
      if (about.attempts >= most) return { state: 'failed' };
      const afterMs = (about.firstRetryMs ?? FIRST_RETRY_MS) * 2 ** (about.attempts - 1);
      return { state: 'waiting', afterMs: Math.min(afterMs, LONGEST_RETRY_MS), counts: true };
    }
  }
}

/** Longer answers are cut: the beginning says most. */
const MAX_SAID = 300;

/** The other side's answer, for people to read: one line, short, without our secrets. */
export function answerSaid(text: string, secrets: readonly (string | null)[] = []): string {
  const known = secrets.filter((secret) => secret !== null && secret.length > 3);
  // The longer first: a URL before the token within it.
  const ordered = known.sort((a, b) => (b?.length ?? 0) - (a?.length ?? 0));
  const hidden = ordered.reduce<string>((rest, secret) => rest.replaceAll(secret ?? '', '…'), text);
  const line = hidden
    .toWellFormed()
    .replaceAll(/[\u0000-\u001f\u007f\s]+/g, ' ')
    .trim();
  const letters = Array.from(line);
  return letters.length > MAX_SAID ? `${letters.slice(0, MAX_SAID).join('')}…` : line;
}
