// The times a directive is given: one that is too far away must be a slip of the pen, and is refused.
import type { DueRule } from '../calendar/calendar.ts';
import type { DirectiveRequest } from './directive.ts';
import type { Receiver } from '../assignment/receivers.ts';
import type { Fault } from '../failure.ts';
import { DAY_MS, elapsedMs, readDuration, shownInstant, toMillis, type Millis } from '../instant.ts';

/** No paper lies longer than this before it is entered; a wrong month or year shows. */
const RECEIPT_WITHIN_MS = 31 * DAY_MS;
/** Nothing is handed out for longer; a wrong year shows. Ten years with their leap days. */
const DUE_WITHIN_DAYS = 3653;
const DUE_WITHIN_MS = DUE_WITHIN_DAYS * DAY_MS;
/** Faults beyond these say nothing new. */
const MAX_FAULTS = 100;

/** A due time further away than the longest assignment. */
export const farDue = (dueAt: Millis, now: Millis, path: string): Fault | null =>
  dueAt > now + DUE_WITHIN_MS ? outOfRange(path, now, now + DUE_WITHIN_MS) : null;

const outOfRange = (path: string, min: Millis, max: Millis): Fault => ({
  path,
  code: 'OUT_OF_RANGE',
  params: { min: shownInstant(min), max: shownInstant(max) },
});

/**
 * Checks receipt and due times given as instants, and spans that are too long in every calendar. The due time of a rule
 * is checked by the plan. A copy is checked only for faults that waiting does not mend: its due times come from another
 * directive, and the plan warns of them.
 */
export function faultsOfGivenTimes(
  request: Pick<DirectiveRequest, 'receivedAt' | 'due' | 'items'>,
  now: Millis,
  isCopied: boolean,
): Fault[] {
  const faults: Fault[] = [];
  if (request.receivedAt !== undefined) {
    const receivedAt = toMillis(request.receivedAt);
    const latest = now + RECEIPT_WITHIN_MS;
    const max = typeof request.due === 'string' ? Math.min(toMillis(request.due), latest) : latest;
    if (receivedAt < now - RECEIPT_WITHIN_MS || receivedAt > (isCopied ? latest : max))
      faults.push(outOfRange('receivedAt', now - RECEIPT_WITHIN_MS, max));
  }
  for (const { due, path } of duesOf(request)) {
    if (faults.length >= MAX_FAULTS) break;
    if (typeof due !== 'string') {
      // Refused before the calendar is asked: the calendar would only report the missing years in between.
      if ('within' in due && elapsedMs(readDuration(due.within)) > DUE_WITHIN_MS)
        faults.push({ path, code: 'OUT_OF_RANGE', params: { max: `P${DUE_WITHIN_DAYS}D` } });
      continue;
    }
    const dueAt = toMillis(due);
    if (dueAt < now && !isCopied) faults.push(outOfRange(path, now, now + DUE_WITHIN_MS));
    const far = farDue(dueAt, now, path);
    if (far) faults.push(far);
  }
  return faults;
}

type Given = { due: DueRule; path: string };

function* duesOf({ due, items }: Pick<DirectiveRequest, 'due' | 'items'>): Generator<Given> {
  yield* given(due, 'due');
  for (const [i, item] of items.entries()) {
    yield* given(item.due, `items[${i}].due`);
    for (const [d, dispatch] of item.dispatch.entries()) {
      const path = `items[${i}].dispatch[${d}]`;
      yield* given(dispatch.due, `${path}.due`);
      yield* below(dispatch.receivers, `${path}.receivers`);
    }
  }
}

function* below(receivers: Receiver['receivers'], path: string): Generator<Given> {
  if (receivers === undefined || receivers === 'children') return;
  if (!Array.isArray(receivers)) {
    yield* given(receivers.due, `${path}.due`);
    return;
  }
  for (const [r, receiver] of receivers.entries()) {
    yield* given(receiver.due, `${path}[${r}].due`);
    yield* below(receiver.receivers, `${path}[${r}].receivers`);
  }
}

function* given(due: DueRule | undefined, path: string): Generator<Given> {
  if (due !== undefined) yield { due, path };
}
