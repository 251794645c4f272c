// Commands on assignments from the page: one key an act, the version that was shown, and the answer taken into what is shown.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { AssignmentAnswer } from '../../contract/assignments.ts';
import type { AfterCommand } from '../../contract/commands.ts';
import type { AssignmentPage } from '../../contract/assignment-page.ts';
import type { OwedItem, WorkAnswer } from '../../contract/work.ts';
import type { Verb } from '../../domain/assignment/command.ts';
import { actKey, sendJson } from './call.ts';
import { isWorthRetrying } from './problem.ts';

export type ActOrder = {
  assignment: string;
  verb: Verb;
  body?: unknown;
  /** The version that was shown; left out where any will do. */
  version?: number;
  /** Made when the person acted; the same for every try. */
  key?: string;
};

const TRIES = 3;
const PAUSE_MS = 600;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends one command; tries again with the same key where the answer was lost, so that nothing is done twice. */
export async function sendOrder({
  assignment,
  verb,
  body = {},
  version,
  key = actKey(),
}: ActOrder): Promise<AfterCommand> {
  for (let tried = 1; ; tried += 1) {
    try {
      const { assignment: after } = await sendJson<{ assignment: AfterCommand }>({
        method: 'POST',
        path: `/assignments/${encodeURIComponent(assignment)}/${verb}`,
        body,
        headers: {
          'idempotency-key': key,
          ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
        },
      });
      return after;
    } catch (error) {
      if (!isWorthRetrying(error) || tried === TRIES) throw error;
      await pause(PAUSE_MS * tried);
    }
  }
}

const taken = (item: OwedItem, after: AssignmentAnswer): OwedItem => {
  const { submission: _s, presented: _p, ...rest } = after;
  return { ...item, ...rest };
};

/** What the lists and the screen of the assignment show, after a command was answered. */
export function takeAnswer(queries: QueryClient, after: AfterCommand): void {
  if ('phase' in after) showAnswer(queries, after);
  void queries.invalidateQueries();
}

function showAnswer(queries: QueryClient, after: AssignmentAnswer): void {
  queries.setQueriesData<WorkAnswer>(
    { predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/me/work') },
    (work) =>
      work === undefined
        ? undefined
        : {
            ...work,
            groups: work.groups.map((group) => ({
              ...group,
              items: group.items.map((item) => (item.id === after.id ? taken(item, after) : item)),
            })),
          },
  );
  queries.setQueryData<AssignmentPage>([`/assignments/${encodeURIComponent(after.id)}/page`], (page) =>
    page === undefined ? undefined : { ...page, assignment: { ...page.assignment, ...after } },
  );
}

export function useOrder(): (order: ActOrder) => Promise<AfterCommand> {
  const queries = useQueryClient();
  return useCallback(
    async (order: ActOrder) => {
      const after = await sendOrder(order);
      takeAnswer(queries, after);
      return after;
    },
    [queries],
  );
}
