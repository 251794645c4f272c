// One assignment (page.md §4.2): how it stands, what is asked, what has been said, what happened.
import { Link, useParams } from '@tanstack/react-router';
import { Fragment, useState, type ReactNode } from 'react';
import type { ASSIGNMENT_PAGE_CALLS, AssignmentPage } from '../../../contract/assignment-page.ts';
import { useNow } from '../../context/clock.tsx';
import { useRead } from '../../call/read.ts';
import { isCode } from '../../call/problem.ts';
import { Button, buttonClass } from '../../kit/button.tsx';
import { Due } from '../../kit/due.tsx';
import { LightWord } from '../../kit/light.tsx';
import { Failure, Notice, Skeleton } from '../../kit/notice.tsx';
import { ACT_WORDS } from '../../words/acts.ts';
import { LIGHT_WORDS, lightKey, markOf } from '../../words/lights.ts';
import { useWords } from '../../words/use-words.tsx';
import { NothingHere } from '../nothing/nothing.tsx';
import { AcknowledgeForm } from '../../acts/acknowledge-form.tsx';
import { ActMenu } from '../../acts/act-menu.tsx';
import { ActSheet } from '../../acts/act-sheet.tsx';
import styles from './assignment.module.css';
import { History } from './history.tsx';
import { mainActOf } from '../../acts/main-act.ts';
import { NoticeCard } from './notice-card.tsx';
import { ReportCard } from './report-card.tsx';
import { ASSIGNMENT_WORDS } from './words.ts';

type Item = AssignmentPage['assignment'];

function Acts({ item }: { item: Item }): ReactNode {
  const acts = useWords(ACT_WORDS);
  const [open, setOpen] = useState<'menu' | 'sign' | 'approve' | 'accept-transfer' | null>(null);
  const main = mainActOf(item);
  const close = (): void => {
    setOpen(null);
  };
  const isSheet = main === 'sign' || main === 'approve' || main === 'accept-transfer';
  if (item.allowed.length === 0) return null;
  return (
    <div className={styles.acts} data-screen-only>
      {main === 'acknowledge' || main === 'acknowledgeChange' ? (
        <AcknowledgeForm item={item} word={acts[main]} />
      ) : null}
      {isSheet ? (
        <Button
          look="primary"
          onClick={() => {
            setOpen(main);
          }}
        >
          {acts[main]}
        </Button>
      ) : null}
      {main !== null && !isSheet && main !== 'acknowledge' && main !== 'acknowledgeChange' ? (
        <Link to="/a/$id/fill" params={{ id: item.id }} className={buttonClass('primary')}>
          {acts[main]}
        </Link>
      ) : null}
      <Button
        aria-haspopup="dialog"
        onClick={() => {
          setOpen('menu');
        }}
      >
        {acts.more}
      </Button>
      {open === 'menu' ? <ActMenu item={item} onClose={close} /> : null}
      {open === null || open === 'menu' ? null : <ActSheet item={item} verb={open} onClose={close} />}
    </div>
  );
}

function Bars({ page }: { page: AssignmentPage }): ReactNode {
  const words = useWords(ASSIGNMENT_WORDS);
  const { returned, amendment } = page.assignment;
  return (
    <>
      {returned === null ? null : (
        <section aria-labelledby="why-returned">
          <Notice kind="warning">
            <h2 id="why-returned">{words.why}</h2>
            <p>{returned.reason}</p>
            {returned.fields.length === 0 ? null : <p>{words.marked(returned.fields.length)}</p>}
          </Notice>
        </section>
      )}
      {amendment === null || amendment.acknowledgedAt !== null ? null : (
        <Notice kind="warning">
          <p>{words.amended}</p>
        </Notice>
      )}
    </>
  );
}

function People({ item }: { item: Item }): ReactNode {
  const words = useWords(ASSIGNMENT_WORDS);
  return (
    <dl className={styles.facts}>
      <dt>{words.issuer}</dt>
      <dd>{item.issuer.name}</dd>
      <dt>{words.holder}</dt>
      <dd>{item.holder.name}</dd>
      {item.liaisons.map(({ person, name, role }) => (
        <Fragment key={`${role}-${person}`}>
          <dt>{words[role]}</dt>
          <dd>{name}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

export function AssignmentScreen(): ReactNode {
  const words = useWords(ASSIGNMENT_WORDS);
  const lights = useWords(LIGHT_WORDS);
  const now = useNow();
  const { id } = useParams({ from: '/signed-in/a/$id' });
  const {
    data: page,
    error,
    refetch,
  } = useRead<typeof ASSIGNMENT_PAGE_CALLS.read>('/assignments/{id}/page', { id });
  if (isCode(error, 'NOT_FOUND')) return <NothingHere />;
  if (page === undefined)
    return error === null ? <Skeleton /> : <Failure error={error} onRetry={() => void refetch()} />;
  const item = page.assignment;
  const calendar =
    page.calendars.find((each) => each.id === item.clock.calendar && each.version === item.clock.version)
      ?.calendar ?? null;
  return (
    <div className={styles.columns}>
      <div className={styles.columns}>
        <div className={styles.head}>
          <Link to="/owe" className={styles.back} data-screen-only>
            ‹ {words.back}
          </Link>
          <h1>{item.item.title}</h1>
          <p className={styles.about}>
            {item.directive.title} · {item.directive.number}
          </p>
          <p className={styles.line}>
            <LightWord light={item.light} mark={markOf(item.phase)} word={lights[lightKey(item, now)]} />
            <Due dueAt={item.dueAt} suspendedUntil={item.suspendedUntil} calendar={calendar} />
          </p>
        </div>
        <Bars page={page} />
        {page.notice.body === '' && page.notice.attachments.length === 0 ? null : (
          <NoticeCard notice={page.notice} />
        )}
        <ReportCard page={page} />
        <Acts item={item} />
      </div>
      <div className={styles.columns}>
        <div className={styles.card}>
          <People item={item} />
        </div>
        <History events={page.events} />
      </div>
    </div>
  );
}
