// A sheet over the page: a dialog named by its heading, closed by 取消, Escape, or a press beside it.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { ACT_WORDS } from '../words/acts.ts';
import { useWords } from '../words/use-words.tsx';
import { Button } from './button.tsx';
import styles from './sheet.module.css';

export type SheetProps = {
  heading: string;
  children?: ReactNode;
  /** The buttons beside 取消; the main one last. */
  acts?: ReactNode;
  onClose: () => void;
  /** Another word than 取消, where nothing can be called off any more. */
  closeWord?: string;
};

export function ModalSheet({ heading, children, acts, onClose, closeWord }: SheetProps): ReactNode {
  const words = useWords(ACT_WORDS);
  const headingId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    if (shown !== null && !shown.open) shown.showModal();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.sheet}
      aria-labelledby={headingId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <h2 id={headingId}>{heading}</h2>
      {children === undefined ? null : <div className={styles.body}>{children}</div>}
      <div className={styles.acts}>
        <Button autoFocus onClick={onClose}>
          {closeWord ?? words.cancelSheet}
        </Button>
        {acts}
      </div>
    </dialog>
  );
}
