// The name a file is kept under: the sender's name without characters that harm a disk, a header or a reader.

/** Longer than any title, short enough for every file system that names are copied to. */
const MAX_LENGTH = 200;

/** Control characters, line separators, and the marks that turn the direction of reading (`exe.txt` for `txt.exe`). */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]/gu;
/** Characters Windows refuses in a name. */
const RESERVED = /[<>:"|?*]/g;

/** A longer name is cut in the middle: its beginning and its ending say most. */
function shorten(name: string): string {
  const letters = Array.from(name);
  if (letters.length <= MAX_LENGTH) return name;
  const dot = letters.lastIndexOf('.');
  const ending = dot > 0 && letters.length - dot <= 20 ? letters.slice(dot) : [];
  return [...letters.slice(0, MAX_LENGTH - ending.length), ...ending].join('');
}

/** The last part of any path, without marks that cannot be seen; `file` where nothing is left. */
export function safeFileName(given: string): string {
  const last = given.normalize('NFC').replace(UNSEEN, '').split(/[/\\]/).at(-1) ?? '';
  const name = shorten(last.replace(RESERVED, '_').replace(/\s+/g, ' ').trim()).replace(/^\.+|[. ]+$/g, '');
  return name === '' ? 'file' : name;
}
