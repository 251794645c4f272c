// Text as XML, and so any office file, can hold it.

/** XML has no place for most control characters: one in a title would make a file that no program opens. */
export const printable = (text: string): string =>
  text.replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '');
