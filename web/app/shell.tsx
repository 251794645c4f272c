// The frame of every screen: skip link, head, navigation, and bars that say what holds everywhere.
import { Link } from '@tanstack/react-router';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useWords } from '../words/use-words.tsx';
import { dictionary } from '../words/dictionary.ts';
import { NAV_WORDS, navigationOf } from './navigation.ts';
import { useOutboxSending, useWaiting } from '../device/use-outbox.ts';
import { useMe } from '../context/me.ts';
import styles from './shell.module.css';

const WORDS = dictionary(
  {
    offline: '离线：显示的是之前的内容，所填内容保存在本机',
    notDelivered: (count: number) => `未送达（${count}）`,
  },
  {
    offline: 'Offline: what you see is from before; what you fill in is kept on this device',
    notDelivered: (count) => `Not delivered (${count})`,
  },
);

const subscribe = (onChange: () => void): (() => void) => {
  addEventListener('online', onChange);
  addEventListener('offline', onChange);
  return () => {
    removeEventListener('online', onChange);
    removeEventListener('offline', onChange);
  };
};

export const useOnline = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );

function OfflineBar(): ReactNode {
  const words = useWords(WORDS);
  return (
    <div role="status" className={useOnline() ? undefined : styles.bar}>
      {useOnline() ? null : words.offline}
    </div>
  );
}

/** What waits to be sent is never out of sight. */
function NotDelivered({ person }: { person: string }): ReactNode {
  const words = useWords(WORDS);
  useOutboxSending(person);
  const { length } = useWaiting(person);
  return length === 0 ? null : (
    <Link to="/me" hash="not-delivered">
      {words.notDelivered(length)}
    </Link>
  );
}

export function Shell({ children }: { children: ReactNode }): ReactNode {
  const words = useWords(NAV_WORDS);
  const me = useMe();
  return (
    <div className={styles.shell}>
      <header className={styles.head}>
        <a href="#main" className={styles.skip}>
          {words.skip}
        </a>
        <span className={styles.name}>{me.installation.name}</span>
        <NotDelivered person={me.person.id} />
        <Link to="/me">{me.person.name}</Link>
      </header>
      <nav className={styles.nav} aria-label={words.main}>
        <ul>
          {navigationOf(me).map(({ word, to, isWideOnly }) => (
            <li key={to} className={isWideOnly ? styles.more : undefined}>
              <Link to={to} activeProps={{ 'aria-current': 'page' }}>
                {words[word]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div>
        <OfflineBar />
        <main id="main" className={styles.main} tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  );
}
