// An office's document as plain data, before it is written: its head, its blocks in order, its signature.

export type DocumentTable = {
  /** Share of the width; the first names what a row is of. */
  columns: { text: string; share: number; isNumber: boolean }[];
  rows: { cells: string[]; look: 'plain' | 'total' | 'missing' | 'waiting' }[];
};

export type DocumentBlock =
  /** 1: a part of the whole, 2: a part of that. */
  | { heading: string; level: 1 | 2 }
  | { text: string }
  /** Small, beneath the block it is about. */
  | { note: string }
  /** `isWide`: on a page that is turned. */
  | { table: DocumentTable; isWide?: true };

export type OfficialDocument = {
  office: string;
  title: string;
  number: string;
  /** Its receiver; null where none is named. */
  to: string | null;
  blocks: DocumentBlock[];
  signature: string[];
};
