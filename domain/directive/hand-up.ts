// A hand-up to the superior: frozen figures of every item, numbered, and restated when they change later.
import { z } from 'zod';
import { HandUpDocument } from './hand-up-document.ts';
import { refuse, type Refusal } from '../failure.ts';
import type { Millis } from '../instant.ts';
import { occupants, Role, unitPlace, type Directory } from '../organisation/organisation.ts';

const Coverage = z.object({ expected: z.int(), reported: z.int(), approved: z.int() });
const Figures = z.record(z.string(), z.unknown());

/** One task force's part of an item. Nothing below it is named: that is the office's to know. */
export const HandUpPart = z.object({
  taskForce: z.string(),
  name: z.string(),
  coverage: Coverage,
  values: Figures,
  rows: Figures,
});

/** An item's figures without texts, files and rows, which can be long. */
export const HandUpHead = z.object({
  item: z.string(),
  title: z.string(),
  /** Was everything below settled? */
  final: z.boolean(),
  coverage: Coverage,
  values: Figures,
  /** Of a restatement: the figures of the hand-up before it. */
  old: z.object({ coverage: Coverage, values: Figures }).nullable().optional(),
});
export type HandUpHead = z.infer<typeof HandUpHead>;

export const HandUpItem = HandUpHead.extend({
  rows: Figures,
  children: z.array(HandUpPart),
  /** Of an item that asks for a document: the document they are parts of. */
  document: HandUpDocument.optional(),
});
export type HandUpItem = z.infer<typeof HandUpItem>;

export const HandUpKind = z.enum(['handed-up', 'restated']);
export type HandUpKind = z.infer<typeof HandUpKind>;

/** `POST /directives/{id}/hand-up`. */
export const HandUpDirective = z.strictObject({
  note: z.string().trim().max(2000).optional(),
  /** The office's own for the document that goes up; counted by office and year where it is not given. */
  number: z.string().trim().min(1).max(100).optional(),
});

/** `区工作专班办公室〔2026〕12号`. */
export const handUpNumber = (office: string, year: number, nth: number): string =>
  `${office}〔${year}〕${nth}号`;

/** A draft has no figures, a directive going out not yet all of them, a cancelled one none any more. */
export function refuseHandUp(phase: string, isIssuing: boolean): Refusal | null {
  if (phase === 'cancelled') return refuse('DIRECTIVE_CANCELLED');
  return phase === 'draft' || isIssuing ? refuse('NOT_ISSUED') : null;
}

/**
 * Two hand-ups differ by their figures and by the units whose reports are in them. Reports that wait for review do not
 * count, nor do names: the superior is told of figures that change.
 */
export const figuresIn = (items: readonly HandUpItem[]): unknown =>
  items.map(({ item, coverage, values, rows, children, document }) => ({
    item,
    ...(document === undefined ? {} : { document }),
    coverage: counted(coverage),
    values,
    rows,
    children: children.map((part) => ({
      taskForce: part.taskForce,
      coverage: counted(part.coverage),
      values: part.values,
      rows: part.rows,
    })),
  }));

const counted = ({ expected, approved }: z.infer<typeof Coverage>): object => ({ expected, approved });

/** A restatement repeats the figures of before, item by item. */
export function restated(items: readonly HandUpItem[], before: readonly HandUpHead[]): HandUpItem[] {
  const said = new Map(before.map((head) => [head.item, head]));
  return items.map((item) => {
    const head = said.get(item.item);
    return { ...item, old: head ? { coverage: head.coverage, values: head.values } : null };
  });
}

/** For the event: figures of one line; texts and rows stay with the hand-up. */
export const headsOf = (items: readonly HandUpItem[]): HandUpHead[] =>
  items.map(({ rows: _, children: __, document: ___, ...head }) => ({
    ...head,
    values: oneLine(head.values),
    ...(head.old ? { old: { ...head.old, values: oneLine(head.old.values) } } : {}),
  }));

const oneLine = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => !Array.isArray(value)));

/** All people who hold a post at the superior: each of them is told. */
export function superiorPeople(directory: Directory, superior: string | null, at: Millis): string[] {
  if (superior === null) return [];
  const people = Role.options.flatMap((role) => occupants(directory, unitPlace(superior), role, null, at));
  return [...new Set(people)].sort();
}

/** Late reports come in bursts: the superior reads one restatement for the reports of this time, not one for each. */
const PAUSE_MS = 5_000;
/**
 * A change that began before the hand-up was committed asks no desk to look. After this time it has ended: a request waits 9 s
 * for its turn at most, and a transaction lasts 10 s.
 */
const SETTLED_MS = 30_000;

/** May the figures handed up at that time be restated already? */
export const mayRestate = (lastAt: Millis, now: Millis): boolean => now >= lastAt + PAUSE_MS;

/** When the office's desk must look again, also without being asked; null where it has looked often enough. */
export function nextLookAt(lastAt: Millis, now: Millis): Millis | null {
  const looks = [lastAt + PAUSE_MS, lastAt + SETTLED_MS].filter((at) => at > now);
  return looks.length === 0 ? null : Math.min(...looks);
}
