// The content taken from an uploaded Word document: headings, paragraphs, lists, tables and pictures, as plain data.

export type PictureType = 'png' | 'jpg' | 'gif' | 'bmp';

export type Run =
  | {
      kind: 'text';
      text: string;
      bold: boolean;
      italic: boolean;
      underline: boolean;
      script?: 'super' | 'sub';
    }
  | { kind: 'break' }
  | { kind: 'picture'; type: PictureType; data: Uint8Array; width: number; height: number }
  /** A picture of an unsupported kind, or one outside the document: its place is marked. */
  | { kind: 'lost-picture' }
  /** A formula: its place is marked. */
  | { kind: 'lost-formula' };

export type Paragraph = {
  kind: 'paragraph';
  /** 1 to 6 for a heading, else 0. */
  heading: number;
  list: { level: number; ordered: boolean } | null;
  centered: boolean;
  runs: Run[];
};
export type DocxCell = { colSpan: number; rowSpan: number; blocks: DocxBlock[] };
export type Table = { kind: 'table'; rows: DocxCell[][] };
export type DocxBlock = Paragraph | Table;

export type DocxContent = { blocks: DocxBlock[] };

/** Why there is no content: there is too much of it, or it cannot be read. */
export type DocxFault = 'TOO_LARGE' | 'DAMAGED';
export type DocxRead = DocxContent | { fault: DocxFault };

/** Thrown while a document is read; its `fault` survives the way from the reading thread. */
export class UnreadableDocx extends Error {
  readonly fault: DocxFault;
  constructor(fault: DocxFault) {
    super(fault);
    this.fault = fault;
  }
}
