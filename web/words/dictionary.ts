// Dictionaries: Chinese words and their English twins of one type, so that a missing one does not compile.
import type { Language } from '../../domain/failure.ts';

/** A word, or a sentence made with what it speaks of. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a sentence speaks of is its own affair
export type Word = string | ((...about: any[]) => string);

export type Dictionary<D extends Record<string, Word>> = Readonly<Record<Language, D>>;

type Twin<D> = {
  [K in keyof D]: D[K] extends (...about: infer A) => string ? (...about: A) => string : string;
};

/** `dictionary({ zh: {…} }.zh, {…})`: the English side must have every word of the Chinese one, made with the same things. */
export const dictionary = <D extends Record<string, Word>>(zh: D, en: Twin<D>): Dictionary<Twin<D>> => ({
  zh: zh as unknown as Twin<D>,
  en,
});

/** `1 item`, `2 items`: English alone asks. */
export const countedWord = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
