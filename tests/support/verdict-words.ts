// A reply in one line: its status, its code, and each fault with its place.
import type { Reply } from './installation.ts';
import type { Seen } from './seen.ts';

const words = (status: number, problem: Partial<Seen>): string =>
  [
    status,
    ...(problem.code === undefined ? [] : [problem.code]),
    ...(problem.errors ?? []).map(({ path, code }) => `${path}:${code}`),
  ].join(' ');

export const verdictOf = ({ status, body }: Pick<Reply, 'status' | 'body'>): string => words(status, body);

/** Of `POST /commands`: one verdict for each command, in order. */
export const verdictsOf = ({ body }: Reply): string[] =>
  (body as unknown as { status: number; problem?: Seen }[]).map(({ status, problem }) =>
    words(status, problem ?? {}),
  );
