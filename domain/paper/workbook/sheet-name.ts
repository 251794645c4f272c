// Names for sheets, made of labels: short, without the marks a spreadsheet forbids, no two alike.

const MAX_LENGTH = 31;
/** A spreadsheet keeps this name for itself. */
const KEPT = 'history';

export function sheetName(label: string, taken: ReadonlySet<string>): string {
  const plain = label
    .replace(/[[\]:*?/\\\p{C}]/gu, ' ')
    .replace(/^[\s']+|[\s']+$/g, '')
    .replace(/\s+/g, ' ');
  const begin = plain === '' || plain.toLowerCase() === KEPT ? `_${plain}` : plain;
  for (let n = 1; ; n += 1) {
    const end = n === 1 ? '' : `_${n}`;
    // Not through the middle of a character that takes two places.
    const name = begin.slice(0, MAX_LENGTH - end.length).replace(/[\uD800-\uDBFF]$|[\s']+$/u, '') + end;
    if (!taken.has(name.toLowerCase())) return name;
  }
}
