// An archive checked by itself, with no installation at hand: every byte, every chain, every digest, every row.
import { createHash } from 'node:crypto';
import {
  ARCHIVE_MANIFEST,
  ARCHIVE_SEAL_BYTES,
  ARCHIVE_SIGNATURE,
  ArchiveManifest,
  readArchiveSeal,
} from '../../domain/audit/archive.ts';
import { isSigned } from '../audit/checkpoint.ts';
import type { ArchiveFile, VerifiedArchive } from './archive-file.ts';
import { verifyArchivedRecord } from './verify-archived-record.ts';

const NOTHING: Omit<VerifiedArchive, 'faults'> = {
  manifest: null,
  events: 0,
  masked: 0,
  assignments: 0,
  contents: 0,
};
/** A manifest names some ten thousand files; a larger one was not written by us. */
const MANIFEST_BYTES = 64 * 1024 * 1024;

export async function verifyArchive(archive: ArchiveFile): Promise<VerifiedArchive> {
  const text = await textOf(archive, ARCHIVE_MANIFEST);
  const manifest = manifestOf(text);
  if (text === null || manifest === null)
    return { ...NOTHING, faults: ['it has no manifest: it is no archive'] };
  const faults = [...(await sealFaults(archive, manifest, text)), ...(await fileFaults(archive, manifest))];
  // What is in it is looked at only when it is known to be what was written.
  if (faults.length > 0) return { ...NOTHING, manifest, faults };
  return { manifest, ...(await verifyArchivedRecord(archive, manifest)) };
}

function manifestOf(text: string | null): ArchiveManifest | null {
  try {
    return ArchiveManifest.parse(JSON.parse(text ?? ''));
  } catch {
    return null;
  }
}

async function textOf(archive: ArchiveFile, name: string): Promise<string | null> {
  if (!archive.names.includes(name)) return null;
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of archive.read(name)) {
    bytes += part.length;
    if (bytes > MANIFEST_BYTES) return null;
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

async function sealFaults(archive: ArchiveFile, { key }: ArchiveManifest, text: string): Promise<string[]> {
  const faults: string[] = [];
  const signature = (await textOf(archive, ARCHIVE_SIGNATURE)) ?? '';
  if (!isSigned({ key, signature }, text)) faults.push('the signature does not fit the manifest');
  const { comment, digest } = await archive.seal(ARCHIVE_SEAL_BYTES);
  const seal = readArchiveSeal(comment);
  if (seal === null || !isSigned({ key, signature: seal }, digest))
    faults.push('the zip is not as it was written: a byte was changed, added or removed');
  return faults;
}

async function fileFaults(archive: ArchiveFile, { files }: ArchiveManifest): Promise<string[]> {
  const faults: string[] = [];
  const named = new Map(files.map((file) => [file.name, file]));
  for (const name of archive.names)
    if (!named.has(name) && name !== ARCHIVE_MANIFEST && name !== ARCHIVE_SIGNATURE)
      faults.push(`${name} is not in the manifest`);
  for (const { name, bytes, sha256 } of files) {
    const hash = createHash('sha256');
    let read = 0;
    for await (const part of archive.read(name)) {
      hash.update(part);
      read += part.length;
    }
    if (read !== bytes || hash.digest('hex') !== sha256) faults.push(`${name} is not as it was written`);
  }
  return faults;
}
