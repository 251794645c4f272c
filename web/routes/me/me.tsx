// The person's own screen: how the page looks, where one is signed in, and signing out.
import type { ReactNode } from 'react';
import type { SESSION_CALLS } from '../../../contract/session.ts';
import { useMe } from '../../context/me.ts';
import { useSettings } from '../../context/settings-context.tsx';
import { callApi } from '../../call/call.ts';
import { Button } from '../../kit/button.tsx';
import { Choices } from '../../kit/field.tsx';
import { dictionary } from '../../words/dictionary.ts';
import { useWords } from '../../words/use-words.tsx';
import styles from './me.module.css';
import { WaitingList } from './waiting-list.tsx';

const WORDS = dictionary(
  {
    title: '我的',
    text: '字号',
    standard: '标准',
    large: '大',
    larger: '特大',
    largest: '最大',
    language: '语言',
    theme: '外观',
    light: '浅色',
    dark: '深色',
    system: '随系统',
    contrast: '对比度',
    plain: '标准对比',
    more: '强对比',
    signOut: '退出',
    posts: '我的岗位',
  },
  {
    title: 'Me',
    text: 'Text size',
    standard: 'Standard',
    large: 'Large',
    larger: 'Larger',
    largest: 'Largest',
    language: 'Language',
    theme: 'Appearance',
    light: 'Light',
    dark: 'Dark',
    system: 'As the system',
    contrast: 'Contrast',
    plain: 'Standard contrast',
    more: 'High contrast',
    signOut: 'Sign out',
    posts: 'My posts',
  },
);

export function MeScreen(): ReactNode {
  const words = useWords(WORDS);
  const me = useMe();
  const { settings, change } = useSettings();
  const signOut = async (): Promise<void> => {
    const done = await callApi<typeof SESSION_CALLS.signOut>('delete', '/session').catch(() => undefined);
    // A session from the organisation's own provider ends there as well.
    location.assign(done?.endUrl ?? '/sign-in');
  };
  return (
    <div className={styles.page}>
      <h1>{words.title}</h1>
      <p>{me.person.name}</p>
      <WaitingList person={me.person.id} />
      <section className={styles.card} aria-label={words.posts}>
        <ul role="list">
          {me.roles.map(({ post, place, role }) => (
            <li key={post}>
              {place?.name ?? me.installation.name} · {role}
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.card}>
        <Choices
          label={words.text}
          value={settings.text}
          options={(['standard', 'large', 'larger', 'largest'] as const).map((value) => ({
            value,
            word: words[value],
          }))}
          onChange={(text) => {
            change({ text });
          }}
        />
        <Choices
          label={words.language}
          value={settings.language}
          options={[
            { value: 'zh', word: '中文' },
            { value: 'en', word: 'English' },
          ]}
          onChange={(language) => {
            change({ language });
          }}
        />
        <Choices
          label={words.theme}
          value={settings.theme}
          options={(['light', 'dark', 'system'] as const).map((value) => ({ value, word: words[value] }))}
          onChange={(theme) => {
            change({ theme });
          }}
        />
        <Choices
          label={words.contrast}
          value={settings.contrast}
          options={[
            { value: 'standard', word: words.plain },
            { value: 'more', word: words.more },
          ]}
          onChange={(contrast) => {
            change({ contrast });
          }}
        />
      </section>
      <div>
        <Button onClick={() => void signOut()}>{words.signOut}</Button>
      </div>
    </div>
  );
}
