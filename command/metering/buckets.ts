// The bounds that times are counted between.

/** The bounds go from a command alone to a summary of 100,000 leaves. */
export const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** How late a clock fires: half of it is the grace of a second that is always taken off. */
export const LATE_SECONDS = [1, 2, 5, 10, 30, 60, 300, 1800, 7200];
