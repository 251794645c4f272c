// What a backup's folder says of itself: its record, moment, schema and tables.
import { z } from 'zod';

/** Raise it when older versions could not read a folder written by this one. */
export const BACKUP_FORMAT = 1;

export const BackupTable = z.object({
  name: z.string().regex(/^[a-z0-9_]{1,63}$/),
  columns: z.array(z.string().regex(/^[a-z0-9_]{1,63}$/)).max(200),
  rows: z.int().min(0),
  /** Of the uncompressed text, so that damage to a file is noticed before anything is loaded. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackupTable = z.infer<typeof BackupTable>;

export const Manifest = z.object({
  format: z.literal(BACKUP_FORMAT),
  /** The moment of the snapshot, on PostgreSQL's clock. */
  at: z.iso.datetime(),
  installation: z.uuid(),
  epoch: z.int(),
  /** The applied migrations, in order: they say which schema the rows have. */
  migrations: z.array(z.string()).max(10_000),
  tables: z.array(BackupTable).max(500),
  /** Values of sequences, by name. */
  sequences: z.record(z.string().regex(/^[a-z0-9_]{1,63}$/), z.string().regex(/^\d{1,19}$/)),
  files: z.object({
    kept: z.int().min(0),
    /** Ids of files the record knows and the store did not have. */
    missing: z.array(z.string()).max(1_000),
  }),
});
export type Manifest = z.infer<typeof Manifest>;

export const MANIFEST_FILE = 'manifest.json';
export const tableFile = (table: string): string => `tables/${table}.copy.gz`;
