// The parts of a template, which is a zip: looked over before anything is unpacked. Throws `UnfitTemplate`.
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import type { TemplateKind, Unfit } from '../../domain/template/template.ts';

/** Parts of a workbook with a picture on each of a hundred sheets. */
const MAX_ENTRIES = 2_000;
/** Unpacked, all parts together: a template is a form with little in it. */
const MAX_UNPACKED = 60 * 1024 * 1024;
/** XML packs to a fiftieth at times; what packs tighter, and is large, was made to burst. */
const MAX_RATIO = 200;
const RATIO_COUNTS_FROM = 1024 * 1024;

export class UnfitTemplate extends Error {
  readonly unfit: Unfit;
  constructor(unfit: Unfit) {
    super(unfit);
    this.unfit = unfit;
  }
}

const IS: Readonly<Record<TemplateKind, string>> = { xlsx: 'xl/workbook.xml', docx: 'word/document.xml' };
const RUNS = [
  /(^|\/)vbaProject[^/]*\.bin$/i,
  /(^|\/)vbaData\.xml$/i,
  /^xl\/(macrosheets|dialogsheets)\//i,
  /(^|\/)activeX\//i,
  /(^|\/)embeddings\/oleObject/i,
];
const REACHES_OUT = [/^xl\/externalLinks\//i, /^xl\/connections\.xml$/i, /^xl\/queryTables\//i];

/** By name, in the order of the file. */
export type TemplateParts = ReadonlyMap<string, Buffer>;

export async function unpackTemplate(bytes: Buffer, kind: TemplateKind): Promise<TemplateParts> {
  try {
    const zip = await fromBufferPromise(bytes, {
      lazyEntries: true,
      strictFileNames: true,
      validateEntrySizes: true,
    });
    const entries = await listed(zip);
    refuseForeign(
      entries.map(({ fileName }) => fileName),
      kind,
    );
    const parts = new Map<string, Buffer>();
    // That a part is as long as it says is seen to by yauzl, which breaks off where it is longer.
    for (const entry of entries) parts.set(entry.fileName, await unpacked(zip, entry));
    for (const [name, content] of parts)
      if (name.endsWith('.rels') && reachesOut(content.toString())) throw new UnfitTemplate('LINKS');
    return parts;
  } catch (error) {
    throw error instanceof UnfitTemplate ? error : new UnfitTemplate('DAMAGED');
  }
}

async function listed(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  const names = new Set<string>();
  let total = 0;
  if (zip.entryCount > MAX_ENTRIES) throw new UnfitTemplate('LARGE');
  for await (const entry of zip.eachEntry()) {
    const { fileName, compressedSize, uncompressedSize } = entry;
    if (names.has(fileName) || entry.isEncrypted()) throw new UnfitTemplate('DAMAGED');
    names.add(fileName);
    if (!fileName.endsWith('/')) entries.push(entry);
    total += uncompressedSize;
    const isBurst = uncompressedSize > RATIO_COUNTS_FROM && uncompressedSize > compressedSize * MAX_RATIO;
    if (isBurst || total > MAX_UNPACKED || names.size > MAX_ENTRIES) throw new UnfitTemplate('LARGE');
  }
  return entries;
}

function refuseForeign(names: readonly string[], kind: TemplateKind): void {
  const has = (patterns: readonly RegExp[]): boolean =>
    names.some((name) => patterns.some((pattern) => pattern.test(name)));
  if (!names.includes(IS[kind])) throw new UnfitTemplate('KIND');
  if (has(RUNS)) throw new UnfitTemplate('MACROS');
  if (has(REACHES_OUT)) throw new UnfitTemplate('LINKS');
}

async function unpacked(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await zip.openReadStreamPromise(entry)) as AsyncIterable<Buffer>)
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** A link that somebody clicks is harmless; pictures, templates and data are fetched by whoever only opens the file. */
const reachesOut = (relations: string): boolean =>
  [...relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].some(
    ([relation]) =>
      /TargetMode\s*=\s*["']External["']/i.test(relation) &&
      !/Type\s*=\s*["'][^"']*\/hyperlink["']/i.test(relation),
  );
