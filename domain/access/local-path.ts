// Where a browser is sent after signing in: a path of this installation, never another site.

/**
 * `//host` and `/\host` are other sites to a browser, which takes a backslash for a slash and leaves out tabs and line
 * ends before it looks.
 */
const LOCAL = /^\/(?![/\\])[^\s\\\p{Cc}]*$/u;
const LONGEST = 1_000;

/** As a header carries it: what is not ASCII in percent signs, and all else as it is. */
export const pathInHeader = (path: string): string => path.replaceAll(/[^!-~]/gu, encodeURIComponent);

export const isLocalPath = (text: string): boolean => text.length <= LONGEST && LOCAL.test(text);
