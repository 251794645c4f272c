// Attributes and text of XML as office files write them.

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,4}));/gi,
    (all, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return NAMED[name] ?? all;
      const point = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : all;
    },
  );

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** By their names with prefix: ` r="3" x:id='4'`. */
export const attributesOf = (text: string): Partial<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(([, name = '', double, single]) => [
      name,
      unescaped(double ?? single ?? ''),
    ]),
  );

/** Every element of that name with any prefix: its attributes and its content. */
export function* elements(
  xml: string,
  name: string,
): Generator<{ at: Partial<Record<string, string>>; text: string }> {
  const pattern = new RegExp(`<((?:\\w+:)?)${name}(\\s[^>]*?)?(?:/>|>([\\s\\S]*?)</\\1${name}>)`, 'g');
  for (const [, , attributes = '', text = ''] of xml.matchAll(pattern))
    yield { at: attributesOf(attributes), text: unescaped(text) };
}
