// The kind of a text by its content: comma-separated rows or plain text. Binary kinds are known by their first bytes elsewhere.

/** The number of separators of a row outside quotes. */
function separatorsIn(row: string): number {
  let count = 0;
  let isQuoted = false;
  for (const letter of row) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === ',' && !isQuoted) count += 1;
  }
  return count;
}

/** Rows looked at; a table that begins regularly is one. */
const ROWS = 20;

/** `text` is the beginning of a file; its last row may be cut. */
export function textMediaType(text: string): 'text/csv' | 'text/plain' {
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== '');
  const whole = (rows.length > ROWS ? rows.slice(0, ROWS) : rows).map(separatorsIn);
  const first = whole[0] ?? 0;
  const isTable = whole.length >= 2 && first >= 1 && whole.every((count) => count === first);
  return isTable ? 'text/csv' : 'text/plain';
}
