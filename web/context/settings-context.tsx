// The settings for every component, and the one way to change them.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';
import { setCallLanguage } from '../call/call.ts';
import { LanguageProvider } from '../words/use-words.tsx';
import { rootAttributes, settingsCookie, STANDARD, type Settings } from './settings.ts';

type Held = { settings: Settings; change: (changed: Partial<Settings>) => void };
const SettingsContext = createContext<Held>({ settings: STANDARD, change: () => undefined });

export const useSettings = (): Held => useContext(SettingsContext);

export function SettingsProvider({
  initial,
  children,
}: {
  initial: Settings;
  children: ReactNode;
}): ReactNode {
  const [settings, setSettings] = useState(initial);
  const queries = useQueryClient();
  const change = useCallback(
    (changed: Partial<Settings>) => {
      setSettings((before) => {
        const after = { ...before, ...changed };
        document.cookie = settingsCookie(after);
        for (const [name, value] of Object.entries(rootAttributes(after)))
          document.documentElement.setAttribute(name, value);
        return after;
      });
      if (changed.language === undefined) return;
      setCallLanguage(changed.language);
      // What the server words, it words anew.
      void queries.invalidateQueries();
    },
    [queries],
  );
  const held = useMemo(() => ({ settings, change }), [settings, change]);
  return (
    <SettingsContext value={held}>
      <LanguageProvider language={settings.language}>{children}</LanguageProvider>
    </SettingsContext>
  );
}
