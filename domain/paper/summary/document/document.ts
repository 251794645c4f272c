// A document of an office before it is one: its head, its blocks in order, its signature, as plain data.

export type DocumentTable = {
  /** Share of the width; the first names what a row is of. */
  columns: { text: string; share: number; isNumber: boolean }[];
  rows: { cells: string[]; look: 'plain' | 'total' | 'missing' | 'waiting' }[];
};

export type Block =
  /** 1: a part of the whole, 2: a part of that. */
  | { heading: string; level: 1 | 2 }
  | { text: string }
  /** Small, beneath what it is about. */
  | { note: string }
  /** `isWide`: on a page that is turned. */
  | { table: DocumentTable; isWide?: true };

export type OfficialDocument = {
  office: string;
  title: string;
  number: string;
  /** To whom it goes; null where that is not said. */
  to: string | null;
  blocks: Block[];
  signature: string[];
};
