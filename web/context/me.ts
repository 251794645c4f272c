// The signed-in person, as every screen knows them.
import { createContext, useContext } from 'react';
import type { SESSION_CALLS } from '../../contract/session.ts';
import type { AnswerTo } from '../call/call.ts';

export type Me = AnswerTo<typeof SESSION_CALLS.me>;

export const MeContext = createContext<Me | null>(null);

/** To be used below the sign-in gate only. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('a screen that needs a signed-in person stands outside the gate');
  return me;
}
