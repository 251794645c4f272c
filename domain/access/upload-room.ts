// The room for files that are attached to nothing yet: so much for a person, so much for all people of a place.
import { refuse, type Refusal } from '../failure.ts';
import type { Millis } from '../instant.ts';
import { peopleAt, type Directory } from '../organisation/organisation.ts';
import { placesHeld } from './contacts.ts';

/** Bytes of files that wait to be attached. */
export type UploadQuota = { personBytes: number; placeBytes: number };

const MEGABYTE = 1024 * 1024;
/** Ten of the largest files of a person; forty of all people of a unit. */
export const UPLOAD_QUOTA: UploadQuota = { personBytes: 500 * MEGABYTE, placeBytes: 2_000 * MEGABYTE };

/** People whose files count together: the uploader alone, and those of each place where the uploader holds a post. */
export function uploadersWith(
  directory: Directory,
  person: string,
  at: Millis,
): { name: string; people: string[]; of: 'person' | 'place' }[] {
  return [
    { name: `person/${person}`, people: [person], of: 'person' as const },
    ...[...new Set(placesHeld(directory, person, at))].map((place) => ({
      name: place,
      people: peopleAt(directory, place, at),
      of: 'place' as const,
    })),
  ];
}

/** `bytes` are waiting already; `more` come. */
export function refuseUpload(
  of: 'person' | 'place',
  { bytes, more }: { bytes: number; more: number },
  { personBytes, placeBytes }: UploadQuota,
): Refusal | null {
  const most = of === 'person' ? personBytes : placeBytes;
  if (bytes + more <= most) return null;
  return refuse('TOO_MUCH_UNATTACHED', { params: { max: Math.floor(most / MEGABYTE) } });
}
