// Finds the call that a request reaches, by its method and path.
import { fullPath, type ApiCall } from './call.ts';
import { CALLS } from './calls.ts';

type Matcher = { call: ApiCall; pattern: RegExp; parameters: number };

const MATCHERS: readonly Matcher[] = CALLS.map((call) => ({
  call,
  pattern: new RegExp(
    `^${fullPath(call)
      .replaceAll('.', String.raw`\.`)
      .replaceAll(/\{\w+\}/g, '[^/]+')}$`,
  ),
  parameters: call.path.split('{').length,
}));

/** `url` from the root of the site. A literal path segment is preferred to a parameter. */
export function callAt(method: string, url: string): ApiCall | null {
  const path = url.split('?', 1)[0] ?? '';
  const found = MATCHERS.filter(
    ({ call, pattern }) => call.method === method.toLowerCase() && pattern.test(path),
  ).sort((a, b) => a.parameters - b.parameters)[0];
  return found?.call ?? null;
}
