// A button. While its act is on the way it keeps its place and its name, and takes no second press.
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import styles from './button.module.css';

export type ButtonLook = 'plain' | 'primary' | 'quiet' | 'danger';

export const buttonClass = (look: ButtonLook = 'plain', isWide = false): string =>
  [styles.button, look === 'plain' ? '' : styles[look], isWide ? styles.wide : ''].filter(Boolean).join(' ');

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'> & {
  look?: ButtonLook;
  isWide?: boolean;
  /** The act is on the way. */
  isBusy?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({
  look,
  isWide,
  isBusy = false,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps): ReactNode {
  const isOff = isBusy || rest['aria-disabled'] === true;
  return (
    <button
      {...rest}
      type={type}
      className={`${buttonClass(look, isWide)}${isBusy ? ` ${styles.busy}` : ''}`}
      {...(isOff ? { 'aria-disabled': true } : {})}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onClick?.(event);
      }}
    />
  );
}
