// A row of the tables of events: the people an event tells, how soon, and its first words.
import type { Target } from '../../policy/policy.ts';
import type { Language } from '../../failure.ts';
import type { Place } from '../../organisation/organisation.ts';

export type NoticeWords = Readonly<Record<Language, string>>;

/** An event's data as a notice keeps it: written by any version of this program, some of it left out. */
export type NoticeData = Readonly<Record<string, unknown>>;

/** The words of a notice, and how soon it goes. */
export type NoticeRow = {
  /**
   * prompt   asks for an answer or for work, or stops it: at once. A notice that comes late is what this product is against
   * patient  with the digest, where one wants it
   */
  pace: 'prompt' | 'patient';
  /** The floor that cannot be switched off. */
  isFloor?: (data: NoticeData) => boolean;
  /** The first words: what has happened, and what is asked of the reader. */
  words: NoticeWords | ((data: NoticeData) => NoticeWords);
};

/** The people behind targets, counted from the holder unless another place is named. */
export type To = (targets: readonly Target[], holder?: Place) => string[];

export type EventRow<Data> = NoticeRow & {
  /** The people told. The actor is left out elsewhere. */
  told: (data: Data, to: To) => string[];
};

/** The words for a type without words of its own. */
export const NEWS: NoticeWords = { zh: '有新动态', en: 'News' };

/** The words of a key, from data of any version; the last where there are none. */
export const wordsBy =
  (key: string, table: Readonly<Record<string, NoticeWords>>, otherwise: NoticeWords = NEWS) =>
  (data: NoticeData): NoticeWords =>
    wordsOfKey(table, data[key]) ?? otherwise;

export const wordsOfKey = (
  table: Readonly<Record<string, NoticeWords>>,
  key: unknown,
): NoticeWords | undefined => (typeof key === 'string' && Object.hasOwn(table, key) ? table[key] : undefined);
