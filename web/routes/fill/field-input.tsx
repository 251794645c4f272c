// One field of a form, by its type, on native elements: its label is its name, what is wrong is its description.
import { memo, useId, type ReactNode } from 'react';
import type { Field } from '../../../domain/form/field.ts';
import { DEFAULT_FILES } from '../../../domain/form/field-kind.ts';
import { FieldFrame, inputClass } from '../../kit/field.tsx';
import fieldStyles from '../../kit/field.module.css';
import { useWords } from '../../words/use-words.tsx';
import type { Contact, Typed } from './draft.ts';
import styles from './fill.module.css';
import { FileInput } from './file-input.tsx';
import { FILL_WORDS } from './words.ts';

export type FieldInputProps = {
  field: Field;
  typed: Typed | undefined;
  fault: string | null;
  /** What the unit reported last time, as it is shown. */
  last: string | null;
  isTakenOver: boolean;
  isMarked: boolean;
  onTyped: (key: string, typed: Typed) => void;
  onLeft: (key: string) => void;
};

const NUMERIC = { inputMode: 'decimal', autoComplete: 'off' } as const;
const FEW_OPTIONS = 5;

function About({
  field,
  last,
  isTakenOver,
}: Pick<FieldInputProps, 'field' | 'last' | 'isTakenOver'>): ReactNode {
  const words = useWords(FILL_WORDS);
  const parts = [
    field.required ? words.required : null,
    field.unit === undefined ? null : words.unit(field.unit),
    field.type === 'percent' ? words.unit('%') : null,
    field.sensitive ? words.sensitive : null,
    last === null ? null : words.last(last),
    isTakenOver ? words.takenOver : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

function ContactInput({ field, typed, onTyped, onLeft, fault }: FieldInputProps): ReactNode {
  const words = useWords(FILL_WORDS);
  const id = useId();
  const contact = (typed ?? {}) as Contact;
  const part = (name: keyof Contact, word: string): ReactNode => (
    <input
      className={inputClass}
      aria-label={`${field.label} ${word}`}
      placeholder={word}
      autoComplete="off"
      inputMode={name === 'phone' ? 'tel' : 'text'}
      value={contact[name] ?? ''}
      {...(fault === null ? {} : { 'aria-invalid': true, 'aria-describedby': id })}
      data-field={field.key}
      onChange={(event) => {
        onTyped(field.key, { ...contact, [name]: event.currentTarget.value });
      }}
      onBlur={() => {
        onLeft(field.key);
      }}
    />
  );
  return (
    <div role="group" aria-label={field.label} className={fieldStyles.field}>
      <span className={fieldStyles.label}>{field.label}</span>
      <div className={styles.pair}>
        {part('name', words.name)}
        {part('phone', words.phone)}
      </div>
      {fault === null ? null : (
        <span id={id} className={fieldStyles.fault}>
          {fault}
        </span>
      )}
    </div>
  );
}

function RadioInput({
  field,
  typed,
  onTyped,
  onLeft,
  fault,
  options,
}: FieldInputProps & { options: readonly { value: string; word: string }[] }): ReactNode {
  const id = useId();
  return (
    <div
      role="radiogroup"
      aria-label={field.label}
      className={fieldStyles.field}
      {...(fault === null ? {} : { 'aria-invalid': true, 'aria-describedby': id })}
    >
      <span className={fieldStyles.label}>{field.label}</span>
      <div className={fieldStyles.choices}>
        {options.map(({ value, word }) => (
          <label key={value} className={fieldStyles.choice}>
            <input
              type="radio"
              name={`${id}-radio`}
              data-field={field.key}
              checked={typed === value}
              onChange={() => {
                onTyped(field.key, value);
              }}
              onBlur={() => {
                onLeft(field.key);
              }}
            />
            {word}
          </label>
        ))}
      </div>
      {fault === null ? null : (
        <span id={id} className={fieldStyles.fault}>
          {fault}
        </span>
      )}
    </div>
  );
}

function PlainInput(props: FieldInputProps): ReactNode {
  const { field, typed, fault, onTyped, onLeft } = props;
  const words = useWords(FILL_WORDS);
  const text = typeof typed === 'string' ? typed : '';
  const common = {
    className: inputClass,
    value: text,
    'data-field': field.key,
    onBlur: () => {
      onLeft(field.key);
    },
  };
  const change = (event: { currentTarget: { value: string } }): void => {
    onTyped(field.key, event.currentTarget.value);
  };
  const inputOf = (tied: { id: string }): ReactNode => {
    switch (field.type) {
      case 'text':
        return (field.maxLength ?? 1000) <= 100 ? (
          <input {...common} {...tied} onChange={change} />
        ) : (
          <textarea {...common} {...tied} rows={3} onChange={change} />
        );
      case 'date':
        return <input {...common} {...tied} type="date" onChange={change} />;
      case 'choice':
        return (
          <select {...common} {...tied} onChange={change}>
            <option value="">{words.choose}</option>
            {(field.options ?? []).map((option) => (
              <option key={option} value={option}>
                {option}
              </option>
            ))}
          </select>
        );
      case 'file':
        return (
          <FileInput
            tied={tied}
            ids={Array.isArray(typed) ? typed : []}
            maxFiles={field.maxFiles ?? DEFAULT_FILES}
            onChange={(ids) => {
              onTyped(field.key, ids);
            }}
          />
        );
      default:
        return <input {...common} {...tied} {...NUMERIC} onChange={change} />;
    }
  };
  return (
    <FieldFrame label={field.label} fault={fault} about={<About {...props} />}>
      {inputOf}
    </FieldFrame>
  );
}

export const FieldInput = memo(function FieldInput(props: FieldInputProps): ReactNode {
  const words = useWords(FILL_WORDS);
  const { field } = props;
  if (field.type === 'contact') return <ContactInput {...props} />;
  if (field.type === 'boolean')
    return (
      <RadioInput
        {...props}
        options={[
          { value: 'yes', word: words.yes },
          { value: 'no', word: words.no },
        ]}
      />
    );
  if (field.type === 'choice' && (field.options?.length ?? 0) <= FEW_OPTIONS)
    return <RadioInput {...props} options={(field.options ?? []).map((value) => ({ value, word: value }))} />;
  return <PlainInput {...props} />;
});
