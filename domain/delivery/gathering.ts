// Gathers the notices of one moment to one person: of one clock the loudest, of many assignments alike one notice.
import { isFloor } from './notices.ts';

/** The notice of an event, and its receivers. */
export type Telling = {
  type: string;
  directive: string;
  assignment: string | null;
  data: Readonly<Record<string, unknown>>;
  people: readonly string[];
};

/** One notice to one person; `data` names the other assignments it speaks of as well. */
export type Said<T extends Telling> = { telling: T; person: string; data: Readonly<Record<string, unknown>> };

/** Names of others a notice carries: as many as a list shows. How many there are is always said. */
const MAX_ALSO = 50;

/** The clock an event speaks of; what is overdue is so by one too. */
function clockOf({ type, data }: Telling): string | null {
  if (type === 'overdue') return 'due';
  if (type === 'receiptOverdue') return 'acknowledge';
  const isTimed = (type === 'reminded' || type === 'escalated') && typeof data['clock'] === 'string';
  return isTimed ? String(data['clock']) : null;
}

/** A reminder says less than that it is late, that less than a rung, and a rung less than one with a slip. */
function loudness({ type, data }: Telling): number {
  if (type === 'reminded') return 0;
  if (type !== 'escalated') return 1;
  return typeof data['slip'] === 'string' ? 3 : 2;
}

const textOf = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value));

/** Those of one key are about the same thing, and the loudest of them (of two the later) stands for all. */
function thingOf(telling: Telling, person: string): string | null {
  const { type, assignment, data } = telling;
  if (type === 'urged') return [person, assignment, type, textOf(data['by'])].join(' ');
  const clock = clockOf(telling);
  return clock === null ? null : [person, assignment, 'clock', clock].join(' ');
}

/** Those of one key differ in the assignment only. A slip is a paper of its own, and an escalation by hand means one assignment. */
function kindOf(telling: Telling, person: string): string | null {
  const { type, directive, data } = telling;
  if (type === 'urged') return [person, directive, type, textOf(data['by']), textOf(data['note'])].join(' ');
  const clock = clockOf(telling);
  if (clock === null || isFloor(type, data) || data['manual'] === true) return null;
  return [person, directive, type, clock, textOf(data['rung']), textOf(data['before'])].join(' ');
}

/** All that one transaction tells, as it reaches people; in the order told. Nothing of the log is left out of the log. */
export function gatherMoment<T extends Telling>(tellings: readonly T[]): Said<T>[] {
  const all = tellings.flatMap((telling) => telling.people.map((person) => ({ telling, person })));
  const loudest = new Map<object | string, { telling: T; person: string }>();
  for (const each of all) {
    const key = thingOf(each.telling, each.person) ?? each;
    const before = loudest.get(key);
    if (before === undefined || loudness(before.telling) <= loudness(each.telling)) loudest.set(key, each);
  }
  const alike = new Map<object | string, { telling: T; person: string; also: string[] }>();
  for (const each of loudest.values()) {
    const key = kindOf(each.telling, each.person) ?? each;
    const first = alike.get(key);
    if (first === undefined) alike.set(key, { ...each, also: [] });
    else if (each.telling.assignment !== null) first.also.push(each.telling.assignment);
  }
  return [...alike.values()].map(({ telling, person, also }) => ({
    telling,
    person,
    data:
      also.length === 0
        ? telling.data
        : { ...telling.data, others: also.length, also: also.slice(0, MAX_ALSO) },
  }));
}
