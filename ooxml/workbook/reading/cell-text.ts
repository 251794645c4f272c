// The text of a cell or of a shared string: its runs joined, phonetic readings left out.

/** `_x000D_` is how the format writes a character that XML cannot hold, or text that looks like such a mark. */
const MARK = /_x([0-9A-Fa-f]{4})_/g;

export const unmarked = (text: string): string =>
  text.includes('_x')
    ? text.replace(MARK, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

/** Follows the tokens within one `si` or `is`. */
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

  /** Answers the text, and is ready for the next. */
  take(): string {
    const text = unmarked(this.#text);
    this.#text = '';
    return text;
  }
}
