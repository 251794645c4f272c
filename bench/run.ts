// The results of one run of the pipeline.
import type { Flooded } from './flood.ts';
import type { Growth } from './growth.ts';
import type { Lateness } from './lateness.ts';
import type { Spending } from './usage.ts';

export type Run = {
  shape: string;
  units: number;
  underWay: number;
  /** POST of the directive: until answered, until all is issued, until closed with the final figures. */
  answeredSeconds: number;
  openSeconds: number;
  wholeSeconds: number;
  /** From the last answer to the close. */
  closingSeconds: number;
  flooded: Flooded;
  spending: Spending;
  lateness: Lateness | null;
  /** null where it was not asked for, or the bench cannot reach the database. */
  growth: Growth | null;
  events: number;
  load: number;
};
