// The sheet of one act: its fields, what happens then, and the answer.
import { useState, type SubmitEvent, type ReactNode } from 'react';
import type { OwedItem } from '../../contract/work.ts';
import type { Verb } from '../../domain/assignment/command.ts';
import { actKey } from '../call/call.ts';
import { useOrder } from '../call/command.ts';
import { Button, type ButtonLook } from '../kit/button.tsx';
import { AreaField, TextField } from '../kit/field.tsx';
import { Failure } from '../kit/notice.tsx';
import { ModalSheet } from '../kit/sheet.tsx';
import { useToast } from '../kit/toast.tsx';
import { ACT_WORDS } from '../words/acts.ts';
import { useWords } from '../words/use-words.tsx';
import { ACT_FIELDS, type ActField } from './act-fields.ts';
import { ACTING_WORDS } from './words.ts';

/** A device's local time as China's instant: every time on the page is China's. */
const instantOf = (local: string): string => `${local}:00+08:00`;

function valueOf({ kind }: ActField, text: string): string | number {
  if (kind === 'percent') return Number(text);
  return kind === 'time' ? instantOf(text) : text;
}

const DANGER: ReadonlySet<Verb> = new Set<Verb>(['decline', 'return', 'cancel', 'suspend']);

export type ActOf = Pick<OwedItem, 'id' | 'version' | 'item' | 'issuer'>;

export function ActSheet({
  item,
  verb,
  onClose,
}: {
  item: ActOf;
  verb: Verb;
  onClose: () => void;
}): ReactNode {
  const words = useWords(ACTING_WORDS);
  const acts = useWords(ACT_WORDS);
  const order = useOrder();
  const say = useToast();
  const [key] = useState(actKey);
  const [error, setError] = useState<unknown>(null);
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setBusy] = useState(false);
  const fields = ACT_FIELDS[verb] ?? [];
  const look: ButtonLook = DANGER.has(verb) ? 'danger' : 'primary';
  const formId = `act-${verb}`;
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const said = fields.flatMap((field) => {
      const value = given.get(field.name);
      const text = typeof value === 'string' ? value.trim() : '';
      return text === '' ? [] : [[field.name, valueOf(field, text)] as const];
    });
    const names = new Set(said.map(([name]) => name));
    const lacking = fields
      .filter(({ isNeeded, name }) => isNeeded && !names.has(name))
      .map(({ name }) => name);
    setMissing(new Set(lacking));
    if (lacking.length > 0) return;
    setBusy(true);
    setError(null);
    try {
      await order({ assignment: item.id, verb, body: Object.fromEntries(said), version: item.version, key });
      say({ text: words.done(acts[verb]) });
      onClose();
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };
  return (
    <ModalSheet
      heading={acts[verb]}
      onClose={onClose}
      acts={
        <Button type="submit" form={formId} look={look} isBusy={isBusy}>
          {acts[verb]}
        </Button>
      }
    >
      <p>{item.item.title}</p>
      <form id={formId} noValidate onSubmit={(event) => void submit(event)}>
        {fields.map((field) => {
          const common = {
            name: field.name,
            label: words[field.word] as string,
            fault: missing.has(field.name) ? words.need : null,
            required: field.isNeeded,
          };
          if (field.kind === 'text') return <AreaField key={field.name} {...common} maxLength={2000} />;
          if (field.kind === 'time') return <TextField key={field.name} {...common} type="datetime-local" />;
          if (field.kind === 'percent')
            return <TextField key={field.name} {...common} inputMode="numeric" pattern="\d{1,3}" />;
          return <TextField key={field.name} {...common} />;
        })}
      </form>
      {verb === 'request-extension' || verb === 'decline' ? <p>{words.decidedBy(item.issuer.name)}</p> : null}
      {error === null ? null : <Failure error={error} />}
    </ModalSheet>
  );
}
