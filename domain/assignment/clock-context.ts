// Everything the clocks of one assignment depend on besides the assignment.
import type { Calendar } from '../calendar/calendar.ts';
import type { Ladder } from '../policy/rungs.ts';

export type ClockContext = {
  calendar: Calendar;
  ladder: Ladder;
  /** False once the directive is closed or cancelled: then only corrections are timed. */
  running: boolean;
  /** A node: is everything below settled? */
  complete: boolean;
  rollUp: 'auto' | 'manual';
};
