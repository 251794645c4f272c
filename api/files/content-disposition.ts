// The Content-Disposition of a download: a name any client can read, and the real one beside it (RFC 6266, RFC 5987).

/** Escapes a name for an RFC 5987 value: `encodeURIComponent` leaves four characters too many as they are. */
const extended = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

const named = (disposition: 'attachment' | 'inline', name: string): string => {
  const plain = name.normalize('NFKD').replace(/[^\x20-\x7e]|["\\%]/g, '_');
  return `${disposition}; filename="${plain}"; filename*=UTF-8''${extended(name)}`;
};

/** To be saved. */
export const attachmentNamed = (name: string): string => named('attachment', name);
/** To be shown in place. */
export const inlineNamed = (name: string): string => named('inline', name);
