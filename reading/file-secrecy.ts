// Files named in sensitive fields: as little to be had by others as the words beside them are to be read.
import { loadTerms } from '../db/queries/directive.ts';
import { listAttachments } from '../db/queries/file.ts';
import { isNamedOpenly } from '../db/queries/submission.ts';
import type { Db } from '../db/pool.ts';
import { findSeenAmong, type Viewer } from './gate.ts';
import { findClearAmong } from './sensitive.ts';

/**
 * Is the file named in nothing the reader sees but sensitive fields of others' reports? For readers who see one of these
 * reports whole: an auditor as well.
 */
export async function isFileSecret(db: Db, viewer: Viewer, file: string): Promise<boolean> {
  const attachments = await listAttachments(db, file);
  if (attachments.length === 0 || attachments.some(({ assignment }) => assignment === '')) return false;
  const directives = [...new Set(attachments.map(({ directive }) => directive))];
  const keys = new Map<string, string[]>();
  for (const { id, items } of await loadTerms(db, directives))
    for (const { key, form } of items) {
      const secret = (form?.fields ?? []).filter(({ type, sensitive }) => type === 'file' && sensitive);
      if (secret.length > 0)
        keys.set(
          `${id}.${key}`,
          secret.map((field) => field.key),
        );
    }
  if (keys.size === 0) return false;
  const reports = attachments.map(({ assignment }) => assignment);
  const seen = await findSeenAmong(db, viewer, reports);
  const clear = await findClearAmong(db, viewer, [...seen]);
  for (const report of seen) {
    const secret = keys.get(report.split('.').slice(0, 2).join('.'));
    if (secret === undefined || clear.has(report) || (await isNamedOpenly(db, report, file, secret)))
      return false;
  }
  return seen.size > 0;
}
