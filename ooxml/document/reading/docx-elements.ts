// The parts of the docx reader's result that we take over; the library's own types do not name them.

export type DocxElement =
  | {
      type: 'paragraph';
      styleId: string | null;
      styleName: string | null;
      numbering: Numbering;
      alignment: string | null;
      children: DocxElement[];
    }
  | {
      type: 'run';
      isBold: boolean;
      isItalic: boolean;
      isUnderline: boolean;
      verticalAlignment?: string | null;
      children: DocxElement[];
    }
  | { type: 'text'; value: string }
  | { type: 'tab' }
  | { type: 'checkbox'; checked: boolean }
  | { type: 'break'; breakType: 'line' | 'page' | 'column' }
  | { type: 'hyperlink'; href?: string; children: DocxElement[] }
  | { type: 'image'; readAsBuffer: () => Promise<Buffer> }
  | { type: 'table'; children: DocxElement[] }
  | { type: 'tableRow'; children: DocxElement[] }
  | { type: 'tableCell'; colSpan: number; rowSpan: number; children: DocxElement[] }
  | { type: 'noteReference'; noteType: string; noteId: string }
  | { type: 'bookmarkStart' | 'commentReference' };

type Numbering = { level: string | number; isOrdered: boolean } | null;

export type Notes = { resolve: (reference: DocxElement) => { body: DocxElement[] } | null };
export type Root = { type: 'document'; children: DocxElement[]; notes: Notes };
