// Numbers as people type them into a cell meant for text, and as spreadsheets keep them.

/** Digits, in groups of three or not, a point and decimals, a per cent sign. */
const TYPED = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?(%?)$/;

/** A typed number longer than this is none. */
const MAX_LENGTH = 40;

/** Full-width digits and stray spaces are taken for what they mean; null for anything that could mean two numbers. */
export function typedNumber(text: string, isPercent: boolean): number | null {
  if (text.length > MAX_LENGTH) return null;
  const parts = TYPED.exec(text.normalize('NFKC').trim().replace('\u2212', '-'));
  if (parts === null) return null;
  const [sign = '', whole = '', decimals = '', percent = ''] = parts.slice(1);
  if (percent !== '' && !isPercent) return null;
  // By its digits, not by a division: 89.6847 % is 0.896847 and nothing beside it.
  return Number(`${sign}${whole.replaceAll(',', '')}.${decimals}0e${percent === '' ? 0 : -2}`) + 0;
}

/** Decimals a report's number may have (api.md §7). */
const MAX_DECIMALS = 6;
/** Digits a spreadsheet shows and calculates with. */
const SHOWN_DIGITS = 15;

function decimalsOf(x: number): number {
  const [, decimals = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(x)) ?? [];
  return Math.max(0, decimals.length - Number(exponent));
}

/** A sum pasted as a value can be 0.30000000000000004 where the cell shows 0.3: then what it shows was meant. */
export function shownNumber(x: number): number {
  if (decimalsOf(x) <= MAX_DECIMALS) return x;
  const shown = Number(x.toPrecision(SHOWN_DIGITS));
  return decimalsOf(shown) <= MAX_DECIMALS ? shown : x;
}
