// 更多: the acts a person may do now besides the one that stands as a button.
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { OwedItem } from '../../contract/work.ts';
import type { Verb } from '../../domain/assignment/command.ts';
import { Button, buttonClass } from '../kit/button.tsx';
import { ModalSheet } from '../kit/sheet.tsx';
import { ACT_WORDS } from '../words/acts.ts';
import { useWords } from '../words/use-words.tsx';
import { ACT_FIELDS } from './act-fields.ts';
import { ActSheet } from './act-sheet.tsx';
import { submitAct } from './main-act.ts';
import styles from './act-menu.module.css';

export function ActMenu({ item, onClose }: { item: OwedItem; onClose: () => void }): ReactNode {
  const acts = useWords(ACT_WORDS);
  const [verb, setVerb] = useState<Verb | null>(null);
  if (verb !== null) return <ActSheet item={item} verb={verb} onClose={onClose} />;
  const simple = item.allowed.filter((act): act is Verb => act in ACT_FIELDS);
  return (
    <ModalSheet heading={item.item.title} onClose={onClose}>
      <ul role="list" className={styles.menu}>
        {item.allowed.includes('submit') ? (
          <li>
            <Link to="/a/$id/fill" params={{ id: item.id }} className={buttonClass('plain', true)}>
              {acts[submitAct(item)]}
            </Link>
          </li>
        ) : null}
        {simple.map((act) => (
          <li key={act}>
            <Button
              isWide
              onClick={() => {
                setVerb(act);
              }}
            >
              {acts[act]}
            </Button>
          </li>
        ))}
      </ul>
    </ModalSheet>
  );
}
