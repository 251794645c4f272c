// What units are asked for although they are being asked for it, or have answered it not long ago.

/** One unit's earlier question or answer for one field of an item. */
export type Earlier = {
  item: string;
  unit: string;
  field: string;
  /** Being asked: when it is due. Answered: when it was reported. */
  kind: 'open' | 'fresh';
  at: string;
  /** Of the directive it belongs to. */
  number: string;
  /** Null where another office's: that it is there is all that is said. */
  assignment: string | null;
};

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

/** `pathOf`: the assignment of a unit under an item; `nameOf`, `labelOf`: how readers know a unit and a field. */
export const askedAgain = (
  { item, unit, field, kind, at, number, assignment }: Earlier,
  say: {
    pathOf: (item: string, unit: string) => string;
    nameOf: (unit: string) => string;
    labelOf: (item: string, field: string) => string;
  },
): AskedAgain => ({
  code: kind === 'open' ? 'ELEMENT_ALREADY_OPEN' : 'ELEMENT_STILL_FRESH',
  path: say.pathOf(item, unit),
  params: {
    unit,
    unitName: say.nameOf(unit),
    field,
    label: say.labelOf(item, field),
    number,
    at,
    ...(assignment === null ? {} : { assignment }),
  },
});
