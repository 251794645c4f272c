// Names of files in a store: ids of our own making, never a sender's text.

/** The form that `crypto.randomUUID` makes; nothing else ever becomes a path or a key. */
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
export const isFileId = (text: string): boolean => ID.test(text);

/**
 * The path of a kept file in any store, `ab/ab…`: the same everywhere, so that a store is moved by copying it. Two
 * letters keep 100,000 files to 256 folders of some 400.
 */
export function storedAt(id: string): [folder: string, name: string] {
  if (!isFileId(id)) throw new Error('not an id of a file');
  return [id.slice(0, 2), id];
}
