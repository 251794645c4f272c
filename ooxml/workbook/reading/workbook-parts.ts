// The parts of an xlsx file: its sheets by name in their order, and the places of texts and styles.
import { UnreadableWorkbook } from './unreadable.ts';
import { attributeOf } from './xml-tokens.ts';
import { readXml } from './xml-part.ts';
import type { ZipParts } from '../../package/zip-parts.ts';

export type WorkbookParts = {
  sheets: { name: string; path: string }[];
  strings: string | null;
  styles: string | null;
  /** Days are counted from 1904, as old Macintoshes do. */
  is1904: boolean;
};

/** A desk's workbook has one sheet a table field. */
const MAX_SHEETS = 300;
const MAX_RELATIONS = 2_000;

export type PartRelation = { id: string; type: string; target: string };

export function relationsName(part: string): string {
  const at = part.lastIndexOf('/') + 1;
  return `${part.slice(0, at)}_rels/${part.slice(at)}.rels`;
}

/** The targets a part refers to within the file; none where it has no list of them. */
export async function relationsOf(parts: ZipParts, part: string): Promise<PartRelation[]> {
  const relations: PartRelation[] = [];
  await readXml(parts, relationsName(part), {
    open: (tag, attributes) => {
      if (tag !== 'Relationship' || attributeOf(attributes, 'TargetMode') === 'External') return;
      if (relations.length >= MAX_RELATIONS) throw new UnreadableWorkbook('TOO_LARGE');
      const type = (attributeOf(attributes, 'Type') ?? '').split('/').at(-1) ?? '';
      const target = attributeOf(attributes, 'Target') ?? '';
      relations.push({ id: attributeOf(attributes, 'Id') ?? '', type, target: resolved(part, target) });
    },
  });
  return relations;
}

/** A target is relative to the folder of the part that mentions it, or to the top. */
function resolved(part: string, target: string): string {
  const steps = target.startsWith('/') ? [] : part.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

export async function readWorkbookParts(parts: ZipParts): Promise<WorkbookParts> {
  const main = (await relationsOf(parts, '')).find(({ type }) => type === 'officeDocument')?.target;
  if (main === undefined) throw new UnreadableWorkbook('NOT_A_WORKBOOK');
  const relations = await relationsOf(parts, main);
  const byId = new Map(relations.map((relation) => [relation.id, relation]));
  const found: WorkbookParts = { sheets: [], strings: null, styles: null, is1904: false };
  const root = { isWorkbook: false };
  await readXml(parts, main, {
    open: (tag, attributes) => {
      if (tag === 'workbook') root.isWorkbook = true;
      if (tag === 'workbookPr')
        found.is1904 = ['1', 'true'].includes(attributeOf(attributes, 'date1904') ?? '');
      if (tag !== 'sheet') return;
      if (found.sheets.length >= MAX_SHEETS) throw new UnreadableWorkbook('TOO_LARGE');
      const relation = byId.get(attributeOf(attributes, 'id') ?? '');
      const name = attributeOf(attributes, 'name') ?? '';
      // A chart has a sheet of its own, without cells.
      if (relation?.type === 'worksheet') found.sheets.push({ name, path: relation.target });
    },
  });
  if (!root.isWorkbook) throw new UnreadableWorkbook('NOT_A_WORKBOOK');
  const pathOf = (type: string): string | null => {
    const target = relations.find((relation) => relation.type === type)?.target;
    return target !== undefined && parts.has(target) ? target : null;
  };
  return { ...found, strings: pathOf('sharedStrings'), styles: pathOf('styles') };
}
