// One tap acknowledges. Without JavaScript it is a form of its own; with it, the answer changes the row in place.
import { useEffect, useRef, useState, type SubmitEvent, type ReactNode } from 'react';
import type { OwedItem } from '../../contract/work.ts';
import { useMe } from '../context/me.ts';
import { actKey } from '../call/call.ts';
import { useOrder } from '../call/command.ts';
import { isCode, CallProblem } from '../call/problem.ts';
import { Button } from '../kit/button.tsx';
import { useToast } from '../kit/toast.tsx';
import { useWords } from '../words/use-words.tsx';
import { ACTING_WORDS } from './words.ts';

/** A list that has just moved under the finger is not what the finger meant. */
const SETTLED_MS = 250;

/** Has this element stood still for a quarter of a second? */
function useStandingStill<E extends HTMLElement>(): {
  ref: React.RefObject<E | null>;
  isStill: () => boolean;
} {
  const ref = useRef<E>(null);
  const moved = useRef({ top: 0, at: 0 });
  useEffect(() => {
    const note = (): void => {
      const top = (ref.current?.getBoundingClientRect().top ?? 0) + scrollY;
      if (Math.abs(top - moved.current.top) > 4) moved.current = { top, at: performance.now() };
    };
    note();
    moved.current.at = -SETTLED_MS;
    const observer = new ResizeObserver(note);
    observer.observe(document.body);
    return () => {
      observer.disconnect();
    };
  }, []);
  return { ref, isStill: () => performance.now() - moved.current.at >= SETTLED_MS };
}

export function AcknowledgeForm({
  item,
  word,
}: {
  item: Pick<OwedItem, 'id' | 'version' | 'item'>;
  word: string;
}): ReactNode {
  const words = useWords(ACTING_WORDS);
  const { csrf } = useMe();
  const order = useOrder();
  const say = useToast();
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const { ref, isStill } = useStandingStill<HTMLFormElement>();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy || !isStill()) return;
    setBusy(true);
    setFault(null);
    try {
      await order({ assignment: item.id, verb: 'acknowledge', version: item.version, key: actKey() });
      say({ text: words.acknowledged(item.item.title) });
    } catch (error) {
      // The colleague of the same post was faster: it is acknowledged, and that is what was wanted.
      if (isCode(error, 'ALREADY_ACKNOWLEDGED')) say({ text: words.acknowledged(item.item.title) });
      else if (isCode(error, 'PRECONDITION_FAILED')) await again();
      else setFault(error instanceof CallProblem ? error.problem.detail : words.unreached);
    } finally {
      setBusy(false);
    }
  };
  /** A receipt of what has moved on meanwhile is still a receipt. */
  const again = async (): Promise<void> => {
    try {
      await order({ assignment: item.id, verb: 'acknowledge' });
      say({ text: words.acknowledged(item.item.title) });
    } catch (error) {
      if (isCode(error, 'ALREADY_ACKNOWLEDGED')) say({ text: words.acknowledged(item.item.title) });
      else setFault(error instanceof CallProblem ? error.problem.detail : words.unreached);
    }
  };
  return (
    <form
      ref={ref}
      method="post"
      action={`/a/${encodeURIComponent(item.id)}/acknowledge`}
      onSubmit={(event) => void submit(event)}
    >
      <input type="hidden" name="csrf" value={csrf ?? ''} />
      <input type="hidden" name="version" value={item.version} />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {word}
      </Button>
      {fault === null ? null : <p role="alert">{fault}</p>}
    </form>
  );
}
