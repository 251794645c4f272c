// The gate before all screens of signed-in people: reads who asks, and puts the frame around what they open.
import { useLocation } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import type { SESSION_CALLS } from '../../contract/session.ts';
import { setCsrf } from '../call/call.ts';
import { isCode } from '../call/problem.ts';
import { useRead } from '../call/read.ts';
import { Failure, Skeleton } from '../kit/notice.tsx';
import { NothingHere } from '../routes/nothing/nothing.tsx';
import { SignInSheet } from '../routes/sign-in/sign-in.tsx';
import { MeContext } from '../context/me.ts';
import { mayOpen } from './places.ts';
import { Shell } from './shell.tsx';

export function Gate({ children }: { children: ReactNode }): ReactNode {
  const me = useRead<typeof SESSION_CALLS.me>('/me', {});
  const { pathname } = useLocation();
  const csrf = me.data?.csrf ?? null;
  useEffect(() => {
    setCsrf(csrf);
  }, [csrf]);
  const isOut = isCode(me.error, 'UNAUTHENTICATED');
  if (me.data === undefined) {
    if (isOut) return <SignInSheet />;
    return me.error === null ? <Skeleton /> : <Failure error={me.error} onRetry={() => void me.refetch()} />;
  }
  return (
    <MeContext value={me.data}>
      <Shell>{mayOpen(me.data, pathname) ? children : <NothingHere />}</Shell>
      {isOut ? <SignInSheet /> : null}
    </MeContext>
  );
}
