// Signing in, and setting a password of one's own where one was given. Both are forms that work without JavaScript.
import { useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import type { SESSION_CALLS } from '../../../contract/session.ts';
import { placeAfterSignIn } from '../../../domain/access/local-path.ts';
import { useMeOrNull } from './who.ts';
import { callApi, setCsrf } from '../../call/call.ts';
import { isCode, CallProblem } from '../../call/problem.ts';
import { useRead } from '../../call/read.ts';
import { Button, buttonClass } from '../../kit/button.tsx';
import { TextField } from '../../kit/field.tsx';
import { Notice } from '../../kit/notice.tsx';
import { ModalSheet } from '../../kit/sheet.tsx';
import { ACT_WORDS } from '../../words/acts.ts';
import { useWords } from '../../words/use-words.tsx';
import styles from './sign-in.module.css';
import { SIGN_IN_WORDS } from './words.ts';

type Fault = { text: string };

const textIn = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

/** What the server says of a form it was sent without JavaScript. */
export type SignInState = { login: string; fault: string | null; mustChange: boolean };

/** `known`: the given password, where it has just been typed; after a reload it is asked for. */
function Password({ known, onSet }: { known: string | null; onSet: () => void }): ReactNode {
  const words = useWords(SIGN_IN_WORDS);
  const me = useMeOrNull();
  const [fault, setFault] = useState<Fault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [current, password, repeat] = [
      known ?? textIn(given, 'current'),
      textIn(given, 'password'),
      textIn(given, 'repeat'),
    ];
    if (password !== repeat) {
      setFault({ text: words.differ });
      return;
    }
    if (me === null) return;
    setBusy(true);
    try {
      await callApi<typeof SESSION_CALLS.setPassword>('post', '/people/{id}/password', {
        params: { id: me.person.id },
        body: { password, current },
      });
      onSet();
    } catch (error) {
      setFault({ text: wordsOf(error, words.unreached) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={styles.form}
      method="post"
      action="/sign-in/password"
      onSubmit={(event) => void submit(event)}
    >
      <p>{words.given}</p>
      {known === null ? (
        <TextField
          label={words.current}
          type="password"
          name="current"
          autoComplete="current-password"
          required
        />
      ) : null}
      <TextField
        label={words.newPassword}
        type="password"
        name="password"
        autoComplete="new-password"
        minLength={10}
        required
        about={words.length}
      />
      <TextField
        label={words.repeat}
        type="password"
        name="repeat"
        autoComplete="new-password"
        minLength={10}
        required
      />
      {fault === null ? null : (
        <Notice kind="fault" live>
          {fault.text}
        </Notice>
      )}
      <input type="hidden" name="csrf" value={me?.csrf ?? ''} />
      <Button type="submit" look="primary" isBusy={isBusy}>
        {words.setAndSignIn}
      </Button>
    </form>
  );
}

const wordsOf = (error: unknown, unreached: string): string =>
  error instanceof CallProblem
    ? (error.problem.errors?.map(({ message }) => message).join('；') ?? error.problem.detail)
    : unreached;

/** Login and password; `onDone` is told whether the password must be changed first. */
function SignInForm({ to, onDone }: { to: string; onDone: (password: string) => void }): ReactNode {
  const words = useWords(SIGN_IN_WORDS);
  const acts = useWords(ACT_WORDS);
  const state = useRead<never>('/sign-in' as never, {}, undefined, { enabled: false }).data as
    SignInState | undefined;
  const methods = useRead<typeof SESSION_CALLS.methods>('/sign-in-methods', {}).data;
  const [fault, setFault] = useState<Fault | null>(state?.fault ? { text: state.fault } : null);
  const [isBusy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (fault !== null) password.current?.focus();
  }, [fault]);
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    setBusy(true);
    try {
      const [login, secret] = [textIn(given, 'login'), textIn(given, 'password')];
      await callApi<typeof SESSION_CALLS.signIn>('post', '/session', {
        body: { login, password: secret, cookie: true },
      });
      onDone(secret);
    } catch (error) {
      setFault({ text: isCode(error, 'UNAUTHENTICATED') ? words.wrong : wordsOf(error, words.unreached) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles.form} method="post" action="/sign-in" onSubmit={(event) => void submit(event)}>
      <input type="hidden" name="to" value={to} />
      <TextField
        label={words.login}
        name="login"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={state?.login ?? ''}
        required
      />
      <TextField
        label={words.password}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        ref={password}
      />
      {fault === null ? null : (
        <Notice kind="fault" live>
          {fault.text}
        </Notice>
      )}
      <Button type="submit" look="primary" isBusy={isBusy}>
        {acts.signIn}
      </Button>
      {methods?.oidc == null ? null : (
        <a className={buttonClass('plain', true)} href={`${methods.oidc.url}?to=${encodeURIComponent(to)}`}>
          {words.by(methods.oidc.name)}
        </a>
      )}
    </form>
  );
}

/** After signing in: whose page it is, and whether a given password is to be changed before anything else. */
function useSignedIn(onIn: () => void): {
  mustChange: boolean;
  known: string | null;
  done: (password?: string) => void;
} {
  const queries = useQueryClient();
  const me = useMeOrNull();
  const [known, setKnown] = useState<string | null>(null);
  const again = async (): Promise<void> => {
    const found = await callApi<typeof SESSION_CALLS.me>('get', '/me');
    setCsrf(found.csrf);
    queries.setQueryData(['/me'], found);
    if (!found.may.mustChangePassword) onIn();
  };
  const done = (password?: string): void => {
    if (password !== undefined) setKnown(password);
    void again();
  };
  return { mustChange: me?.may.mustChangePassword ?? false, known, done };
}

export function SignInScreen(): ReactNode {
  const words = useWords(SIGN_IN_WORDS);
  const { to } = useSearch({ from: '/sign-in' });
  // A whole page anew: the server paints it for this person.
  const { mustChange, known, done } = useSignedIn(() => {
    location.assign(placeAfterSignIn(to));
  });
  return (
    <main className={styles.page}>
      <p className={styles.name}>{words.product}</p>
      <h1>{mustChange ? words.setPassword : words.title}</h1>
      {mustChange ? (
        <Password known={known} onSet={done} />
      ) : (
        <SignInForm to={placeAfterSignIn(to)} onDone={done} />
      )}
    </main>
  );
}

/** Over a page whose session has ended: the same person goes on where they were, another one starts clean. */
export function SignInSheet(): ReactNode {
  const words = useWords(SIGN_IN_WORDS);
  const queries = useQueryClient();
  const before = useMeOrNull();
  const { mustChange, known, done } = useSignedIn(() => {
    const after = queries.getQueryData<{ person: { id: string } }>(['/me']);
    if (before !== null && after?.person.id !== before.person.id) location.assign('/');
    else void queries.invalidateQueries();
  });
  return (
    <ModalSheet heading={words.ended} onClose={() => undefined}>
      {mustChange ? (
        <Password known={known} onSet={done} />
      ) : (
        <SignInForm to={location.pathname} onDone={done} />
      )}
    </ModalSheet>
  );
}
