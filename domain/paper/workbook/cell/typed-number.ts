// Numbers as people type them into a cell meant for text, and as spreadsheets keep them.

/** Digits, in groups of three or not, a point and decimals, a per cent sign. */
const TYPED = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d*))?\s*(%?)$/;
/** As accounts write negative numbers: `(12)`. */
const BRACKETED = /^\((.+)\)$/s;
const CURRENCY = /^([+-]?)\s*(?:¥|RMB|CNY|人民币)\s*/i;

/** A typed number longer than this is none. */
const MAX_LENGTH = 40;

/** The unit of a field for money; the sign of the currency means the same. */
const isYuan = (unit: string): boolean => unit === '' || unit === '元';

/** Without the unit the field has anyway: `12850人` of 人, `¥150` of 元. */
function bare(text: string, unit: string): string {
  const own = unit.normalize('NFKC').trim();
  const plain = isYuan(own) ? text.replace(CURRENCY, '$1') : text;
  const hasUnit = own !== '' && !/^\d/.test(own) && plain.length > own.length && plain.endsWith(own);
  return hasUnit ? plain.slice(0, -own.length).trimEnd() : plain;
}

/**
 * Full-width digits, stray spaces, the field's own unit and accounts' brackets are understood; null for
 * a text that could mean two numbers.
 */
export function typedNumber(text: string, isPercent: boolean, unit = ''): number | null {
  if (text.length > MAX_LENGTH) return null;
  const said = text.normalize('NFKC').trim().replace('\u2212', '-');
  const inside = BRACKETED.exec(said)?.[1];
  const parts = TYPED.exec(bare(inside ?? said, isPercent ? '' : unit).trim());
  if (parts === null) return null;
  const [sign = '', whole = '', decimals = '', percent = ''] = parts.slice(1);
  if ((percent !== '' && !isPercent) || (inside !== undefined && sign !== '')) return null;
  // By its digits, not by a division: 89.6847 % is 0.896847 and nothing beside it.
  const digits = `${whole.replaceAll(',', '')}.${decimals}0e${percent === '' ? 0 : -2}`;
  return Number(`${inside === undefined ? sign : '-'}${digits}`) + 0;
}

/** Decimals a report's number may have (api.md §7). */
const MAX_DECIMALS = 6;
/** Digits a spreadsheet shows and calculates with. */
const SHOWN_DIGITS = 15;

function decimalsOf(x: number): number {
  const [, decimals = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(x)) ?? [];
  return Math.max(0, decimals.length - Number(exponent));
}

/** A sum pasted as a value can be 0.30000000000000004 where the cell shows 0.3: then the shown number was meant. */
export function shownNumber(x: number): number {
  if (decimalsOf(x) <= MAX_DECIMALS) return x;
  const shown = Number(x.toPrecision(SHOWN_DIGITS));
  return decimalsOf(shown) <= MAX_DECIMALS ? shown : x;
}
