// The outbox of the signed-in person: sent whenever it can be, and known to every screen.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { currentWaiting, onWaiting, startOutbox } from './outbox.ts';
import type { WaitingAct } from './store.ts';

const NONE: readonly WaitingAct[] = [];

/** Sends what waits, as long as the page is open. */
export function useOutboxSending(person: string): void {
  const queries = useQueryClient();
  useEffect(() => startOutbox(queries, person), [queries, person]);
}

/** What this person gave and the server has not answered yet, oldest first. */
export function useWaiting(person: string): readonly WaitingAct[] {
  const all = useSyncExternalStore(onWaiting, currentWaiting, () => NONE);
  return all.filter((each) => each.person === person);
}
