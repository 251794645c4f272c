// The parts of the docx reader's result that we take over; the library's own types do not name them.

export type Element =
  | {
      type: 'paragraph';
      styleId: string | null;
      styleName: string | null;
      numbering: Numbering;
      alignment: string | null;
      children: Element[];
    }
  | {
      type: 'run';
      isBold: boolean;
      isItalic: boolean;
      isUnderline: boolean;
      verticalAlignment?: string | null;
      children: Element[];
    }
  | { type: 'text'; value: string }
  | { type: 'tab' }
  | { type: 'checkbox'; checked: boolean }
  | { type: 'break'; breakType: 'line' | 'page' | 'column' }
  | { type: 'hyperlink'; href?: string; children: Element[] }
  | { type: 'image'; readAsBuffer: () => Promise<Buffer> }
  | { type: 'table'; children: Element[] }
  | { type: 'tableRow'; children: Element[] }
  | { type: 'tableCell'; colSpan: number; rowSpan: number; children: Element[] }
  | { type: 'noteReference'; noteType: string; noteId: string }
  | { type: 'bookmarkStart' | 'commentReference' };

type Numbering = { level: string | number; isOrdered: boolean } | null;

export type Notes = { resolve: (reference: Element) => { body: Element[] } | null };
export type Root = { type: 'document'; children: Element[]; notes: Notes };
