// When a notice goes out: at once, after the quiet hours, or as a line of the next digest.
import { CalendarYearUnknown, nextOpening, type Calendar } from '../calendar/calendar.ts';
import { CHINA_MS, DAY_MS, type Millis } from '../instant.ts';
import type { Preferences } from './preferences.ts';

/** How much a notice presses. The first two cannot be switched off; see docs/decisions/0008. */
export type Pressure = 'urgent' | 'floor' | 'prompt' | 'patient';

export type When = { at: Millis; digest: boolean };

const MINUTE_MS = 60_000;
/** Longer than any stretch of free days. */
const DAYS_AHEAD = 40;

const midnightBefore = (at: Millis): Millis => Math.floor((at + CHINA_MS) / DAY_MS) * DAY_MS - CHINA_MS;

function clockMs(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
}

export function whenToSend(
  pressure: Pressure,
  preferences: Pick<Preferences, 'quietHours' | 'digest' | 'digestTimes'>,
  workdays: Calendar,
  now: Millis,
): When {
  const { quietHours, digest, digestTimes } = preferences;
  switch (pressure) {
    case 'urgent':
      return { at: now, digest: false };
    case 'floor':
    case 'prompt':
      return { at: afterQuiet(quietHours, now), digest: false };
    case 'patient':
      return digest
        ? { at: nextDigest(digestTimes, workdays, now), digest: true }
        : { at: afterQuiet(quietHours, now), digest: false };
  }
}

/** `now`, or the end of the quiet hours it lies in. */
export function afterQuiet(quiet: Preferences['quietHours'], now: Millis): Millis {
  if (quiet === null) return now;
  const midnight = midnightBefore(now);
  const [from, to, time] = [clockMs(quiet.from), clockMs(quiet.to), now - midnight];
  if (from < to) return time >= from && time < to ? midnight + to : now;
  if (time >= from) return midnight + DAY_MS + to;
  return time < to ? midnight + to : now;
}

/** The first of these times after `now` on a workday. */
export function nextDigest(times: readonly string[], workdays: Calendar, now: Millis): Millis {
  const offsets = times.map(clockMs).sort((a, b) => a - b);
  const today = midnightBefore(now);
  for (let day = 0; day < DAYS_AHEAD; day += 1) {
    const midnight = today + day * DAY_MS;
    const next = offsets.find((offset) => midnight + offset > now);
    if (next !== undefined && isWorkday(workdays, midnight)) return midnight + next;
  }
  return now;
}

/**
 * A year that is not loaded yet stops a deadline from being computed; a notice must still reach people, so there every
 * day counts.
 */
function isWorkday(calendar: Calendar, midnight: Millis): boolean {
  try {
    return nextOpening(calendar, midnight - 1) < midnight + DAY_MS;
  } catch (error) {
    if (error instanceof CalendarYearUnknown) return true;
    throw error;
  }
}
