// Changes as they happen: the stream names what changed, and what is shown of it is read again, at most twice a second.
import type { QueryClient } from '@tanstack/react-query';
import { API } from '../call/address.ts';

/** Reads of one burst are gathered for this long. */
const GATHER_MS = 500;

/** How the page hears of changes: for the wall, and for a word where it is not live. */
export type Liveness = 'live' | 'away';
type Listener = (liveness: Liveness) => void;
const listeners = new Set<Listener>();
let liveness: Liveness = 'away';
export const subscribeLiveness = (listener: Listener): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const currentLiveness = (): Liveness => liveness;
const tell = (now: Liveness): void => {
  liveness = now;
  for (const listener of listeners) listener(now);
};

export function listen(queries: QueryClient): void {
  let source: EventSource | null = null;
  let gathering: ReturnType<typeof setTimeout> | null = null;

  const refresh = (): void => {
    gathering ??= setTimeout(() => {
      gathering = null;
      void queries.invalidateQueries({ refetchType: 'active' });
    }, GATHER_MS);
  };
  const open = (): void => {
    if (source !== null || document.hidden) return;
    const opened = new EventSource(`${API}/stream`);
    source = opened;
    opened.addEventListener('open', () => {
      tell('live');
      // What happened before the line was there, or while it was down: all that is shown is read once.
      refresh();
    });
    for (const name of ['assignment', 'directive', 'notification', 'reset'])
      opened.addEventListener(name, refresh);
    opened.addEventListener('error', () => {
      tell('away');
      // A refusal closes the line for good: signed out, or too many lines.
      if (opened.readyState === EventSource.CLOSED && source === opened) source = null;
    });
  };
  const close = (): void => {
    source?.close();
    source = null;
    tell('away');
  };
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) close();
    else {
      open();
      refresh();
    }
  });
  addEventListener('pagehide', close);
  addEventListener('online', open);
  // After the first paint has all the line to itself.
  setTimeout(open, 1000);
}
