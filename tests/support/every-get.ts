// Addresses to try for every GET of the contract: a new call without one fails the walk, so that no way out is forgotten.
import { fullPath, pathNamesOf } from '../../contract/call.ts';
import { CALLS } from '../../contract/calls.ts';

/** Queries by a call's path; one is tried for each. Left out: without a query. */
export type Queries = Readonly<Record<string, readonly string[]>>;
/** What stands for `{id}` and its like, by the beginning of the path: several are tried each. */
export type Subjects = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const combined = (path: string, values: Readonly<Record<string, readonly string[]>>): string[] =>
  pathNamesOf(path).reduce<string[]>(
    (paths, name) =>
      paths.flatMap((each) => (values[name] ?? []).map((value) => each.replace(`{${name}}`, value))),
    [path],
  );

/** Of each GET but the stream, which never ends. */
export function everyGet(subjects: Subjects, queries: Queries): { paths: string[]; without: string[] } {
  const without: string[] = [];
  const paths = CALLS.filter(({ method, path }) => method === 'get' && path !== '/stream').flatMap((call) => {
    const { path } = call;
    const noun = path.split('/')[1] ?? '';
    const found = combined(fullPath(call), subjects[noun] ?? {});
    if (found.length === 0) without.push(path);
    return found.flatMap((each) => (queries[path] ?? ['']).map((query) => `${each}${query}`));
  });
  return { paths, without };
}
