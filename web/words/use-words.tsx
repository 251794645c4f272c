// The reader's language, for every component below.
import { createContext, useContext, type ReactNode } from 'react';
import type { Language } from '../../domain/failure.ts';
import type { Dictionary, Word } from './dictionary.ts';

const LanguageContext = createContext<Language>('zh');

export const LanguageProvider = ({
  language,
  children,
}: {
  language: Language;
  children: ReactNode;
}): ReactNode => <LanguageContext value={language}>{children}</LanguageContext>;

export const useLanguage = (): Language => useContext(LanguageContext);

export const useWords = <D extends Record<string, Word>>(dictionary: Dictionary<D>): D =>
  dictionary[useLanguage()];
