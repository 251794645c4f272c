// The text of a cell or of the list of shared texts: its runs put together, readings of characters left out.

/** A character XML cannot hold, or one that would read as such a mark, is written `_x000D_`. */
const MARK = /_x([0-9A-Fa-f]{4})_/g;

export const unmarked = (text: string): string =>
  text.includes('_x')
    ? text.replace(MARK, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

/** Reads along within one `si` or `is`. */
export class CellText {
  #text = '';
  #isText = false;
  #isReading = false;

  open(name: string): void {
    if (name === 't') this.#isText = true;
    if (name === 'rPh') this.#isReading = true;
  }

  close(name: string): void {
    if (name === 't') this.#isText = false;
    if (name === 'rPh') this.#isReading = false;
  }

  text(text: string): void {
    if (this.#isText && !this.#isReading) this.#text += text;
  }

  /** What it was; ready for the next. */
  take(): string {
    const text = unmarked(this.#text);
    this.#text = '';
    return text;
  }
}
