// All that waits for a receipt, acknowledged at once: the sheet lists what is meant, one request does it.
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import type { COMMAND_CALLS } from '../../../contract/commands.ts';
import type { OwedItem } from '../../../contract/work.ts';
import { actKey, callApi } from '../../call/call.ts';
import { Button } from '../../kit/button.tsx';
import { Failure } from '../../kit/notice.tsx';
import { ModalSheet } from '../../kit/sheet.tsx';
import { useToast } from '../../kit/toast.tsx';
import { useWords } from '../../words/use-words.tsx';
import { OWE_WORDS } from './words.ts';

export function AcknowledgeAll({ items }: { items: readonly OwedItem[] }): ReactNode {
  const words = useWords(OWE_WORDS);
  const queries = useQueryClient();
  const say = useToast();
  /** The items as they were listed, and the key of the act. */
  const [asked, setAsked] = useState<{ items: readonly OwedItem[]; key: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const waiting = items.filter(({ allowed, phase }) => phase === 'issued' && allowed.includes('acknowledge'));
  const close = (): void => {
    setAsked(null);
    setError(null);
  };
  const acknowledge = async (): Promise<void> => {
    if (asked === null) return;
    setBusy(true);
    try {
      const verdicts = await callApi<typeof COMMAND_CALLS.many>('post', '/commands', {
        body: asked.items.map(({ id }) => ({ assignment: id, command: 'acknowledge' as const })),
        key: asked.key,
      });
      const failed = verdicts.filter(
        (verdict) => 'problem' in verdict && verdict.problem.code !== 'ALREADY_ACKNOWLEDGED',
      ).length;
      say({ text: words.acknowledgedCount(verdicts.length - failed, failed) });
      close();
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
      void queries.invalidateQueries();
    }
  };
  return (
    <>
      {waiting.length < 2 ? null : (
        <div>
          <Button
            aria-haspopup="dialog"
            onClick={() => {
              setAsked({ items: waiting, key: actKey() });
            }}
          >
            {words.acknowledgeAll(waiting.length)}
          </Button>
        </div>
      )}
      {asked === null ? null : (
        <ModalSheet
          heading={words.acknowledgeAll(asked.items.length)}
          onClose={close}
          acts={
            <Button look="primary" isBusy={isBusy} onClick={() => void acknowledge()}>
              {words.acknowledgeCount(asked.items.length)}
            </Button>
          }
        >
          <ul role="list">
            {asked.items.map(({ id, item }) => (
              <li key={id}>{item.title}</li>
            ))}
          </ul>
          {error === null ? null : <Failure error={error} />}
        </ModalSheet>
      )}
    </>
  );
}
