// The address of a call below the API: its path filled in, its query written in one order, so that it can name a cache entry.

export const API = '/api/v1';

export type QueryValues = Readonly<Record<string, string | number | boolean | undefined>>;

/** `address('/assignments/{id}', { id })` is `/assignments/x`; a query without values is left out. */
export function address(
  path: string,
  params: Readonly<Record<string, string>>,
  query: QueryValues = {},
): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  const search = new URLSearchParams(pairs.sort(([a], [b]) => (a < b ? -1 : 1))).toString();
  return search === '' ? filled : `${filled}?${search}`;
}
