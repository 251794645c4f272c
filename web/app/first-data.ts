// The answers the server painted the first screen with, as they stand in the page.

export type FirstData = {
  /** The path that was painted; null where only the frame was. */
  path: string | null;
  now: number | null;
  csrf: string | null;
  /** By the address of their call, below the API. */
  answers: Record<string, unknown>;
};

export const FIRST_DATA_ID = 'first-data';

export function readFirstData(): FirstData {
  const text = document.getElementById(FIRST_DATA_ID)?.textContent ?? '';
  return text === '' ? { path: null, now: null, csrf: null, answers: {} } : (JSON.parse(text) as FirstData);
}
