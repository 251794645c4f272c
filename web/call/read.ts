// Reading by the cache: an entry is named by the address it came from, on the server and here alike.
import { keepPreviousData, QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiCall } from '../../contract/call.ts';
import { address } from './address.ts';
import { sendJson, type AnswerTo, type ParamsOf, type QueryOf } from './call.ts';
import { isWorthRetrying, CallProblem } from './problem.ts';

/** Younger answers are shown without asking again; the stream tells of changes at once. */
const FRESH_MS = 15_000;
const TRIES = 3;

export const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        queryFn: ({ queryKey, signal }) => sendJson({ method: 'GET', path: String(queryKey[0]), signal }),
        staleTime: FRESH_MS,
        retry: (count, error) => isWorthRetrying(error) && count < TRIES,
        retryDelay: (count, error) =>
          error instanceof CallProblem && error.retryAfterMs !== null ? error.retryAfterMs : 500 * 2 ** count,
        // Offline is shown by its own bar; a read that fails says so.
        networkMode: 'always',
      },
    },
  });

export const readingAt = (
  path: string,
): { queryKey: [string]; queryFn: (context: { signal: AbortSignal }) => Promise<unknown> } => ({
  queryKey: [path],
  queryFn: ({ signal }) => sendJson({ method: 'GET', path, signal }),
});

export type ReadOptions = {
  /** Not yet: the answer of another call is needed first. */
  enabled?: boolean;
  /** Keeps what is shown while another page or filter of the same list is read. */
  keep?: boolean;
};

/** `useRead<typeof WORK_CALLS.mine>('/me/work', {}, { limit: 50 })`. */
export function useRead<C extends ApiCall>(
  path: C['path'],
  params: ParamsOf<C>,
  query?: QueryOf<C>,
  { enabled = true, keep = false }: ReadOptions = {},
): UseQueryResult<AnswerTo<C>> {
  const at = address(path, params, query);
  const { queryKey, queryFn } = readingAt(at);
  return useQuery<AnswerTo<C>>({
    queryKey,
    queryFn: queryFn as (context: { signal: AbortSignal }) => Promise<AnswerTo<C>>,
    enabled,
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}
