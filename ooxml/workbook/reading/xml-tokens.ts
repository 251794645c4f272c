// Cuts streamed XML into tags and text: bounded in depth and size, no document type, no entity but the five.
import { UnreadableWorkbook } from './unreadable.ts';

/** Names are without their prefixes. `attributes` is raw: `attributeOf` reads it. */
export type XmlHandler = {
  open(name: string, attributes: string): void;
  close(name: string): void;
  text(text: string): void;
};

const MAX_DEPTH = 64;
/** Longest tag or run of text, in characters: a cell holds 32,767, each written as up to seven. */
const MAX_TOKEN = 512 * 1024;

const damaged = (): UnreadableWorkbook => new UnreadableWorkbook('DAMAGED');

export class XmlTokens {
  readonly #handler: XmlHandler;
  readonly #open: string[] = [];
  #rest = '';
  #hasRoot = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  push(chunk: string): void {
    const text = this.#rest === '' ? chunk : this.#rest + chunk;
    let at = 0;
    while (at < text.length) {
      const next = text.charCodeAt(at) === LESS ? this.#markup(text, at) : this.#text(text, at);
      if (next < 0) break;
      at = next;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > MAX_TOKEN) throw damaged();
  }

  end(): void {
    if (this.#open.length > 0 || !this.#hasRoot || this.#rest.trim() !== '') throw damaged();
  }

  /** The end of the text; -1 where more has to come. */
  #text(text: string, at: number): number {
    const end = text.indexOf('<', at);
    if (end < 0) return -1;
    const said = text.slice(at, end);
    if (this.#open.length > 0) this.#handler.text(unescaped(said));
    // Before and after the root only blanks and the byte order mark are allowed.
    else if (said.replace('\ufeff', '').trim() !== '') throw damaged();
    return end;
  }

  #markup(text: string, at: number): number {
    if (text.startsWith('<!--', at)) return after(text, '-->', at + 4);
    if (text.startsWith('<![CDATA[', at)) return this.#cdata(text, at + 9);
    if (text.startsWith('<?', at)) return after(text, '?>', at + 2);
    if (text.startsWith('<!', at)) {
      // Perhaps the beginning of one of the two above.
      if ('<!--'.startsWith(text.slice(at)) || '<![CDATA['.startsWith(text.slice(at))) return -1;
      throw damaged();
    }
    const end = endOfTag(text, at + 1);
    if (end < 0) return -1;
    this.#tag(text.slice(at + 1, end));
    return end + 1;
  }

  #cdata(text: string, at: number): number {
    const end = text.indexOf(']]>', at);
    if (end < 0) return -1;
    if (this.#open.length === 0) throw damaged();
    this.#handler.text(text.slice(at, end));
    return end + 3;
  }

  #tag(tag: string): void {
    if (tag.startsWith('/')) {
      const name = localName(tag.slice(1).trim());
      if (this.#open.pop() !== name) throw damaged();
      this.#handler.close(name);
      return;
    }
    const isEmpty = tag.endsWith('/');
    const inner = isEmpty ? tag.slice(0, -1) : tag;
    const space = /\s/.exec(inner)?.index ?? inner.length;
    const name = localName(inner.slice(0, space));
    if (name === '' || this.#open.length >= MAX_DEPTH || (this.#open.length === 0 && this.#hasRoot))
      throw damaged();
    this.#hasRoot = true;
    this.#handler.open(name, inner.slice(space));
    if (isEmpty) this.#handler.close(name);
    else this.#open.push(name);
  }
}

const LESS = 60;
const GREATER = 62;
const QUOTE = 34;
const APOSTROPHE = 39;

function after(text: string, mark: string, at: number): number {
  const end = text.indexOf(mark, at);
  return end < 0 ? -1 : end + mark.length;
}

/** The `>` that ends a tag: one within quotes is part of a value. */
function endOfTag(text: string, at: number): number {
  let quote = 0;
  for (let index = at; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === GREATER) return index;
    else if (code === QUOTE || code === APOSTROPHE) quote = code;
    else if (code === LESS) throw damaged();
  }
  return -1;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Every entity but XML's own five is refused: others can be made to grow without end. */
export function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]{0,10})(;?)/g, (_, name: string, end: string) => {
    const known = Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : undefined;
    if (end === '') throw damaged();
    if (known !== undefined) return known;
    const digits = /^#(?:(\d{1,7})|x([0-9a-fA-F]{1,6}))$/.exec(name);
    const code = digits ? parseInt(digits[1] ?? digits[2] ?? '', digits[1] === undefined ? 16 : 10) : -1;
    if (code <= 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw damaged();
    return String.fromCodePoint(code);
  });
}

const ATTRIBUTES = new Map<string, RegExp>();

/** By its name without prefix, e.g. `r` or `id`; undefined where the tag has none. */
export function attributeOf(attributes: string, name: string): string | undefined {
  let pattern = ATTRIBUTES.get(name);
  if (!pattern) {
    pattern = new RegExp(`\\s(?:[\\w.-]+:)?${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`);
    ATTRIBUTES.set(name, pattern);
  }
  const found = pattern.exec(attributes);
  return found ? unescaped(found[1] ?? found[2] ?? '') : undefined;
}
