// One time for the whole page: the server's, moved on at each minute; the first paint has the instant it was made at.
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { serverNow } from '../call/call.ts';

const MINUTE_MS = 60_000;
const NowContext = createContext<number>(0);
export const useNow = (): number => useContext(NowContext);

export function ClockProvider({ initial, children }: { initial: number; children: ReactNode }): ReactNode {
  const [now, setNow] = useState(initial);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = (): void => {
      setNow(serverNow());
      timer = setTimeout(tick, MINUTE_MS - (serverNow() % MINUTE_MS) + 20);
    };
    timer = setTimeout(tick, MINUTE_MS - (serverNow() % MINUTE_MS) + 20);
    const onShow = (): void => {
      if (!document.hidden) setNow(serverNow());
    };
    document.addEventListener('visibilitychange', onShow);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onShow);
    };
  }, []);
  return <NowContext value={now}>{children}</NowContext>;
}
