// The course of one directive in a generated district: issued, every place does its part over HTTP, the office watches.
import type { Verb } from '../../domain/assignment/command.ts';
import { aboveOf, at, directive, FORCE, OFFICE } from './district.ts';
import type { Installation, Reply } from './installation.ts';
import type { Seen, SeenEvent } from './seen.ts';
import { verdictOf } from './verdict-words.ts';

const ISSUERS: ReadonlySet<Verb> = new Set<Verb>([
  'approve',
  'return',
  'reopen',
  'cancel',
  'decide-extension',
  'decide-decline',
  'suspend',
  'resume',
  'reschedule',
  'urge',
  'escalate',
]);

/** A place by its unit; `''` is the task force. */
export type Course = {
  id: string;
  at: (unit?: string) => string;
  /** By the person the verb belongs to: the place's first holder, or the holder above it. */
  try: (unit: string, verb: Verb, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;
  /** By that person; answers the verdict in one line: `200`, `409 SUSPENDED`, `422 INVALID due:REQUIRED`. */
  by: (person: string, unit: string, verb: Verb, body?: unknown) => Promise<string>;
  /** As `by`, by the person the verb belongs to. */
  told: (unit: string, verb: Verb, body?: unknown) => Promise<string>;
  /** As `try`, but it must succeed; answers the assignment after it. */
  do: (unit: string, verb: Verb, body?: unknown) => Promise<Seen>;
  /** Reports `n` and has it approved. */
  settle: (unit: string, n: number) => Promise<Seen>;
  see: (unit?: string) => Promise<Seen>;
  /** Waits until the place's assignment is in that phase. */
  comes: (unit: string, phase: string) => Promise<Seen>;
  /** Waits until there are that many events of the type at the place; answers all of them. */
  happens: (unit: string, type: string, count?: number) => Promise<SeenEvent[]>;
  whole: () => Promise<Seen>;
  summary: () => Promise<Seen>;
  /** Waits until the directive is in that phase. */
  becomes: (phase: string) => Promise<Seen>;
};

/** The holder of the place above. */
const issuerOf = (unit: string): string => {
  if (unit === '') return OFFICE;
  return aboveOf(unit) ?? FORCE;
};

export async function sendOut(
  z: Installation,
  id: string,
  more: Parameters<typeof directive>[1] = {},
): Promise<Course> {
  const office = z.as(OFFICE);
  const { status, body } = await office.post('/directives', directive(id, more));
  if (status !== 201) throw new Error(`${id} was not taken: ${status} ${JSON.stringify(body)}`);
  const course = courseOf(z, id);
  await course.becomes('open');
  return course;
}

export function courseOf(z: Installation, id: string): Course {
  const office = z.as(OFFICE);
  const place = (unit = ''): string => at(id, unit);
  const attempt: Course['try'] = (unit, verb, body = {}, headers = {}) => {
    const who = ISSUERS.has(verb) ? issuerOf(unit) : unit === '' ? FORCE : unit;
    return z.as(who).post(`/assignments/${place(unit)}/${verb}`, body, headers);
  };
  const perform: Course['do'] = async (unit, verb, body) => {
    const { status, body: answer } = await attempt(unit, verb, body);
    if (status !== 200) throw new Error(`${verb} of ${place(unit)}: ${status} ${JSON.stringify(answer)}`);
    return answer.assignment;
  };
  const reaches = async (seen: () => Promise<Seen>, phase: string, what: string): Promise<Seen> => {
    let last: Seen | null = null;
    return z.until(
      async () => {
        last = await seen();
        return last.phase === phase && last;
      },
      () => `${what} is ${phase}, not ${last?.phase ?? 'seen'}`,
    );
  };
  const by: Course['by'] = async (person, unit, verb, body = {}) =>
    verdictOf(await z.as(person).post(`/assignments/${place(unit)}/${verb}`, body));
  const see = (unit = ''): Promise<Seen> => office.see(place(unit));
  const whole = (): Promise<Seen> => office.see(id);
  return {
    id,
    at: place,
    try: attempt,
    do: perform,
    by,
    told: async (unit, verb, body) => verdictOf(await attempt(unit, verb, body)),
    settle: async (unit, n) => {
      await perform(unit, 'submit', { values: { n } });
      return perform(unit, 'approve');
    },
    see,
    comes: (unit, phase) => reaches(() => see(unit), phase, place(unit)),
    happens: (unit, type, count = 1) =>
      z.until(
        async () => {
          const events = await office.events(place(unit), type);
          return events.length >= count && events;
        },
        `${count} ${type} of ${place(unit)}`,
      ),
    whole,
    summary: async () => (await office.get(`/directives/${id}/summary`)).body.items[0] as Seen,
    becomes: (phase) => reaches(whole, phase, id),
  };
}
