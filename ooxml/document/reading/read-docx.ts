// Reads an uploaded docx: its text and structure, never anything it would run, fetch or link to.
import mammoth from 'mammoth';
import {
  UnreadableDocx,
  type DocxBlock,
  type DocxCell,
  type DocxContent,
  type Paragraph,
  type Run,
} from './docx-content.ts';
import type { DocxElement, Notes, Root } from './docx-elements.ts';
import { unpackDocx, type DocxParts } from './docx-parts.ts';
import { pictureSize } from './picture-size.ts';
import { DRAWN_MARK, FORMULA_MARK, looksOfStyles, visibleXml } from './visible-xml.ts';

/** Of one document; a section of two hundred pages stays below. */
const MAX_CHARACTERS = 500_000;
const MAX_BLOCKS = 20_000;
const MAX_PICTURES = 60;
const MAX_PICTURE_BYTES = 40 * 1024 * 1024;
/** Tables within cells within tables; no real document is nested deeper. */
const MAX_DEPTH = 6;

export async function readDocx(bytes: Buffer): Promise<DocxContent> {
  const parts = visibleParts(await unpackDocx(bytes));
  const root = await rootOf(parts);
  return { blocks: await new Reading(root.notes).blocks(root.children, 0) };
}

/** Parts that contain text of the document. */
const TEXTS = /^word\/(?:document\d*|footnotes|endnotes)\.xml$/;

function visibleParts(parts: DocxParts): DocxParts {
  const looks = looksOfStyles(parts.get('word/styles.xml')?.toString() ?? '');
  return new Map(
    [...parts].map(([name, content]): [string, Buffer] =>
      TEXTS.test(name) ? [name, Buffer.from(visibleXml(content.toString(), looks))] : [name, content],
    ),
  );
}

/** The library gets unpacked parts: it opens no zip and no path, and reaches nothing outside. */
async function rootOf(parts: DocxParts): Promise<Root> {
  const file = {
    exists: (name: string) => parts.has(name),
    read: (name: string, encoding?: BufferEncoding) => {
      const content = parts.get(name);
      if (content === undefined) return Promise.reject(new UnreadableDocx('DAMAGED'));
      return Promise.resolve(encoding === undefined ? content : content.toString(encoding));
    },
  };
  const found: { root: Root | null } = { root: null };
  const options = {
    includeEmbeddedStyleMap: false,
    externalFileAccess: false,
    // Its rendering is not used, only the elements it has read.
    transformDocument: (root: Root): Root => {
      found.root = root;
      return { ...root, children: [] };
    },
  };
  try {
    await mammoth.convertToHtml({ file } as never, options);
  } catch (error) {
    if (error instanceof UnreadableDocx) throw error;
    // A nesting deep enough to overflow the stack is an attack, not damage; the sender gets the same message for both.
    throw new UnreadableDocx(error instanceof RangeError ? 'TOO_LARGE' : 'DAMAGED');
  }
  if (found.root === null) throw new UnreadableDocx('DAMAGED');
  return found.root;
}

type Style = { bold: boolean; italic: boolean; underline: boolean; script?: 'super' | 'sub' };
const PLAIN: Style = { bold: false, italic: false, underline: false };

class Reading {
  private characters = 0;
  private count = 0;
  private pictures = 0;
  private pictureBytes = 0;
  private readonly notes: Notes;

  constructor(notes: Notes) {
    this.notes = notes;
  }

  async blocks(elements: readonly DocxElement[], depth: number): Promise<DocxBlock[]> {
    if (depth > MAX_DEPTH) throw new UnreadableDocx('TOO_LARGE');
    const blocks: DocxBlock[] = [];
    for (const element of elements) {
      this.count += 1;
      if (this.count > MAX_BLOCKS) throw new UnreadableDocx('TOO_LARGE');
      if (element.type === 'paragraph') blocks.push(await this.paragraph(element));
      else if (element.type === 'table')
        blocks.push({ kind: 'table', rows: await this.rows(element, depth) });
    }
    return blocks;
  }

  private async paragraph(element: Extract<DocxElement, { type: 'paragraph' }>): Promise<Paragraph> {
    const { numbering, alignment } = element;
    return {
      kind: 'paragraph',
      heading: headingOf(element),
      list:
        numbering === null
          ? null
          : { level: Math.min(Math.max(Number(numbering.level) || 0, 0), 8), ordered: numbering.isOrdered },
      centered: alignment === 'center',
      runs: await this.runs(element.children, PLAIN),
    };
  }

  private async rows(
    { children }: Extract<DocxElement, { type: 'table' }>,
    depth: number,
  ): Promise<DocxCell[][]> {
    const rows: DocxCell[][] = [];
    for (const row of children) {
      if (row.type !== 'tableRow') continue;
      const cells: DocxCell[] = [];
      for (const cell of row.children) {
        if (cell.type !== 'tableCell') continue;
        const { colSpan, rowSpan } = cell;
        cells.push({ colSpan, rowSpan, blocks: await this.blocks(cell.children, depth + 1) });
      }
      rows.push(cells);
    }
    return rows;
  }

  private async runs(elements: readonly DocxElement[], style: Style): Promise<Run[]> {
    const runs: Run[] = [];
    for (const element of elements) runs.push(...(await this.run(element, style)));
    return runs;
  }

  private async run(element: DocxElement, style: Style): Promise<Run[]> {
    switch (element.type) {
      case 'run':
        return this.runs(element.children, {
          bold: element.isBold,
          italic: element.isItalic,
          underline: element.isUnderline,
          ...scriptOf(element.verticalAlignment),
        });
      case 'text':
        if (element.value === FORMULA_MARK) return [{ kind: 'lost-formula' }];
        if (element.value === DRAWN_MARK) return [{ kind: 'lost-picture' }];
        return [this.text(element.value, style)];
      case 'tab':
        return [this.text('\t', style)];
      case 'checkbox':
        return [this.text(element.checked ? '☑' : '☐', style)];
      case 'break':
        return element.breakType === 'line' ? [{ kind: 'break' }] : [];
      case 'hyperlink':
        return this.link(element, style);
      case 'image':
        return [await this.picture(element)];
      case 'noteReference':
        return this.note(element, style);
      default:
        return [];
    }
  }

  private text(text: string, style: Style): Run {
    this.characters += text.length;
    if (this.characters > MAX_CHARACTERS) throw new UnreadableDocx('TOO_LARGE');
    return { kind: 'text', text, ...style };
  }

  /** A link's target is written out, so that it can be seen before it is followed. */
  private async link(
    { href, children }: Extract<DocxElement, { type: 'hyperlink' }>,
    style: Style,
  ): Promise<Run[]> {
    const runs = await this.runs(children, style);
    const said = runs.map((run) => (run.kind === 'text' ? run.text : '')).join('');
    if (href === undefined || said.includes(href.replace(/^mailto:/, ''))) return runs;
    return [...runs, this.text(`（${href.slice(0, 500)}）`, style)];
  }

  /** A note is put in brackets where it is called: in a merged document its number could be another note's. */
  private async note(
    reference: Extract<DocxElement, { type: 'noteReference' }>,
    style: Style,
  ): Promise<Run[]> {
    const body = this.notes.resolve(reference)?.body ?? [];
    const runs: Run[] = [];
    for (const element of body) {
      if (element.type !== 'paragraph') continue;
      for (const child of element.children)
        if (child.type === 'run') runs.push(...(await this.runs(child.children, PLAIN)));
    }
    const inner = runs.filter((run) => run.kind !== 'text' || run.text.trim() !== '');
    return inner.length === 0 ? [] : [this.text('（注：', style), ...inner, this.text('）', style)];
  }

  private async picture({ readAsBuffer }: Extract<DocxElement, { type: 'image' }>): Promise<Run> {
    const data = await readAsBuffer().catch(() => null);
    const size = data === null ? null : pictureSize(data);
    if (data === null || size === null) return { kind: 'lost-picture' };
    this.pictures += 1;
    this.pictureBytes += data.length;
    if (this.pictures > MAX_PICTURES || this.pictureBytes > MAX_PICTURE_BYTES)
      throw new UnreadableDocx('TOO_LARGE');
    // A copy with memory of its own: it is handed to another thread.
    return { kind: 'picture', ...size, data: new Uint8Array(data) };
  }
}

const scriptOf = (alignment: string | null | undefined): Pick<Style, 'script'> =>
  alignment === 'superscript' ? { script: 'super' } : alignment === 'subscript' ? { script: 'sub' } : {};

/** Headings have these names in every language of Word: it keeps the English names of its own styles. */
function headingOf({ styleName, styleId }: Extract<DocxElement, { type: 'paragraph' }>): number {
  const found =
    /^(?:heading|标题)\s*([1-6])$/i.exec(styleName ?? '') ?? /^heading([1-6])$/i.exec(styleId ?? '');
  if (found) return Number(found[1]);
  return /^title$/i.test(styleName ?? '') ? 1 : 0;
}
