// A template before it is kept: its file opened, its names and paths looked up, each fault at its place.
import type { Db } from '../../db/pool.ts';
import { findFile, type FileRow } from '../../db/queries/file.ts';
import type { Fault } from '../../domain/failure.ts';
import type { Form } from '../../domain/form/field.ts';
import type { Directory } from '../../domain/organisation/organisation.ts';
import { faultsOfPaths } from '../../domain/paper/template/path.ts';
import type { KeepTemplate, TemplateKind, TemplateLook } from '../../domain/paper/template/template.ts';
import { DOCX_TYPE, XLSX_TYPE } from '../../domain/paper/media-types.ts';
import { unfitFault } from '../../domain/paper/template/unfit-fault.ts';

/** Packed; a form with a coat of arms on it has some hundred kilobytes. */
export const MAX_TEMPLATE_BYTES = 10 * 1024 * 1024;

const KINDS: Readonly<Record<string, TemplateKind>> = { [XLSX_TYPE]: 'xlsx', [DOCX_TYPE]: 'docx' };
export type Checked = { kind: TemplateKind; faults: Fault[]; warnings: Fault[] };

/** The file of a template: the writer's own upload, or the file the template has already. */
export async function templateFile(
  db: Db,
  id: string,
  by: { person: string; present: string | null },
): Promise<FileRow | null> {
  const file = await findFile(db, id);
  return file && (file.by === by.person || file.id === by.present) ? file : null;
}

export type TemplateOpener = {
  /** The names of its places, or why it is none. */
  open(file: string, kind: TemplateKind): Promise<TemplateLook>;
};

export async function checkTemplate(
  opener: TemplateOpener,
  about: { file: FileRow; mapping: KeepTemplate['mapping']; form: Form; directory: Directory },
): Promise<Checked> {
  const { file, mapping, form, directory } = about;
  const kind = KINDS[file.mediaType];
  const bad = (fault: Fault): Checked => ({ kind: kind ?? 'xlsx', faults: [fault], warnings: [] });
  if (kind === undefined) return bad(unfitFault(/macro/i.test(file.mediaType) ? 'MACROS' : 'KIND'));
  if (file.size > MAX_TEMPLATE_BYTES) return bad(unfitFault('LARGE'));
  const look = await opener.open(file.id, kind);
  if ('unfit' in look) return bad(unfitFault(look.unfit));
  const names = new Set(look.names);
  const isPlace = (code: string): boolean => directory.units.has(code) || directory.taskForces.has(code);
  return {
    kind,
    faults: [
      ...Object.keys(mapping)
        .filter((name) => !names.has(name))
        .map((name): Fault => ({ path: `mapping.${name}`, code: 'UNKNOWN_NAME', params: { value: name } })),
      ...faultsOfPaths(mapping, form, isPlace),
    ],
    warnings: look.names
      .filter((name) => !Object.hasOwn(mapping, name))
      .map((name): Fault => ({ path: `mapping.${name}`, code: 'UNMAPPED_NAME', params: { value: name } })),
  };
}
