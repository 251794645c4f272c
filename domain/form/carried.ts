// The values a report takes over from before: named keys, or all not given; each must equal the value offered.
import type { Fault } from '../failure.ts';
import { same } from './difference.ts';
import type { Offer, Prefill } from './prefill.ts';

/** Where a value was taken over from, and when it was reported there. */
export type CarriedFrom = { at: string; assignment: string };

/** A report's own values, the keys it takes over, and whether it takes over every key it does not give. */
export type Carrying = {
  values: Record<string, unknown>;
  rows: Record<string, unknown>;
  carried: readonly string[];
  unchanged: boolean;
};

export type TakenOver = {
  values: Record<string, unknown>;
  rows: Record<string, unknown>;
  carried: Record<string, CarriedFrom>;
  faults: Fault[];
};

/** The marks are checked, not believed: a reader of "taken over" must be able to rely on it. */
export function takeOver(prefill: Prefill, { values, rows, carried, unchanged }: Carrying): TakenOver {
  const taken: TakenOver = { values: { ...values }, rows: { ...rows }, carried: {}, faults: [] };
  carried.forEach((key, at) => {
    const offer = Object.hasOwn(prefill, key) ? prefill[key] : undefined;
    const fault = { path: `carried[${at}]`, params: { value: key } };
    const given = givenOf(taken, key);
    if (!offer) taken.faults.push({ ...fault, code: 'NOTHING_TO_CARRY' });
    else if (given === null) carry(taken, key, offer);
    else if (same(given, offer.value)) taken.carried[key] = fromOf(offer);
    else taken.faults.push({ ...fault, code: 'CARRIED_DIFFERS' });
  });
  if (!unchanged) return taken;
  const offers = Object.entries(prefill);
  if (offers.length === 0)
    taken.faults.push({ path: 'unchanged', code: 'NOTHING_TO_CARRY', params: { value: '' } });
  for (const [key, offer] of offers) if (givenOf(taken, key) === null) carry(taken, key, offer);
  return taken;
}

function givenOf({ values, rows }: TakenOver, key: string): unknown {
  if (Object.hasOwn(values, key) && values[key] !== null) return values[key];
  return Object.hasOwn(rows, key) ? (rows[key] ?? null) : null;
}

/** Only a table's value is a list: files are not offered. */
function carry(taken: TakenOver, key: string, offer: Offer): void {
  (Array.isArray(offer.value) ? taken.rows : taken.values)[key] = offer.value;
  taken.carried[key] = fromOf(offer);
}

const fromOf = ({ at, assignment }: Offer): CarriedFrom => ({ at, assignment });
