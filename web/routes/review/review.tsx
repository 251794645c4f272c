// The review queue (page.md §4.7): what stands out first and says why; one report beside it, compared; keys and taps alike.
import { useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { COMMAND_CALLS } from '../../../contract/commands.ts';
import type { NODE_CALLS, ReviewItem } from '../../../contract/nodes.ts';
import { actKey, callApi } from '../../call/call.ts';
import { useOrder } from '../../call/command.ts';
import { CallProblem } from '../../call/problem.ts';
import { useRead } from '../../call/read.ts';
import { useSettings } from '../../context/settings-context.tsx';
import { Button } from '../../kit/button.tsx';
import { Failure, Notice, Skeleton } from '../../kit/notice.tsx';
import { ModalSheet } from '../../kit/sheet.tsx';
import { useToast } from '../../kit/toast.tsx';
import { ACT_WORDS } from '../../words/acts.ts';
import { NO_VALUE, shown } from '../../words/shown.ts';
import { useLanguage, useWords } from '../../words/use-words.tsx';
import { ReturnSheet } from './return-sheet.tsx';
import styles from './review.module.css';
import { lastOf, reasonsOf } from './why.ts';
import { REVIEW_WORDS } from './words.ts';

function Comparison({ item }: { item: ReviewItem }): ReactNode {
  const words = useWords(REVIEW_WORDS);
  const language = useLanguage();
  const values = item.submission.values as Readonly<Record<string, unknown>>;
  return (
    <div className={styles.scroll} role="region" aria-label={words.comparison} tabIndex={0}>
      <table className={styles.table} aria-label={words.comparison}>
        <thead>
          <tr>
            {[words.field, words.now, words.previous, words.last, words.peers].map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {item.fields.map((field) => {
            const peers = item.peers[field.key];
            const before = item.previous?.[field.key];
            const isChanged = item.previous !== null && before !== values[field.key];
            return (
              <tr key={field.key}>
                <th scope="row">{field.label}</th>
                <td className={isChanged ? styles.changed : undefined}>
                  {shown(field, values[field.key], language)}
                </td>
                <td>{item.previous === null ? NO_VALUE : shown(field, before, language)}</td>
                <td>{shown(field, lastOf(item, field.key), language)}</td>
                <td>
                  {peers === undefined
                    ? NO_VALUE
                    : `${shown(field, peers.min, language)}–${shown(field, peers.max, language)}`}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Rest({ items }: { items: readonly ReviewItem[] }): ReactNode {
  const words = useWords(REVIEW_WORDS);
  const queries = useQueryClient();
  const say = useToast();
  const [asked, setAsked] = useState<{ items: readonly ReviewItem[]; key: string } | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const plain = items.filter(({ outliers, allowed }) => outliers.length === 0 && allowed.includes('approve'));
  if (plain.length < 2 && asked === null) return null;
  const approve = async (): Promise<void> => {
    if (asked === null) return;
    setBusy(true);
    try {
      const verdicts = await callApi<typeof COMMAND_CALLS.many>('post', '/commands', {
        body: asked.items.map(({ assignment, version }) => ({
          assignment,
          command: 'approve' as const,
          ifMatch: version,
        })),
        key: asked.key,
      });
      const done = verdicts.filter(({ status }) => status === 200).length;
      say({ text: words.restDone(done, verdicts.length - done) });
      setAsked(null);
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
      void queries.invalidateQueries();
    }
  };
  return (
    <>
      <Button
        aria-haspopup="dialog"
        onClick={() => {
          setAsked({ items: plain, key: actKey() });
        }}
      >
        {words.rest(plain.length)}
      </Button>
      {asked === null ? null : (
        <ModalSheet
          heading={words.rest(asked.items.length)}
          onClose={() => {
            setAsked(null);
            setError(null);
          }}
          acts={
            <Button look="primary" isBusy={isBusy} onClick={() => void approve()}>
              {words.rest(asked.items.length)}
            </Button>
          }
        >
          <p>{words.restAsk(asked.items.length, items.length - asked.items.length)}</p>
          {error === null ? null : <Failure error={error} />}
        </ModalSheet>
      )}
    </>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

export function ReviewScreen(): ReactNode {
  const words = useWords(REVIEW_WORDS);
  const acts = useWords(ACT_WORDS);
  const language = useLanguage();
  const { settings } = useSettings();
  const { node } = useSearch({ from: '/signed-in/review' });
  const { data, error, refetch } = useRead<typeof NODE_CALLS.review>(
    '/review',
    {},
    { limit: 200, ...(node === undefined ? {} : { node }) },
    { keep: true },
  );
  const order = useOrder();
  const say = useToast();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isReturning, setReturning] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  /** Approved here and not yet sent: they may be taken back for five seconds. */
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set());
  const items = useMemo(
    () => (data?.items ?? []).filter(({ assignment }) => !pending.has(assignment)),
    [data, pending],
  );
  const at = Math.max(
    0,
    items.findIndex(({ assignment }) => assignment === chosen),
  );
  const item = items[at];
  const go = useCallback(
    (step: number) => {
      setChosen(items[Math.min(Math.max(at + step, 0), items.length - 1)]?.assignment ?? null);
    },
    [items, at],
  );
  const release = useCallback((assignment: string) => {
    setPending((before) => new Set([...before].filter((each) => each !== assignment)));
  }, []);
  const approve = useCallback(() => {
    if (item === undefined || !item.allowed.includes('approve')) return;
    const { assignment, version, holder } = item;
    const key = actKey();
    const send = (): void => {
      order({ assignment, verb: 'approve', version, key })
        .catch((problem: unknown) => {
          setFault(problem);
        })
        .finally(() => {
          release(assignment);
        });
    };
    setFault(null);
    setPending((before) => new Set([...before, assignment]));
    setChosen(items[at + 1]?.assignment ?? items[at - 1]?.assignment ?? null);
    if (!settings.undo) {
      send();
      return;
    }
    say({
      text: words.approved(holder.name),
      act: {
        word: acts.undo,
        run: () => {
          release(assignment);
          setChosen(assignment);
        },
      },
      onOver: send,
    });
  }, [item, items, at, order, release, say, settings.undo, words, acts]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!settings.keys || isReturning || event.isComposing || isTyping(event.target)) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'j') go(1);
      else if (event.key === 'k') go(-1);
      else if (event.key === 'a') approve();
      else if (event.key === 'r') setReturning(true);
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [settings.keys, isReturning, go, approve]);
  const outliers = items.filter((each) => each.outliers.length > 0).length;
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{words.title}</h1>
        <span>{words.count(items.length, outliers)}</span>
        <Rest items={items} />
      </div>
      {error === null ? null : <Failure error={error} onRetry={() => void refetch()} />}
      {fault === null ? null : fault instanceof CallProblem ? (
        <Notice kind="fault" live>
          {fault.problem.detail}
        </Notice>
      ) : (
        <Failure error={fault} />
      )}
      {data === undefined && error === null ? <Skeleton /> : null}
      {data !== undefined && items.length === 0 ? <p>{words.empty}</p> : null}
      {item === undefined ? null : (
        <div className={styles.columns}>
          <ul role="list" className={styles.list}>
            {items.map((each) => {
              const reasons = reasonsOf(each, language);
              return (
                <li key={each.assignment}>
                  <button
                    type="button"
                    className={styles.item}
                    aria-current={each.assignment === item.assignment ? 'true' : undefined}
                    onClick={() => {
                      setChosen(each.assignment);
                    }}
                  >
                    <span>
                      {each.holder.name} · {each.item.title}
                    </span>
                    <span className={each.outliers.length > 0 ? styles.why : styles.plain}>
                      {reasons.length === 0 ? words.plain : reasons.join('；')}
                    </span>
                  </button>
                </li>
              );
            })}
          </ul>
          <section className={styles.detail} aria-label={item.holder.name}>
            <h2>
              {item.holder.name} · {words.version(item.submission.version)}
            </h2>
            <Comparison item={item} />
            {Object.entries(item.explained).map(([rule, text]) => (
              <p key={rule}>{text}</p>
            ))}
            {item.submission.note === null ? null : (
              <p>
                {words.note}：{item.submission.note}
              </p>
            )}
            <div className={styles.acts}>
              <div className={styles.head}>
                <Button
                  onClick={() => {
                    go(-1);
                  }}
                  aria-disabled={at === 0}
                >
                  {words.before}
                </Button>
                <Button
                  onClick={() => {
                    go(1);
                  }}
                  aria-disabled={at === items.length - 1}
                >
                  {words.after}
                </Button>
              </div>
              <div className={styles.head}>
                <Button
                  look="danger"
                  onClick={() => {
                    setReturning(true);
                  }}
                >
                  {acts.return}
                </Button>
                <Button look="primary" onClick={approve}>
                  {acts.approve}
                </Button>
              </div>
            </div>
          </section>
        </div>
      )}
      {isReturning && item !== undefined ? (
        <ReturnSheet
          item={item}
          onClose={() => {
            setReturning(false);
          }}
          onDone={() => {
            setReturning(false);
          }}
        />
      ) : null}
    </div>
  );
}
