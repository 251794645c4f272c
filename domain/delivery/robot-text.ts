// Messages to a group: several notices to its people in as few messages as a robot takes, each notice once.

/** WeCom takes 2,048 bytes of text; the others more. */
export const MAX_MESSAGE_BYTES = 2_048;

/** One delivery to a person of the group. */
export type GroupNotice = { id: number; name: string; mobile: string | null; lines: readonly string[] };

export type GroupMessage = { ids: number[]; text: string; mobiles: string[] };

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** In the order given, each message beginning with `head`; the same words to several people are sent once, to all of them by name. */
export function groupMessages(notices: readonly GroupNotice[], head: string): GroupMessage[] {
  const said = new Map<string, GroupNotice[]>();
  for (const notice of notices) {
    const words = notice.lines.join('\n');
    const those = said.get(words);
    if (those) those.push(notice);
    else said.set(words, [notice]);
  }
  const messages: GroupMessage[] = [];
  for (const [words, those] of said) {
    const text = cut(`${words}${namesOf(those)}`, MAX_MESSAGE_BYTES - bytesOf(head));
    const last = messages.at(-1);
    const fits = last !== undefined && bytesOf(last.text) + bytesOf(text) + 1 <= MAX_MESSAGE_BYTES;
    const message = fits ? last : { ids: [], text: '', mobiles: [] };
    if (!fits) messages.push(message);
    message.text = message.text === '' ? `${head}${text}` : `${message.text}\n${text}`;
    message.ids.push(...those.map(({ id }) => id));
    const mobiles = those.flatMap(({ mobile }) => mobile ?? []);
    message.mobiles.push(...new Set(mobiles.filter((mobile) => !message.mobiles.includes(mobile))));
  }
  return messages;
}

function namesOf(notices: readonly GroupNotice[]): string {
  const names = new Set(notices.map(({ name }) => name).filter((name) => name !== ''));
  return names.size === 0 ? '' : ` @${[...names].join(' @')}`;
}

/** By whole characters, with a sign that something is missing. */
function cut(text: string, mostBytes: number): string {
  if (bytesOf(text) <= mostBytes) return text;
  let size = bytesOf('…');
  let end = 0;
  for (const letter of text) {
    size += bytesOf(letter);
    if (size > mostBytes) break;
    end += letter.length;
  }
  return `${text.slice(0, end)}…`;
}

/** A mobile number of China as robots want it, or null: `+86 138-0000-0000` is `13800000000`. */
export const mobileOf = (phone: string | null | undefined): string | null =>
  /^(?:\+?86)?(1\d{10})$/.exec((phone ?? '').replaceAll(/[\s-]/g, ''))?.[1] ?? null;
