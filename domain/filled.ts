// Fills the `{name}` places of a text.

/** Each `{name}` once, in one pass: braces in a value stay as they are; a name without a value is left out. */
export const filled = (text: string, params: Readonly<Record<string, string | number | undefined>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
