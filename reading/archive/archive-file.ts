// An archive that is read again, and what was found in it.
import type { ArchiveManifest } from '../../domain/audit/archive.ts';

/** A zip that is open (ooxml/package/zip-on-disk.ts). */
export type ArchiveFile = {
  names: readonly string[];
  read(name: string): AsyncIterable<Buffer>;
  seal(bytes: number): Promise<{ comment: string; digest: Buffer }>;
};

export type VerifiedArchive = {
  manifest: ArchiveManifest | null;
  events: number;
  /** Events and contents with masked values: their own hash or digest can be made anew only in the installation. */
  masked: number;
  assignments: number;
  contents: number;
  faults: string[];
};
