// Instants and durations as they are posted: the schemas of their texts.
import { z } from 'zod';
import { hasDurationForm, isDuration, LONGEST_DAYS } from './instant.ts';

/** RFC 3339 with an offset, as people and machines write it. */
export const Instant = z.iso.datetime({ offset: true });

/** ISO 8601 in days, hours, minutes and seconds, e.g. `PT30M`, `P30D`; a month or a year is no fixed time. */
export const DurationText = z.string().superRefine((text, context) => {
  if (isDuration(text)) return;
  const fault = hasDurationForm(text)
    ? { code: 'OUT_OF_RANGE', params: { max: `P${LONGEST_DAYS}D` } }
    : { code: 'NOT_A_DURATION' };
  context.addIssue({
    code: 'custom',
    message: `ISO 8601 duration such as PT30M or P30D, at most P${LONGEST_DAYS}D`,
    params: { fault },
  });
});
