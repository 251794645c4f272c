// A digest: all notices of a person that could wait, in one message; bounded, with the number of those left out.

/** Lines people still read; the rest is in the application. */
export const MAX_LINES = 30;

/** One notice that waited. */
export type DigestLine = {
  type: string;
  assignment: string | null;
  at: string;
  data: Readonly<Record<string, unknown>>;
};

export type Digest = { count: number; lines: DigestLine[] };

/** `lines` come oldest first and may already be cut; `count` counts all that waited. */
export const composeDigest = (count: number, lines: readonly DigestLine[]): Digest => ({
  count,
  lines: lines.slice(0, MAX_LINES),
});

/** How many the reader finds in the application only. */
export const leftOut = ({ count, lines }: Digest): number => Math.max(0, count - lines.length);
