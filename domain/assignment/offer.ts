// An offer to take an assignment over that ends without an answer: the unit asked is told that none is needed.
import type { Place } from '../organisation/organisation.ts';
import type { Assignment } from './assignment.ts';
import type { EventType, NewEvent } from './happening.ts';

/** `cause`: what ended it. Null where there was none, it still stands, or they answered it or got it themselves. */
export function lapsedOffer(
  { transfer }: Pick<Assignment, 'transfer'>,
  after: Pick<Assignment, 'transfer' | 'holder'>,
  { type }: Pick<NewEvent, 'type'>,
): { to: Place; cause: EventType } | null {
  if (transfer === null || after.transfer !== null) return null;
  if (type === 'transferDeclined' || after.holder === transfer.to) return null;
  return { to: transfer.to, cause: type };
}
