// A summary in an office's own file: the template found for the item's form, filled from the same figures as our own.
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { findDirective } from '../db/queries/directive.ts';
import { findTemplate, type TemplateRow } from '../db/queries/template.ts';
import { refuseFaults, type FailureCode, type Language } from '../domain/failure.ts';
import type { Basis } from '../domain/paper/summary/standing.ts';
import type { TemplateKind } from '../domain/paper/template/template.ts';
import { unfitFault } from '../domain/paper/template/unfit-fault.ts';
import {
  type SummaryDone,
  type SummaryWork,
  madeBytes,
  type FiguresAsked,
  type Names,
} from './summary-work.ts';
import type { Pool } from 'pg';
import { RefusalThrown } from '../domain/refusal-thrown.ts';

/** `{n}` rows. */
const REST: Readonly<Record<Language, string>> = {
  zh: '（另有 {n} 行，见系统导出的汇总表）',
  en: '({n} more rows: see the summary’s own workbook)',
};
/** Where there is no figure: never nought. */
const NOTHING = '—';

const wrong = (path: string, code: FailureCode, params = {}): RefusalThrown =>
  new RefusalThrown(refuseFaults([{ path, code, params }]));

/** `files`: where the office's own file lies. `summaries`: makes what is planned. */
type TemplateDeps = {
  pool: Pool;
  files: { open(id: string): Promise<Readable> };
  summaries: { make(work: SummaryWork): Promise<SummaryDone> };
};

/** 422 where the item's form has no template of that name and kind; the item need only be named where several have. */
export async function filledTemplate(
  deps: TemplateDeps,
  figures: FiguresAsked,
  asked: { kind: TemplateKind; template: string; names: Names; language: Language; basis: Basis },
): Promise<Buffer> {
  const { kind, template: name, ...about } = asked;
  const found = await templatesOf(deps, figures, asked);
  const [first, another] = found;
  if (!first) throw wrong('template', 'UNKNOWN_TEMPLATE', { kind, value: name });
  if (another) throw wrong('item', 'REQUIRED');
  const { item, template } = first;
  const bytes = new Uint8Array(await buffer(await deps.files.open(template.file)));
  const done = await deps.summaries.make({
    ...about,
    make: 'template',
    figures: { ...figures, items: [item] },
    template: {
      bytes,
      kind,
      mapping: template.mapping,
      say: { nothing: NOTHING, rest: REST[about.language] },
    },
  });
  if ('unfit' in done)
    throw new RefusalThrown(refuseFaults([{ ...unfitFault(done.unfit), path: 'template' }]));
  return madeBytes(done);
}

async function templatesOf(
  { pool }: TemplateDeps,
  { head, items }: FiguresAsked,
  { kind, template }: { kind: TemplateKind; template: string },
): Promise<{ item: FiguresAsked['items'][number]; template: TemplateRow }[]> {
  const stored = await findDirective(pool, head.directive.id);
  const found = [];
  for (const item of items) {
    const formOf = stored?.items.find(({ key }) => key === item.key)?.formOf;
    const row = formOf ? await findTemplate(pool, formOf.name, template) : null;
    if (row?.kind === kind) found.push({ item, template: row });
  }
  return found;
}
