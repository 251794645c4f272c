// One row of what I owe: its light, its clocks, its one next act, and the rest behind 更多.
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { OwedItem } from '../../../contract/work.ts';
import type { Calendar } from '../../../domain/calendar/calendar.ts';
import { useNow } from '../../context/clock.tsx';
import { buttonClass, Button } from '../../kit/button.tsx';
import { Due, DueWords } from '../../kit/due.tsx';
import { LightWord } from '../../kit/light.tsx';
import { ACT_WORDS } from '../../words/acts.ts';
import { LIGHT_WORDS, lightKey, markOf } from '../../words/lights.ts';
import { useWords } from '../../words/use-words.tsx';
import { ActMenu } from '../../acts/act-menu.tsx';
import { AcknowledgeForm } from '../../acts/acknowledge-form.tsx';
import { mainActOf } from '../../acts/main-act.ts';
import styles from './owe.module.css';
import { OWE_WORDS } from './words.ts';

export function OweRow({ item, calendar }: { item: OwedItem; calendar: Calendar | null }): ReactNode {
  const words = useWords(OWE_WORDS);
  const acts = useWords(ACT_WORDS);
  const lights = useWords(LIGHT_WORDS);
  const now = useNow();
  const [isOpen, setOpen] = useState(false);
  const main = mainActOf(item);
  const { urgency } = item.directive;
  const titled = item.directive.title !== item.item.title ? item.directive.title : null;
  return (
    <li className={styles.row}>
      <div>
        <div className={styles.line}>
          <LightWord light={item.light} mark={markOf(item.phase)} word={lights[lightKey(item, now)]} />
          {urgency === 'normal' ? null : <span className={styles.urgency}>{words[urgency]}</span>}
          <Link to="/a/$id" params={{ id: item.id }} className={styles.title}>
            {item.item.title}
          </Link>
        </div>
        {titled === null ? null : <p className={styles.about}>{titled}</p>}
        <p className={styles.about}>{words.from(item.directive.number, item.issuer.name)}</p>
        <p>
          <Due dueAt={item.dueAt} suspendedUntil={item.suspendedUntil} calendar={calendar} />
        </p>
        {item.acknowledgedAt === null && item.acknowledgeBy !== null && item.suspendedUntil === null ? (
          <p className={styles.about}>
            {words.receiptBy}：<DueWords dueAt={item.acknowledgeBy} calendar={calendar} />
          </p>
        ) : null}
      </div>
      <div className={styles.acts}>
        {main === 'acknowledge' || main === 'acknowledgeChange' ? (
          <AcknowledgeForm item={item} word={acts[main]} />
        ) : (
          <Link
            to={main === null ? '/a/$id' : '/a/$id/fill'}
            params={{ id: item.id }}
            className={buttonClass(main === null ? 'plain' : 'primary')}
          >
            {main === null ? words.openIt : acts[main]}
          </Link>
        )}
        <Button
          aria-haspopup="dialog"
          onClick={() => {
            setOpen(true);
          }}
        >
          {acts.more}
        </Button>
      </div>
      {isOpen ? (
        <ActMenu
          item={item}
          onClose={() => {
            setOpen(false);
          }}
        />
      ) : null}
    </li>
  );
}
