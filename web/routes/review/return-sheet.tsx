// Sending a report back: which fields are wrong, and why; nothing goes back without a reason.
import { useState, type ReactNode } from 'react';
import type { ReviewItem } from '../../../contract/nodes.ts';
import { actKey } from '../../call/call.ts';
import { useOrder } from '../../call/command.ts';
import { Button } from '../../kit/button.tsx';
import { AreaField } from '../../kit/field.tsx';
import { Failure } from '../../kit/notice.tsx';
import { ModalSheet } from '../../kit/sheet.tsx';
import { ACT_WORDS } from '../../words/acts.ts';
import { useWords } from '../../words/use-words.tsx';
import styles from './review.module.css';
import { REVIEW_WORDS } from './words.ts';

export function ReturnSheet({
  item,
  onClose,
  onDone,
}: {
  item: ReviewItem;
  onClose: () => void;
  onDone: () => void;
}): ReactNode {
  const words = useWords(REVIEW_WORDS);
  const acts = useWords(ACT_WORDS);
  const order = useOrder();
  const [key] = useState(actKey);
  const [reason, setReason] = useState('');
  const [fields, setFields] = useState<ReadonlySet<string>>(new Set());
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const send = async (): Promise<void> => {
    setAsked(true);
    if (reason.trim() === '') return;
    setBusy(true);
    setError(null);
    try {
      await order({
        assignment: item.assignment,
        verb: 'return',
        body: { reason, ...(fields.size === 0 ? {} : { fields: [...fields] }) },
        version: item.version,
        key,
      });
      onDone();
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };
  return (
    <ModalSheet
      heading={`${acts.return} · ${item.holder.name}`}
      onClose={onClose}
      acts={
        <Button look="danger" isBusy={isBusy} onClick={() => void send()}>
          {acts.return}
        </Button>
      }
    >
      <fieldset>
        <legend>{words.wrong}</legend>
        {item.fields.map((field) => (
          <label key={field.key} className={styles.check}>
            <input
              type="checkbox"
              checked={fields.has(field.key)}
              onChange={(event) => {
                const next = new Set(fields);
                if (event.currentTarget.checked) next.add(field.key);
                else next.delete(field.key);
                setFields(next);
              }}
            />
            {field.label}
          </label>
        ))}
      </fieldset>
      <AreaField
        label={words.reason}
        value={reason}
        maxLength={2000}
        fault={isAsked && reason.trim() === '' ? words.needReason : null}
        onChange={(event) => {
          setReason(event.currentTarget.value);
        }}
      />
      {error === null ? null : <Failure error={error} />}
    </ModalSheet>
  );
}
