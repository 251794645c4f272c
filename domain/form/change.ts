// A change between two versions of a report, as it is shown.
import { z } from 'zod';

/** `path` as in a fault: `values.v_sites`, `rows.v_list[2].name`, `note`; null where there was or is nothing. */
export const Change = z.object({ path: z.string(), before: z.unknown(), after: z.unknown() });
export type Change = z.infer<typeof Change>;

/** `more`: rows differ in more places than are listed. */
export const Differences = z.object({ changes: z.array(Change), more: z.boolean() });
export type Differences = z.infer<typeof Differences>;
