// Labelled inputs on native elements: the label is the name, all else its description (page.md §4.3).
import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type TextareaHTMLAttributes,
} from 'react';
import styles from './field.module.css';

export const inputClass = styles.input ?? '';

type Around = {
  label: string;
  /** Said below the label: unit, limits, what it was last time. */
  about?: ReactNode;
  /** What is wrong with it. */
  fault?: string | null | undefined;
};

/** The parts around an input, and the attributes that tie it to them. */
export function FieldFrame({
  label,
  about,
  fault,
  children,
  aside,
}: Around & {
  children: (tied: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
  aside?: ReactNode;
}): ReactNode {
  const id = useId();
  const hasAbout = about !== undefined && about !== null && about !== '';
  const hasFault = fault !== undefined && fault !== null;
  // While something is wrong, that alone is read out with the field.
  const described = hasFault ? `${id}-fault` : hasAbout ? `${id}-about` : '';
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {hasAbout ? (
        <span className={styles.about} id={`${id}-about`}>
          {about}
        </span>
      ) : null}
      {children({
        id,
        ...(described === '' ? {} : { 'aria-describedby': described }),
        ...(hasFault ? { 'aria-invalid': true } : {}),
      })}
      {hasFault ? (
        <span className={styles.fault} id={`${id}-fault`}>
          {fault}
        </span>
      ) : null}
      {aside}
    </div>
  );
}

export type TextFieldProps = Around &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'className' | 'style' | 'id'> & { ref?: Ref<HTMLInputElement> };

export const TextField = ({ label, about, fault, ref, ...rest }: TextFieldProps): ReactNode => (
  <FieldFrame label={label} about={about} fault={fault}>
    {(tied) => <input {...rest} {...tied} {...(ref === undefined ? {} : { ref })} className={styles.input} />}
  </FieldFrame>
);

export type AreaFieldProps = Around &
  Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'className' | 'style' | 'id'>;

export const AreaField = ({ label, about, fault, ...rest }: AreaFieldProps): ReactNode => (
  <FieldFrame label={label} about={about} fault={fault}>
    {(tied) => <textarea rows={3} {...rest} {...tied} className={styles.input} />}
  </FieldFrame>
);

/** A few options, all in sight: radio buttons in a group named by `label`. */
export function Choices<T extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly { value: T; word: string }[];
  value: T;
  onChange: (value: T) => void;
}): ReactNode {
  const name = useId();
  const labelId = useId();
  return (
    <div role="radiogroup" aria-labelledby={labelId} className={styles.field}>
      <span id={labelId} className={styles.label}>
        {label}
      </span>
      <div className={styles.choices}>
        {options.map((option) => (
          <label key={option.value} className={styles.choice}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => {
                onChange(option.value);
              }}
            />
            {option.word}
          </label>
        ))}
      </div>
    </div>
  );
}
