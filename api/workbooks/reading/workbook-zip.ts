// The parts of an uploaded workbook, within bounds, and nothing in it that runs or reaches out. Throws `UnreadableWorkbook`.
import { openZip, type Parts, type ZipBounds } from '../../office-file/zip-parts.ts';
import { UnreadableWorkbook } from './unreadable.ts';

const MEGABYTE = 1024 * 1024;
/** 10,000 rows of ten columns are 6 MB; rows of equal cells pack to a hundredth. */
const BOUNDS: ZipBounds = { unpacked: 200 * MEGABYTE, ratio: { most: 250, from: 10 * MEGABYTE } };

export async function openWorkbook(bytes: Buffer): Promise<Parts> {
  const parts = await openZip(
    bytes,
    BOUNDS,
    (fault) => new UnreadableWorkbook(fault === 'NOT_A_ZIP' ? 'NOT_A_WORKBOOK' : fault),
  );
  refuseForeign(parts.names);
  return parts;
}

/** Macros, of either generation, and links to other files: nothing of ours has them. */
function refuseForeign(names: readonly string[]): void {
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/(^|\/)vbaProject[^/]*\.bin$/i) || has(/^xl\/(macrosheets|dialogsheets|activeX)\//i))
    throw new UnreadableWorkbook('MACROS');
  if (has(/^xl\/externalLinks\//i)) throw new UnreadableWorkbook('EXTERNAL_LINKS');
  if (!names.includes('[Content_Types].xml')) throw new UnreadableWorkbook('NOT_A_WORKBOOK');
}
