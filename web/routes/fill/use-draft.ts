// The draft of one assignment's report: restored from this device without asking, and written through within 300 ms.
import { useCallback, useEffect, useRef, useState } from 'react';
import { serverNow } from '../../call/call.ts';
import {
  dropFromDevice,
  isStorageRefused,
  keepOnDevice,
  onStorageRefused,
  takeFromDevice,
} from '../../device/store.ts';
import { fitted, type Draft } from './draft.ts';
import type { Field } from '../../../domain/form/field.ts';

const WRITE_AFTER_MS = 250;

export type DraftState = {
  draft: Draft;
  /** When it was last kept, by the server's clock; null while nothing has been typed. */
  savedAt: number | null;
  /** Storage is refused: it lives in this page alone. */
  isRefused: boolean;
  /** Keys the form no longer has. */
  lost: readonly string[];
};

export type DraftKey = { person: string; assignment: string; title: string };

const keyOf = ({ person, assignment }: DraftKey): string => `${person} ${assignment}`;

/** Null until this device has been asked. */
export function useDraft(
  about: DraftKey,
  fields: readonly Field[],
  beginning: Draft,
): { state: DraftState | null; change: (to: (before: Draft) => Draft) => void; forget: () => Promise<void> } {
  const [state, setState] = useState<DraftState | null>(null);
  const key = keyOf(about);
  const pending = useRef<Draft | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);

  useEffect(() => {
    let isOver = false;
    void takeFromDevice('drafts', key).then((kept) => {
      if (isOver) return;
      const { draft, lost } =
        kept === null ? { draft: beginning, lost: [] } : fitted(fields, kept.content as Draft);
      setState({ draft, lost, savedAt: kept?.at ?? null, isRefused: isStorageRefused() });
    });
    return () => {
      isOver = true;
    };
    // The beginning is that of the first look: what arrives later must not overwrite what is being typed.
  }, [key]);

  const write = useCallback(() => {
    timer.current = null;
    const draft = pending.current;
    if (draft === null) return;
    pending.current = null;
    const at = serverNow();
    void keepOnDevice('drafts', {
      key,
      person: about.person,
      assignment: about.assignment,
      title: about.title,
      at,
      content: draft,
    }).then(() => {
      setState((before) =>
        before === null ? null : { ...before, savedAt: at, isRefused: isStorageRefused() },
      );
    });
  }, [key, about.person, about.assignment, about.title]);

  useEffect(() => {
    const now = (): void => {
      if (timer.current !== null) clearTimeout(timer.current);
      write();
    };
    const onHide = (): void => {
      if (document.hidden) now();
    };
    addEventListener('pagehide', now);
    document.addEventListener('visibilitychange', onHide);
    const stop = onStorageRefused(() => {
      setState((before) => (before === null ? null : { ...before, isRefused: true }));
    });
    return () => {
      now();
      stop();
      removeEventListener('pagehide', now);
      document.removeEventListener('visibilitychange', onHide);
    };
  }, [write]);

  const change = useCallback(
    (to: (before: Draft) => Draft) => {
      setState((before) => {
        if (before === null) return null;
        const draft = to(before.draft);
        pending.current = draft;
        timer.current ??= setTimeout(write, WRITE_AFTER_MS);
        return { ...before, draft };
      });
    },
    [write],
  );

  const forget = useCallback(async () => {
    pending.current = null;
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    await dropFromDevice('drafts', key);
  }, [key]);

  return { state, change, forget };
}
