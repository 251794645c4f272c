// The archive of a directive: the manifest that names every file in it, and the mark that its zip ends with.
import { z } from 'zod';

const Hex = z.string().regex(/^[0-9a-f]+$/);

export const ArchiveManifest = z.strictObject({
  format: z.literal('zhuanban-archive/1'),
  installation: z.string(),
  directive: z.string(),
  /** When its logs were read; what came later is not in it. */
  at: z.string(),
  /** Public key of the signature of this manifest, and of the zip's last bytes. */
  key: Hex,
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: Hex })),
});
export type ArchiveManifest = z.output<typeof ArchiveManifest>;

export const ARCHIVE_MANIFEST = 'manifest.json';
export const ARCHIVE_SIGNATURE = 'manifest.sig';

const MARK = 'zhuanban-archive/1 ';
/** An Ed25519 signature has 64 bytes. */
const SIGNATURE_DIGITS = 128;
export const ARCHIVE_SEAL_BYTES = MARK.length + SIGNATURE_DIGITS;

/** The last bytes of the zip: a signature over the SHA-256 of all before them. */
export const archiveSeal = (signature: string): string => MARK + signature;

/** The signature; null where the zip does not end as an archive. */
export function readArchiveSeal(seal: string): string | null {
  const signature = seal.slice(MARK.length);
  const isOne =
    seal.startsWith(MARK) && signature.length === SIGNATURE_DIGITS && /^[0-9a-f]+$/.test(signature);
  return isOne ? signature : null;
}

/** The end of one desk's log. */
export const ArchivedDesk = z.strictObject({ desk: z.string(), seq: z.int(), hash: z.string() });
export type ArchivedDesk = z.output<typeof ArchivedDesk>;

/** An event as it was hashed; `sealed`: some of its data is masked here, so that its own hash cannot be made anew. */
export const ArchivedEvent = z.strictObject({
  desk: z.string(),
  seq: z.int(),
  assignment: z.string().nullable(),
  type: z.string(),
  actor: z.string().nullable(),
  token: z.string().nullable(),
  received: z.string(),
  at: z.string(),
  data: z.record(z.string(), z.unknown()),
  hash: Hex,
  sealed: z.literal(true).optional(),
});
export type ArchivedEvent = z.output<typeof ArchivedEvent>;

/** A report, a part, a merged report or a hand-up; `masked`: its digest cannot be made anew. */
export const ArchivedContent = z.strictObject({
  kind: z.enum(['report', 'part', 'roll-up', 'hand-up']),
  /** Empty for a hand-up. */
  assignment: z.string(),
  version: z.int(),
  by: z.string().nullable(),
  at: z.string(),
  masked: z.boolean(),
  content: z.record(z.string(), z.unknown()),
});
export type ArchivedContent = z.output<typeof ArchivedContent>;

/** What an assignment's log makes it. */
export const ArchivedRow = z.strictObject({
  desk: z.string(),
  id: z.string(),
  state: z.record(z.string(), z.unknown()),
});
export type ArchivedRow = z.output<typeof ArchivedRow>;
