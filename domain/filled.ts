// Words with places for what changes from case to case, filled in.

/** Each `{name}` once, in one pass: braces in what is filled in stay as they are; a name without a value is left out. */
export const filled = (text: string, params: Readonly<Record<string, string | number | undefined>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
