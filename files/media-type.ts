// The kind of a file, by its bytes; its sender's name for it does not count.
import { fileTypeFromFile } from 'file-type';
import { textMediaType } from '../domain/media-type.ts';

const UNKNOWN = 'application/octet-stream';

/** Enough to tell a table from prose. */
const BEGINNING = 64 * 1024;

const NOT_TEXT = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/;

export type TextSniff = {
  push: (chunk: Buffer) => void;
  /** The beginning of the text, or null where the bytes are none. */
  end: () => string | null;
};

/** Watches a stream: is all of it UTF-8 text? */
export function createTextSniff(): TextSniff {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let beginning: string | null = '';
  const decode = (chunk?: Buffer): void => {
    if (beginning === null) return;
    try {
      const text = chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
      if (NOT_TEXT.test(text)) beginning = null;
      else if (beginning.length < BEGINNING) beginning += text;
    } catch {
      beginning = null;
    }
  };
  return {
    push: decode,
    end: () => {
      decode();
      return beginning === '' ? null : beginning;
    },
  };
}

/** Kinds that are written as text; a text that begins like another kind (`BM…`, `MZ…`) is still a text. */
const WRITTEN_AS_TEXT = /^(text\/|application\/(xml|rtf|pdf|postscript)$|image\/svg)/;

/** `text`: the result of `createTextSniff` for the same file. */
export async function mediaTypeOf(file: string, text: string | null): Promise<string> {
  // A damaged file of a known kind counts as unknown.
  const found = (await fileTypeFromFile(file).catch(() => undefined))?.mime;
  if (text === null) return found ?? UNKNOWN;
  return found !== undefined && WRITTEN_AS_TEXT.test(found) ? found : textMediaType(text);
}
