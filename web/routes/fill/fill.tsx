// Filling in a report (page.md §4.3): judged at every keystroke by the server's own rules, kept on the device, sent once.
import { useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { ASSIGNMENT_PAGE_CALLS, AssignmentPage } from '../../../contract/assignment-page.ts';
import { clockText } from '../../../domain/calendar/due-text.ts';
import { compiledOf, type Last } from '../../../domain/form/form.ts';
import type { Form } from '../../../domain/form/field.ts';
import type { Json } from '../../../domain/form/value.ts';
import { shownText } from '../../../domain/paper/summary/shown-value.ts';
import { useMe } from '../../context/me.ts';
import { actKey, serverNow } from '../../call/call.ts';
import { isCode } from '../../call/problem.ts';
import { useRead } from '../../call/read.ts';
import { loadPatterns, needsPatterns } from '../../form/pattern-engine.ts';
import { sendOrKeep } from '../../device/outbox.ts';
import { Button, buttonClass } from '../../kit/button.tsx';
import { AreaField } from '../../kit/field.tsx';
import { Failure, Notice, Skeleton } from '../../kit/notice.tsx';
import { ModalSheet } from '../../kit/sheet.tsx';
import { ACT_WORDS } from '../../words/acts.ts';
import { useLanguage, useWords } from '../../words/use-words.tsx';
import { ASSIGNMENT_WORDS } from '../assignment/words.ts';
import { NothingHere } from '../nothing/nothing.tsx';
import {
  draftOf,
  filledCount,
  judged,
  reportOf,
  withTakenOver,
  withTyped,
  type Draft,
  type Typed,
} from './draft.ts';
import { ErrorSummary, focusField } from './error-summary.tsx';
import { shownFaults, type ShownFault } from './faults.ts';
import { FieldInput } from './field-input.tsx';
import styles from './fill.module.css';
import { useDraft } from './use-draft.ts';
import { FILL_WORDS } from './words.ts';

type Item = AssignmentPage['assignment'];
type Done = { version: number | null; at: number };

const reportIn = ({
  submission,
}: Item): { values: Record<string, unknown>; rows: Record<string, unknown> } | null =>
  submission === null || submission.kind === 'roll-up' ? null : submission;

function Delivered({ done, item }: { done: Done; item: Item }): ReactNode {
  const words = useWords(FILL_WORDS);
  return (
    <div className={styles.done} role="status">
      <h1>{item.item.title}</h1>
      <p>{done.version === null ? words.waiting : words.delivered(clockText(done.at), done.version)}</p>
      <p>
        <Link to="/owe" className={buttonClass('primary')}>
          {words.nextTask} ›
        </Link>
      </p>
    </div>
  );
}

type SendProps = { page: AssignmentPage; draft: Draft; onClose: () => void; onDone: (done: Done) => void };

/** What goes, to whom; the answer of the server, or the word that it waits. */
function SendSheet({ page, draft, onClose, onDone }: SendProps): ReactNode {
  const words = useWords(FILL_WORDS);
  const acts = useWords(ACT_WORDS);
  const queries = useQueryClient();
  const me = useMe();
  const item = page.assignment;
  const fields = page.form?.fields ?? [];
  const [key] = useState(actKey);
  const [note, setNote] = useState(draft.note);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isCorrection = item.phase === 'approved';
  const send = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    const { values, rows, explanations } = reportOf(fields, draft);
    const body = {
      values,
      rows,
      ...(note.trim() === '' ? {} : { note }),
      ...(Object.keys(explanations).length === 0 ? {} : { explanations }),
      ...(draft.carried.length === 0 ? {} : { carried: draft.carried }),
    };
    try {
      const order = { assignment: item.id, verb: 'submit' as const, body, version: item.version, key };
      const sent = await sendOrKeep(queries, order, { person: me.person.id, title: item.item.title });
      onDone({
        version: sent.is === 'answered' ? (item.submission?.version ?? 0) + 1 : null,
        at: serverNow(),
      });
    } catch (fault) {
      setError(fault);
    } finally {
      setBusy(false);
    }
  };
  return (
    <ModalSheet
      heading={words.toSend(item.issuer.name, filledCount(fields, draft))}
      onClose={onClose}
      acts={
        <Button look="primary" isBusy={isBusy} onClick={() => void send()}>
          {words.confirm}
        </Button>
      }
    >
      <p>{item.item.title}</p>
      <AreaField
        label={isCorrection ? words.correctionNote : words.noteLabel}
        required={isCorrection}
        value={note}
        maxLength={2000}
        onChange={(event) => {
          setNote(event.currentTarget.value);
        }}
      />
      {isCode(error, 'PRECONDITION_FAILED') ? (
        <Notice kind="warning" live>
          <p>{words.changed}</p>
          <Button
            onClick={() => {
              void queries.invalidateQueries();
              onClose();
            }}
          >
            {words.goOn}
          </Button>
        </Notice>
      ) : error === null ? null : (
        <Failure error={error} />
      )}
      <p className={styles.status}>{acts.submit}</p>
    </ModalSheet>
  );
}

function FillForm({
  page,
  form,
}: {
  page: AssignmentPage;
  form: Form & {
    prefill: NonNullable<AssignmentPage['form']>['prefill'];
    last: NonNullable<AssignmentPage['form']>['last'];
  };
}): ReactNode {
  const words = useWords(FILL_WORDS);
  const more = useWords(ASSIGNMENT_WORDS);
  const language = useLanguage();
  const me = useMe();
  const item = page.assignment;
  const compiled = useMemo(
    () => compiledOf({ fields: form.fields, rules: form.rules }),
    [form.fields, form.rules],
  );
  const beginning = useMemo(() => draftOf(form.fields, reportIn(item)), [form.fields, item]);
  const { state, change, forget } = useDraft(
    { person: me.person.id, assignment: item.id, title: item.item.title },
    form.fields,
    beginning,
  );
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [tries, setTries] = useState(0);
  const [isSending, setSending] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const draft = state?.draft ?? null;
  const faults = useMemo(
    () =>
      draft === null
        ? []
        : shownFaults(judged(compiled, draft, form.last as Last).faults, form.fields, language),
    [compiled, draft, form.last, form.fields, language],
  );
  const onTyped = useCallback(
    (key: string, typed: Typed) => {
      change((before) => withTyped(before, key, typed));
    },
    [change],
  );
  const onLeft = useCallback((key: string) => {
    setLeft((before) => (before.has(key) ? before : new Set([...before, key])));
  }, []);
  if (done !== null) return <Delivered done={done} item={item} />;
  if (state === null || draft === null) return <Skeleton />;
  const isShown = (fault: ShownFault): boolean => tries > 0 || fault.fields.some((key) => left.has(key));
  const shown = faults.filter((fault) => isShown(fault));
  const faultOf = (key: string): string | null =>
    shown.find((fault) => fault.explain === null && fault.fields.includes(key))?.text ?? null;
  // A reason is asked for as soon as the rule asks, at the first field it reads; it stays once it is given.
  const explained = form.rules.filter(
    ({ key, severity }) =>
      severity === 'explain' &&
      (faults.some(({ explain }) => explain === key) || (draft.explanations[key] ?? '') !== ''),
  );
  const offered = form.fields.filter(
    ({ key }) => form.prefill[key] !== undefined && !draft.carried.includes(key),
  );
  const missing = form.fields.filter(
    ({ key, required }) => required && faults.some(({ fields }) => fields[0] === key),
  ).length;
  const submit = (): void => {
    if (faults.length > 0) setTries((count) => count + 1);
    else setSending(true);
  };
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <Link to="/a/$id" params={{ id: item.id }}>
          ‹ {item.item.title}
        </Link>
        <h1>{item.item.title}</h1>
        <p>{words.progress(form.fields.length, filledCount(form.fields, draft), missing)}</p>
        <p className={styles.status} role="status">
          {state.isRefused
            ? words.notSaved
            : state.savedAt === null
              ? ''
              : words.saved(clockText(state.savedAt))}
        </p>
      </div>
      {item.returned === null ? null : (
        <section aria-labelledby="why">
          <Notice kind="warning">
            <h2 id="why">{more.why}</h2>
            <p>{item.returned.reason}</p>
          </Notice>
        </section>
      )}
      {state.lost.length === 0 ? null : <Notice kind="warning">{words.lost(state.lost.join('、'))}</Notice>}
      {tries > 0 && faults.length > 0 ? <ErrorSummary faults={faults} shownAt={tries} /> : null}
      {offered.length === 0 ? null : (
        <div className={styles.card}>
          <p>{words.mayTakeOver(offered.length)}</p>
          <div>
            <Button
              onClick={() => {
                change((before) =>
                  withTakenOver(
                    before,
                    form.fields,
                    form.prefill,
                    offered.map(({ key }) => key),
                  ),
                );
              }}
            >
              {words.takeOverAll}
            </Button>
          </div>
        </div>
      )}
      <div className={`${styles.card} ${styles.fields}`}>
        {form.fields.map((field) =>
          field.type === 'table' ? (
            <div key={field.key} className={styles.head}>
              <h2>{field.label}</h2>
              <p>{words.rows(draft.rows[field.key]?.length ?? 0)}</p>
              {faultOf(field.key) === null ? null : <p className={styles.mark}>{faultOf(field.key)}</p>}
            </div>
          ) : (
            <div key={field.key} className={styles.head}>
              <FieldInput
                field={field}
                typed={draft.typed[field.key]}
                fault={faultOf(field.key)}
                last={
                  form.prefill[field.key] === undefined
                    ? null
                    : shownText({ ...field, sensitive: false }, form.prefill[field.key]?.value as Json, {
                        language,
                        files: {},
                      })
                }
                isTakenOver={draft.carried.includes(field.key)}
                isMarked={item.returned?.fields.includes(field.key) ?? false}
                onTyped={onTyped}
                onLeft={onLeft}
              />
              {explained
                .filter(
                  ({ key }) => compiled.rules.find(({ rule }) => rule.key === key)?.fields[0] === field.key,
                )
                .map((rule) => (
                  <div key={rule.key}>
                    <p className={styles.warn}>{rule.message}</p>
                    <AreaField
                      label={words.explain}
                      value={draft.explanations[rule.key] ?? ''}
                      fault={
                        tries > 0 && faults.some(({ explain }) => explain === rule.key) ? rule.message : null
                      }
                      maxLength={2000}
                      onChange={(event) => {
                        const text = event.currentTarget.value;
                        change((before) => ({
                          ...before,
                          explanations: { ...before.explanations, [rule.key]: text },
                        }));
                      }}
                    />
                  </div>
                ))}
            </div>
          ),
        )}
      </div>
      <div className={styles.acts}>
        <Link to="/owe" className={buttonClass()}>
          {words.backTo}
        </Link>
        {tries > 0 && faults.length > 0 ? (
          <Button
            onClick={() => {
              focusField(nextFault(faults));
            }}
          >
            {words.next}
          </Button>
        ) : null}
        <Button look="primary" onClick={submit}>
          {words.send}
        </Button>
      </div>
      {isSending ? (
        <SendSheet
          page={page}
          draft={draft}
          onClose={() => {
            setSending(false);
          }}
          onDone={(what) => {
            setSending(false);
            setDone(what);
            void forget();
          }}
        />
      ) : null}
    </div>
  );
}

/** The field of the fault after the one that has the focus; the first again after the last. */
function nextFault(faults: readonly ShownFault[]): string | undefined {
  const focused =
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset['field'] : undefined;
  const keys = faults.flatMap(({ fields }) => fields.slice(0, 1));
  const at = focused === undefined ? -1 : keys.lastIndexOf(focused);
  return keys[(at + 1) % keys.length];
}

/** False until the engine for the form's patterns is there; forms without patterns need none. */
function usePatterns(form: Form | null): boolean {
  const isNeeded =
    form !== null &&
    needsPatterns([
      ...form.rules.map(({ check }) => check),
      ...form.fields.map(({ alertIf = '' }) => alertIf),
    ]);
  const [isLoaded, setLoaded] = useState(false);
  useEffect(() => {
    if (isNeeded)
      void loadPatterns().then(() => {
        setLoaded(true);
      });
  }, [isNeeded]);
  return !isNeeded || isLoaded;
}

export function FillScreen(): ReactNode {
  const { id } = useParams({ from: '/signed-in/a/$id/fill' });
  const {
    data: page,
    error,
    refetch,
  } = useRead<typeof ASSIGNMENT_PAGE_CALLS.read>('/assignments/{id}/page', { id });
  const isReady = usePatterns(page?.form ?? null);
  if (isCode(error, 'NOT_FOUND')) return <NothingHere />;
  if (page === undefined)
    return error === null ? <Skeleton /> : <Failure error={error} onRetry={() => void refetch()} />;
  if (page.form === null) return <NothingHere />;
  if (!isReady) return <Skeleton />;
  return <FillForm page={page} form={page.form} />;
}
