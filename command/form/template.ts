// The writer of a form's templates: keeps one in its next version; the sweep then leaves its file alone.
import { isDeepStrictEqual } from 'node:util';
import { lockFiles } from '../../db/queries/file.ts';
import { findTemplate, insertTemplate, lockTemplate, type TemplateRow } from '../../db/queries/template.ts';
import type { Transaction } from '../../db/pool.ts';
import { refuse, refuseFaults, type Refusal } from '../../domain/failure.ts';
import type { KeepTemplate, TemplateKind } from '../../domain/paper/template/template.ts';
import { mayGoOn, type Keeper } from './library.ts';

/** Keeps a new version unless it equals the latest; the caller has checked file and mapping. */
export async function keepTemplate(
  tx: Transaction,
  of: { form: string; name: string; kind: TemplateKind },
  { file, mapping }: KeepTemplate,
  keeper: Keeper,
  ifMatch: number | null,
): Promise<TemplateRow | Refusal> {
  await lockTemplate(tx, of.form, of.name);
  const latest = await findTemplate(tx, of.form, of.name);
  if (latest !== null && !mayGoOn(keeper, latest.office)) return refuse('OF_ANOTHER_OFFICE');
  const isSame = latest !== null && latest.file === file && isDeepStrictEqual(latest.mapping, mapping);
  if (isSame) return latest;
  if (ifMatch !== null && ifMatch !== (latest?.version ?? 0)) return refuse('NEWER_VERSION');
  if ((await lockFiles(tx, [file])).length === 0)
    return refuseFaults([{ path: 'file', code: 'UNKNOWN_FILE', params: { value: file } }]);
  return insertTemplate(tx, {
    ...of,
    version: (latest?.version ?? 0) + 1,
    file,
    mapping,
    office: latest === null ? (keeper.offices[0] ?? null) : latest.office,
    by: keeper.person,
  });
}
