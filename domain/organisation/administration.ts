// An installation never loses its last administrator: a moment that has one keeps one.
import type { Millis } from '../instant.ts';
import { seatOf, type Post } from './organisation.ts';

type Span = { from: Millis; to: Millis };

/** From `now` on, as spans that neither touch nor overlap. */
function administeredSpans(posts: readonly Post[], now: Millis): Span[] {
  const spans: Span[] = [];
  const seats = posts
    .map(seatOf)
    .filter(({ place, role, to }) => place === null && role === 'administrator' && to > now);
  for (const { from, to } of seats.sort((a, b) => a.from - b.from)) {
    const last = spans.at(-1);
    if (from >= to) continue;
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else spans.push({ from: Math.max(from, now), to });
  }
  return spans;
}

/** Is there a moment, now or later, that had an administrator by `before` and has none by `after`? */
export function losesAdministrator(before: readonly Post[], after: readonly Post[], now: Millis): boolean {
  const left = administeredSpans(after, now);
  return administeredSpans(before, now).some(
    (had) => !left.some(({ from, to }) => from <= had.from && had.to <= to),
  );
}
