// The parts of a template, which is a zip: checked before anything is unpacked. Throws `UnfitTemplate`.
import type { TemplateKind, UnfitReason } from '../../domain/paper/template/template.ts';
import { openZip, unpackAll, type ZipBounds } from '../package/zip-parts.ts';

const MEGABYTE = 1024 * 1024;
/** A template is a form with little in it. */
const BOUNDS: ZipBounds = { unpacked: 60 * MEGABYTE, ratio: { most: 200, from: MEGABYTE } };

export class UnfitTemplate extends Error {
  readonly unfit: UnfitReason;
  constructor(unfit: UnfitReason) {
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
  const failed = (fault: string): UnfitTemplate =>
    new UnfitTemplate(fault === 'TOO_LARGE' ? 'LARGE' : 'DAMAGED');
  const zip = await openZip(bytes, BOUNDS, failed);
  refuseForeign(zip.names, kind);
  const parts = await unpackAll(zip);
  for (const [name, content] of parts)
    if (name.endsWith('.rels') && reachesOut(content.toString())) throw new UnfitTemplate('LINKS');
  return parts;
}

function refuseForeign(names: readonly string[], kind: TemplateKind): void {
  const has = (patterns: readonly RegExp[]): boolean =>
    names.some((name) => patterns.some((pattern) => pattern.test(name)));
  if (!names.includes(IS[kind])) throw new UnfitTemplate('KIND');
  if (has(RUNS)) throw new UnfitTemplate('MACROS');
  if (has(REACHES_OUT)) throw new UnfitTemplate('LINKS');
}

/** A link is harmless until it is clicked; pictures, templates and data are fetched as soon as the file is opened. */
const reachesOut = (relations: string): boolean =>
  [...relations.matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)].some(
    ([relation]) =>
      /TargetMode\s*=\s*["']External["']/i.test(relation) &&
      !/Type\s*=\s*["'][^"']*\/hyperlink["']/i.test(relation),
  );
