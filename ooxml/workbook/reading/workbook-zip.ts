// The parts of an uploaded workbook, within bounds; refuses parts that run code or reach outside. Throws
// `UnreadableWorkbook`.
import { openZip, type ZipParts, type ZipBounds, type ZipFault } from '../../package/zip-parts.ts';
import { UnreadableWorkbook, type Unreadable } from './unreadable.ts';

const MEGABYTE = 1024 * 1024;
/** 10,000 rows of ten columns are 6 MB; rows of equal cells pack to a hundredth. */
const BOUNDS: ZipBounds = { unpacked: 200 * MEGABYTE, ratio: { most: 250, from: 10 * MEGABYTE } };

export async function openWorkbook(bytes: Buffer): Promise<ZipParts> {
  const parts = await openZip(bytes, BOUNDS, (fault) => new UnreadableWorkbook(reasonOf(fault, bytes)));
  refuseForeign(parts.names);
  return parts;
}

function reasonOf(fault: ZipFault, bytes: Buffer): Unreadable {
  switch (fault) {
    case 'TOO_LARGE':
      return 'TOO_MUCH_UNPACKED';
    case 'NOT_A_ZIP':
      if (isPdf(bytes)) return 'PDF_FILE';
      return isText(bytes) ? 'TEXT_FILE' : 'NOT_A_WORKBOOK';
    case 'ENCRYPTED':
      return isOldKind(bytes) ? 'OLD_KIND' : 'ENCRYPTED';
    case 'DAMAGED':
      return 'DAMAGED';
  }
}

/** Names of streams in files from before 2007; a file with a password has the other. */
const STREAM = {
  old: Buffer.from('Workbook', 'utf16le'),
  locked: Buffer.from('EncryptedPackage', 'utf16le'),
};
const isOldKind = (bytes: Buffer): boolean => bytes.includes(STREAM.old) && !bytes.includes(STREAM.locked);

/** Number of bytes checked: text contains no zero byte. */
const LOOKED_AT = 1000;
const isText = (bytes: Buffer): boolean => bytes.length > 0 && !bytes.subarray(0, LOOKED_AT).includes(0);

/** Its mark may come after a few other bytes, as PDF readers allow. */
const isPdf = (bytes: Buffer): boolean => bytes.subarray(0, LOOKED_AT).includes('%PDF-');

/** Macros, of either generation, and links to other files: our workbooks have none. */
function refuseForeign(names: readonly string[]): void {
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/(^|\/)vbaProject[^/]*\.bin$/i) || has(/^xl\/(macrosheets|dialogsheets|activeX)\//i))
    throw new UnreadableWorkbook('MACROS');
  if (has(/^xl\/externalLinks\//i)) throw new UnreadableWorkbook('EXTERNAL_LINKS');
  if (has(/^xl\/workbook\.bin$/i)) throw new UnreadableWorkbook('BINARY_KIND');
  if (names.includes('content.xml') && names.includes('META-INF/manifest.xml'))
    throw new UnreadableWorkbook('OPEN_DOCUMENT');
  if (!names.includes('[Content_Types].xml')) throw new UnreadableWorkbook('NOT_A_WORKBOOK');
}
