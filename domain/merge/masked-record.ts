// Frozen figures as the log and hand-ups are served: sensitive ones masked for every reader, even where they were kept in clear.
import type { Form } from '../form/field.ts';
import { asksSensitive } from '../form/masking.ts';
import { maskedFigures } from './masked-figures.ts';

/** The form of each item of a directive, by the item's key. */
export type FormOfItem = (item: string) => Form | undefined;

type Head = { item: string; values: unknown; old?: { values: unknown } | null | undefined };
type Whole = Head & { rows: unknown; children: readonly { values: unknown; rows: unknown }[] };

const masksOf =
  (form: Form) =>
  <F extends { values?: unknown; rows?: unknown }>(figures: F): F =>
    maskedFigures(form, figures);

/** The figures of each item of a hand-up in one line, and those they restate. */
export const maskedHeads = <H extends Head>(formOf: FormOfItem, items: readonly H[]): H[] =>
  items.map((item) => {
    const form = formOf(item.item);
    if (!asksSensitive(form)) return item;
    const masked = masksOf(form);
    return { ...masked(item), ...(item.old ? { old: masked(item.old) } : {}) };
  });

/** A hand-up whole: the superior is no direct issuer of any report in it, so none of its figures is clear. */
export const maskedHandUp = <W extends Whole>(formOf: FormOfItem, items: readonly W[]): W[] =>
  maskedHeads(formOf, items).map((item) => {
    const form = formOf(item.item);
    return asksSensitive(form) ? { ...item, children: item.children.map(masksOf(form)) } : item;
  });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isHead = (value: unknown): value is Head & Record<string, unknown> =>
  isRecord(value) && typeof value['item'] === 'string';

type Logged = { type: string; assignment: string | null; data: unknown };

/** Of events only these carry figures: merged copies that went up, and hand-ups. */
export const carriesFigures = ({ type }: Pick<Logged, 'type'>): boolean =>
  type === 'rolledUp' || type === 'restated' || type === 'handedUp' || type === 'handUpRestated';

/** An event as it is served. Its hash is of what was logged, and is checked where the log is kept. */
export function maskedEvent<E extends Logged>(formOf: FormOfItem, event: E): E {
  const { assignment, data } = event;
  if (!carriesFigures(event) || !isRecord(data)) return event;
  const { items } = data;
  if (Array.isArray(items))
    return { ...event, data: { ...data, items: maskedHeads(formOf, items.filter(isHead)) } };
  // An id is a path, whose second part is the item.
  const form = formOf(assignment?.split('.')[1] ?? '');
  if (!asksSensitive(form)) return event;
  const { old } = data;
  const before = isRecord(old) ? { old: maskedFigures(form, { values: old }).values } : {};
  return { ...event, data: { ...maskedFigures(form, data), ...before } };
}
