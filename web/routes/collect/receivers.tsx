// The receivers of one node, live: light, receipt, due time, report and figures of each, with the merged figures below.
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import type { COMMAND_CALLS } from '../../../contract/commands.ts';
import type { NODE_CALLS, ReceiverItem } from '../../../contract/nodes.ts';
import { instantText } from '../../../domain/calendar/due-text.ts';
import { useNow } from '../../context/clock.tsx';
import { actKey, callApi, type AnswerTo } from '../../call/call.ts';
import { isCode } from '../../call/problem.ts';
import { useRead } from '../../call/read.ts';
import { countLights, Strip } from '../../figures/strip.tsx';
import { Button } from '../../kit/button.tsx';
import { Due } from '../../kit/due.tsx';
import { LightWord } from '../../kit/light.tsx';
import { Failure, Skeleton } from '../../kit/notice.tsx';
import { ModalSheet } from '../../kit/sheet.tsx';
import { useToast } from '../../kit/toast.tsx';
import { LIGHT_WORDS, lightKey, markOf } from '../../words/lights.ts';
import { NO_VALUE, shown } from '../../words/shown.ts';
import { useLanguage, useWords } from '../../words/use-words.tsx';
import { NothingHere } from '../nothing/nothing.tsx';
import { Standing } from './collect.tsx';
import styles from './collect.module.css';
import { COLLECT_WORDS } from './words.ts';

type Receivers = AnswerTo<typeof NODE_CALLS.receivers>;

function ReceiverRow({ item, fields }: { item: ReceiverItem; fields: Receivers['fields'] }): ReactNode {
  const words = useWords(COLLECT_WORDS);
  const lights = useWords(LIGHT_WORDS);
  const language = useLanguage();
  const now = useNow();
  const when = (at: string): string => instantText(Date.parse(at), now, language);
  return (
    <tr>
      <td>
        <LightWord light={item.light} mark={markOf(item.phase)} word={lights[lightKey(item, now)]} />
      </td>
      <th scope="row">
        <Link to="/a/$id" params={{ id: item.id }}>
          {item.holder.name}
        </Link>
      </th>
      <td>{item.acknowledgedAt === null ? words.notYet : when(item.acknowledgedAt)}</td>
      <td>
        <time dateTime={item.dueAt}>{when(item.dueAt)}</time>
      </td>
      <td>
        {item.submittedAt === null ? NO_VALUE : when(item.submittedAt)}
        {item.phase === 'submitted' ? ` ${words.inReview}` : ''}
        {item.outliers > 0 ? ` · ${words.outliers(item.outliers)}` : ''}
      </td>
      {fields.map((field) => (
        <td key={field.key} className={styles.number}>
          {shown(field, item.values?.[field.key], language)}
        </td>
      ))}
      <td>
        {item.liaisons.map(({ person, name, phone }) => (
          <div key={person}>
            {name} {phone === null || phone.includes('*') ? phone : <a href={`tel:${phone}`}>{phone}</a>}
          </div>
        ))}
      </td>
    </tr>
  );
}

function Urge({ items }: { items: readonly ReceiverItem[] }): ReactNode {
  const words = useWords(COLLECT_WORDS);
  const queries = useQueryClient();
  const say = useToast();
  const [asked, setAsked] = useState<{ items: readonly ReceiverItem[]; key: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const waiting = items.filter(
    ({ acknowledgedAt, allowed }) => acknowledgedAt === null && allowed.includes('urge'),
  );
  const close = (): void => {
    setAsked(null);
    setError(null);
  };
  const urge = async (): Promise<void> => {
    if (asked === null) return;
    setBusy(true);
    try {
      const verdicts = await callApi<typeof COMMAND_CALLS.many>('post', '/commands', {
        body: asked.items.map(({ id }) => ({ assignment: id, command: 'urge' as const })),
        key: asked.key,
      });
      say({ text: words.urged(verdicts.filter(({ status }) => status === 200).length) });
      close();
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
      void queries.invalidateQueries();
    }
  };
  if (waiting.length === 0 && asked === null) return null;
  return (
    <div>
      <Button
        aria-haspopup="dialog"
        onClick={() => {
          setAsked({ items: waiting, key: actKey() });
        }}
      >
        {words.urge(waiting.length)}
      </Button>
      {asked === null ? null : (
        <ModalSheet
          heading={words.urge(asked.items.length)}
          onClose={close}
          acts={
            <Button look="primary" isBusy={isBusy} onClick={() => void urge()}>
              {words.urgeCount(asked.items.length)}
            </Button>
          }
        >
          <ul role="list">
            {asked.items.map(({ id, holder, liaisons }) => (
              <li key={id}>
                {holder.name} {liaisons.map(({ name }) => name).join('、')}
              </li>
            ))}
          </ul>
          {error === null ? null : <Failure error={error} />}
        </ModalSheet>
      )}
    </div>
  );
}

export function ReceiversScreen(): ReactNode {
  const words = useWords(COLLECT_WORDS);
  const language = useLanguage();
  const { id } = useParams({ from: '/signed-in/a/$id/receivers' });
  const { data, error, refetch } = useRead<typeof NODE_CALLS.receivers>(
    '/assignments/{id}/receivers',
    { id },
    { limit: 500 },
  );
  if (isCode(error, 'NOT_FOUND')) return <NothingHere />;
  if (data === undefined)
    return error === null ? <Skeleton /> : <Failure error={error} onRetry={() => void refetch()} />;
  const { node, fields, items, total } = data;
  const calendar = data.calendars[0]?.calendar ?? null;
  return (
    <div className={styles.page}>
      <div>
        <Link to="/collect" className={styles.title} data-screen-only>
          ‹ {words.back}
        </Link>
        <h1>
          {node.holder.name} · {node.item.title}
        </h1>
        <p>
          <Due dueAt={node.dueAt} calendar={calendar} />
        </p>
        <Standing node={node} />
      </div>
      <Strip counts={countLights(items.map(({ light }) => light))} />
      <Urge items={items} />
      <div className={styles.scroll} role="region" aria-label={words.holders} tabIndex={0}>
        <table className={styles.table} aria-label={words.holders}>
          <thead>
            <tr>
              {[words.light, words.unit, words.receipt, words.due, words.report].map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
              {fields.map(({ key, label }) => (
                <th key={key} scope="col" className={styles.number}>
                  {label}
                </th>
              ))}
              <th scope="col">{words.contact}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <ReceiverRow key={item.id} item={item} fields={fields} />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row" colSpan={5}>
                {words.total(node.coverage.reported, node.coverage.expected)}
              </th>
              {fields.map((field) => (
                <td key={field.key} className={styles.number}>
                  {shown(field, total?.values[field.key], language)}
                </td>
              ))}
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
    </div>
  );
}
