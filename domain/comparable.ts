// Text as it is compared: two ways of writing the same word are one, and both stay as they were written.

/** Without space around it, and with full-width letters and digits as plain ones (Unicode NFKC). */
export const comparable = (text: string): string => text.normalize('NFKC').trim();

/** Any JSON with every text in it as it is compared; keys stay. */
export function comparableJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'string' ? comparable(inner) : inner,
  );
}
