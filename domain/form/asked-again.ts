// Questions put to units that are being asked the same already, or have answered it not long ago.
import { DAY_MS, type Millis } from '../instant.ts';

/** A field of an item of the new directive; without `freshDays` an old answer does not count. */
export type AskedField = { item: string; key: string; type: string; label: string; freshDays: number | null };
export type AskedUnit = { item: string; unit: string };

/** A report a unit owes, or an approved one; `at` is when it is due, or was reported. */
export type AskedElsewhere = {
  unit: string;
  directive: string;
  item: string;
  assignment: string;
  at: Millis;
};
export type AnsweredElsewhere = AskedElsewhere & { version: number };

/** A field that an open or past directive asks. */
export type KnownField = {
  directive: string;
  number: string;
  office: string;
  item: string;
  key: string;
  type: string;
};

/** One unit's earlier question or answer for one field of an item. */
export type EarlierAnswer<S extends AskedElsewhere> = {
  item: string;
  unit: string;
  field: AskedField;
  found: S;
  known: KnownField;
};

/**
 * For each unit and field the first of `standings` (latest first) whose directive asks the same field in the same type,
 * and for which `counts` holds.
 */
export function findEarlier<S extends AskedElsewhere>(
  asked: { units: readonly AskedUnit[]; fields: readonly AskedField[] },
  standings: readonly S[],
  known: readonly KnownField[],
  counts: (field: AskedField, found: S) => boolean,
): EarlierAnswer<S>[] {
  const byUnit = Map.groupBy(standings, ({ unit }) => unit);
  const byItem = Map.groupBy(asked.fields, ({ item }) => item);
  const fields = new Map(
    known.map((each) => [`${each.directive}/${each.item}/${each.key}/${each.type}`, each]),
  );
  return asked.units.flatMap(({ item, unit }) => {
    const all = byUnit.get(unit) ?? [];
    return (byItem.get(item) ?? []).flatMap((field): EarlierAnswer<S>[] => {
      for (const found of all) {
        const asks = fields.get(`${found.directive}/${found.item}/${field.key}/${field.type}`);
        if (asks && counts(field, found)) return [{ item, unit, field, found, known: asks }];
      }
      return [];
    });
  });
}

export const isFresh = ({ freshDays }: AskedField, { at }: AnsweredElsewhere, now: Millis): boolean =>
  freshDays !== null && at >= now - freshDays * DAY_MS;

export type AskedAgain = {
  /**
   * ELEMENT_ALREADY_OPEN: the unit is being asked for the same element.
   * ELEMENT_STILL_FRESH: it has answered, and the answer is within the field's `freshDays`.
   * ELEMENT_MORE: so many more of these two are not listed.
   * ELEMENT_UNITS_CUT: only so many of the units were looked at.
   */
  code: 'ELEMENT_ALREADY_OPEN' | 'ELEMENT_STILL_FRESH' | 'ELEMENT_MORE' | 'ELEMENT_UNITS_CUT';
  path?: string;
  params: Record<string, string | number>;
};
