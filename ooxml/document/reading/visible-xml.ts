// The XML a reader of an uploaded document sees in Word: without deleted or hidden text, with marks for parts we cannot take over.

/** Replaces a formula: its letters in a row would mean something else. */
export const FORMULA_MARK = '\uE8F0formula\uE8F0';
/** Replaces a drawing of another program: a chart, a diagram, an embedded sheet. */
export const DRAWN_MARK = '\uE8F0drawn\uE8F0';

const MAIN = 'wordprocessingml(?:/2006)?/main';
const MATH = 'officeDocument(?:/2006)?/math';
const TAG = /<(\/?)([\w.-]+(?::[\w.-]+)?)((?:[^>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;

/** Set for a run by itself or by its style; undefined where it is not set. */
type Look = { vanish?: boolean; strike?: boolean; dstrike?: boolean; script?: string };
export type Looks = ReadonlyMap<string, Look>;

const isOff = (attributes: string): boolean => /:val\s*=\s*["'](?:0|false|off|none)["']/.test(attributes);
const valueOf = (attributes: string, name = 'val'): string =>
  new RegExp(`:${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes)?.slice(1).find(Boolean) ?? '';
const isGone = ({ vanish, strike, dstrike }: Look): boolean =>
  vanish === true || strike === true || dstrike === true;

/** The document's prefix for a namespace; the usual one where it declares none. */
const prefixOf = (xml: string, namespace: string, usual: string): string =>
  new RegExp(`xmlns:([\\w.-]+)\\s*=\\s*["'][^"']*${namespace}["']`).exec(xml)?.[1] ?? usual;

/** Each style with what it inherits. */
export function looksOfStyles(xml: string): Looks {
  const w = prefixOf(xml, MAIN, 'w');
  const own = new Map<string, { base: string; look: Look }>();
  for (const [, attributes = '', inside = ''] of xml.matchAll(
    new RegExp(`<${w}:style(\\s[^>]*)>([\\s\\S]*?)</${w}:style>`, 'g'),
  )) {
    const look: Look = {};
    for (const [, name = '', said = ''] of inside.matchAll(
      new RegExp(`<${w}:(vanish|strike|dstrike)(\\s[^>]*|/)?>`, 'g'),
    ))
      look[name as 'vanish' | 'strike' | 'dstrike'] = !isOff(said);
    const script = new RegExp(`<${w}:vertAlign(\\s[^>]*)>`).exec(inside)?.[1];
    if (script !== undefined) look.script = /^su(?:per|b)script$/.exec(valueOf(script))?.[0] ?? 'baseline';
    const base = new RegExp(`<${w}:basedOn(\\s[^>]*)>`).exec(inside)?.[1] ?? '';
    own.set(valueOf(attributes, 'styleId'), { base: valueOf(base), look });
  }
  const looks = new Map<string, Look>();
  for (const [id, { look }] of own) {
    let whole = look;
    const seen = new Set([id]);
    for (let at = own.get(id)?.base ?? ''; own.has(at) && !seen.has(at); at = own.get(at)?.base ?? '') {
      seen.add(at);
      whole = { ...own.get(at)?.look, ...whole };
    }
    if (Object.keys(whole).length > 0) looks.set(id, whole);
  }
  return looks;
}

/** `styled`: where the style of a run was named; `mark`: what stands for it, unless it has a picture; `rows`: those of a table that are seen. */
type Open = {
  name: string;
  from: number;
  look: Look;
  styled?: number;
  mark?: string;
  hasPicture?: boolean;
  isHidden?: boolean;
  rows?: number;
};

/** `looks`: of the document's styles by their ids. */
export function visibleXml(xml: string, looks: Looks): string {
  const w = prefixOf(xml, MAIN, 'w');
  const m = prefixOf(xml, MATH, 'm');
  const open: Open[] = [];
  let formulaDepth = 0;
  let formulaFrom = 0;
  const cuts: [from: number, to: number, instead: string][] = [];
  for (const { index, 0: tag, 1: slash, 2: name = '', 3: attributes = '', 4: empty } of xml.matchAll(TAG)) {
    const end = index + tag.length;
    const isFormula = name === `${m}:oMath` || name === `${m}:oMathPara`;
    if (isFormula && empty === '') {
      if (slash === '' && (formulaDepth += 1) === 1) formulaFrom = index;
      if (slash === '/' && (formulaDepth -= 1) === 0)
        cuts.push([formulaFrom, end, `<${w}:r><${w}:t>${FORMULA_MARK}</${w}:t></${w}:r>`]);
      continue;
    }
    if (formulaDepth > 0) continue;
    if (!name.startsWith(`${w}:`)) {
      noteDrawn(open, name, attributes);
      continue;
    }
    const local = name.slice(w.length + 1);
    if (slash === '/') {
      const closed = open.pop();
      if (closed) cuts.push(...cutsOf(closed, open, end, w));
    } else {
      note(open, local, attributes, looks, end);
      if (empty === '') open.push({ name: local, from: index, look: lookAt(open, local) });
    }
  }
  const kept: string[] = [];
  let at = 0;
  // A drawing with text has runs within runs: cutting the outer run takes the inner ones along.
  for (const [from, to, instead] of outermost(cuts)) {
    kept.push(xml.slice(at, from), instead);
    at = to;
  }
  return `${kept.join('')}${xml.slice(at)}`;
}

/** The cuts and replacements for an element that ends at `end`. */
function cutsOf(closed: Open, open: readonly Open[], end: number, w: string): [number, number, string][] {
  const { name, from, look, styled, mark, isHidden, hasPicture, rows } = closed;
  if (name === 'tr') {
    const table = open.findLast((each) => each.name === 'tbl');
    if (table && isHidden !== true) table.rows = (table.rows ?? 0) + 1;
  }
  if (name === 'r' && isGone(look)) return [[from, end, '']];
  // The library reads only the settings at the run itself.
  if (name === 'r' && styled !== undefined && look.script !== undefined)
    return [[styled, styled, `<${w}:vertAlign ${w}:val="${look.script}"/>`]];
  if (isHidden === true || (name === 'tbl' && rows === undefined)) return [[from, end, '']];
  // An embedded sheet is seen by its picture; a mark is text, for it lies within a run.
  const isSeen = mark === undefined || (mark === DRAWN_MARK && hasPicture === true);
  return isSeen ? [] : [[from, end, `<${w}:t>${mark}</${w}:t>`]];
}

/** Marks the drawings of other programs: a chart or diagram has no picture, an equation one that no reader supports. */
function noteDrawn(open: readonly Open[], name: string, attributes: string): void {
  const local = name.slice(name.indexOf(':') + 1);
  if (local === 'graphicData' && /\/(?:chart(?:ex)?|diagram)["']/.test(attributes)) {
    const drawing = open.findLast((each) => each.name === 'drawing');
    if (drawing) drawing.mark = DRAWN_MARK;
  }
  const object = local === 'OLEObject' || local === 'imagedata' ? open.at(-1) : undefined;
  if (object?.name !== 'object') return;
  if (local === 'imagedata') object.hasPicture = true;
  else object.mark = /ProgID\s*=\s*["']Equation/i.test(attributes) ? FORMULA_MARK : DRAWN_MARK;
}

/** A run looks as its paragraph's style says, unless a nearer setting differs. */
function lookAt(open: readonly Open[], name: string): Look {
  if (name !== 'r') return {};
  return { ...open.findLast((each) => each.name === 'p')?.look };
}

/** Notes the setting a property tag makes for its run or paragraph. */
function note(open: readonly Open[], name: string, attributes: string, looks: Looks, end: number): void {
  const [owner, properties] = open.slice(-2);
  if (!owner || !properties) return;
  const isOfRun = owner.name === 'r' && properties.name === 'rPr';
  const isOfParagraph = owner.name === 'p' && properties.name === 'pPr';
  if ((isOfRun && name === 'rStyle') || (isOfParagraph && name === 'pStyle'))
    Object.assign(owner.look, looks.get(valueOf(attributes)));
  if (isOfRun && name === 'rStyle') owner.styled = end;
  if (isOfRun && name === 'vertAlign') delete owner.look.script;
  if (owner.name === 'tr' && properties.name === 'trPr' && name === 'hidden')
    owner.isHidden = !isOff(attributes);
  if (isOfRun && (name === 'vanish' || name === 'strike' || name === 'dstrike'))
    owner.look[name] = !isOff(attributes);
}

/** In order, without elements that are within others. */
function outermost(cuts: readonly [number, number, string][]): [number, number, string][] {
  const kept: [number, number, string][] = [];
  let end = 0;
  for (const each of [...cuts].sort(([a, aEnd], [b, bEnd]) => a - b || bEnd - aEnd)) {
    if (each[0] < end) continue;
    kept.push(each);
    end = each[1];
  }
  return kept;
}
