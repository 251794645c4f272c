// A delivery in words, as mail and robots carry it: a headline, and lines of text.
import type { Language } from '../failure.ts';
import { isFloor } from './notices.ts';
import { leftOut, MAX_LINES, type Digest } from './digest.ts';
import { notificationText } from './notification-text.ts';
import { nameOf, type Directory, type Place } from '../organisation/organisation.ts';

export type Message = { headline: string; lines: string[] };

/** Stands before every subject and every robot's message: a robot may ask for a word all its messages have. */
export const BRAND: Readonly<Record<Language, string>> = { zh: '【专班】', en: '[Zhuanban] ' };

/** The types a delivery has beside those of events. */
export const DIGEST = 'digest';
export const TEST = 'test';

type Noticed = { type: string; assignment: string | null; data: Readonly<Record<string, unknown>> };

/** Longer subjects are cut by mail programs anyhow. */
const MAX_HEADLINE = 120;

/** The name people read for the assignment's holder. */
function holderOf({ data, assignment }: Noticed, directory: Directory): string {
  const place = data['holder'];
  if (typeof place === 'string' && /^(unit|taskForce)\//.test(place))
    return nameOf(directory, place as Place);
  return assignment?.split('.').at(-1) ?? '';
}

export function lineOf(noticed: Noticed, directory: Directory, language: Language): string {
  const { type, data } = noticed;
  const title = typeof data['title'] === 'string' ? data['title'] : null;
  return notificationText({ type, title, holder: holderOf(noticed, directory), data }, language);
}

export function messageOf(noticed: Noticed, directory: Directory, language: Language): Message {
  switch (noticed.type) {
    case TEST:
      return testMessage(language);
    case DIGEST:
      return digestMessage(noticed.data as unknown as Digest, directory, language);
    default: {
      const line = lineOf(noticed, directory, language);
      return { headline: cut(line), lines: [line] };
    }
  }
}

export function testMessage(language: Language): Message {
  const line = { zh: '测试消息：通道可用', en: 'A test: this channel works' }[language];
  return { headline: line, lines: [line] };
}

/** A message of several: each notice with its lines; `of` null for what only says that there are more. */
export type GatheredNotice<T> = { headline: string; parts: { of: T | null; lines: string[] }[] };

/** All notices of one minute to one person. The headline is the most pressing one's, with the number of all. */
export function gatheredMessage<T extends Noticed>(
  noticed: readonly T[],
  directory: Directory,
  language: Language,
): GatheredNotice<T> {
  const all = noticed.map((of) => ({ of, message: messageOf(of, directory, language) }));
  const [first] = all;
  if (first === undefined) return { headline: '', parts: [] };
  if (all.length === 1)
    return { headline: first.message.headline, parts: [{ of: first.of, lines: first.message.lines }] };
  const pressing = all.find(({ of }) => isFloor(of.type, of.data)) ?? first;
  const count = all.length;
  const others = { zh: `（共 ${count} 条）`, en: ` (${count} in all)` }[language];
  const parts: GatheredNotice<T>['parts'] = all.slice(0, MAX_LINES).map(({ of, message }) => ({
    of,
    lines: message.lines.length === 1 ? message.lines : [message.headline, ...message.lines],
  }));
  if (count > MAX_LINES) parts.push({ of: null, lines: [moreWords(count - MAX_LINES, language)] });
  return { headline: `${pressing.message.headline}${others}`, parts };
}

const moreWords = (more: number, language: Language): string =>
  ({ zh: `……另有 ${more} 条，请登录查看`, en: `… and ${more} more in the application` })[language];

function digestMessage(digest: Digest, directory: Directory, language: Language): Message {
  const more = leftOut(digest);
  const lines = digest.lines.map((line) => lineOf(line, directory, language));
  const rest = moreWords(more, language);
  const headline = {
    zh: `您有 ${digest.count} 条动态`,
    en: `${digest.count} ${digest.count === 1 ? 'notice' : 'notices'} for you`,
  }[language];
  return { headline, lines: more === 0 ? lines : [...lines, rest] };
}

function cut(text: string): string {
  const letters = Array.from(text.replaceAll(/\s+/g, ' '));
  return letters.length > MAX_HEADLINE ? `${letters.slice(0, MAX_HEADLINE).join('')}…` : letters.join('');
}
