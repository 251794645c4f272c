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

/** Where to go after signing in: a place of the page, never another site and never a call; the first place otherwise. */
export const placeAfterSignIn = (to: string | undefined): string =>
  to !== undefined && isLocalPath(to) && !to.startsWith('/api/') ? to : '/';
