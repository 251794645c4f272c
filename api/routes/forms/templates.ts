// A form's templates: an office's own workbooks and documents, kept with the mapping of their placeholders.
import { buffer } from 'node:stream/consumers';
import { Router } from 'express';
import { TEMPLATE_CALLS, type TemplateAnswer } from '../../../contract/templates.ts';
import { mayGoOn } from '../../../command/form/library.ts';
import { keepTemplate } from '../../../command/form/template.ts';
import { inTransaction } from '../../../db/pool.ts';
import { findForm } from '../../../db/queries/form.ts';
import { findTemplate, listTemplates, type TemplateRow } from '../../../db/queries/template.ts';
import { Code } from '../../../domain/code.ts';
import { isRefusal, refuseFaults, wordsOf, type Fault } from '../../../domain/failure.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf, Refused, refused } from '../../errors.ts';
import { demandKeeper } from '../../forms/keeper.ts';
import { ifMatchOf } from '../../posted-command.ts';
import { pageOf, readCursor } from '../../page.ts';
import { serve } from '../../serve.ts';
import { createTemplatePress } from '../../../ooxml/template/template-press.ts';
import { checkTemplate, templateFile, type TemplateOpener } from '../../../command/form/check-template.ts';
import { isFileId } from '../../../files/file-id.ts';

const answerOf = ({ at, ...row }: TemplateRow): TemplateAnswer => ({
  ...row,
  at: at.toISOString(),
});

export function templatesRouter(deps: RouteDeps): Router {
  const { pool, files } = deps;
  const router = Router();
  const press = createTemplatePress(deps.threads);
  const opener: TemplateOpener = {
    async open(file, kind) {
      const look = await press.open(await buffer(await files.open(file)), { kind });
      return 'bytes' in look ? { unfit: 'DAMAGED' } : look;
    },
  };

  serve(router, TEMPLATE_CALLS.list, async ({ params: { name }, query: { limit, cursor } }) => {
    if ((await findForm(pool, name)) === null) throw refused('NOT_FOUND');
    const templates = await listTemplates(pool, name, readCursor(Code, cursor), limit + 1);
    return pageOf(templates, limit, (row) => row.name, answerOf);
  });

  serve(router, TEMPLATE_CALLS.read, async ({ params }) => {
    const template = await findTemplate(pool, params.name, params.template);
    if (template === null) throw refused('NOT_FOUND');
    return answerOf(template);
  });

  serve(router, TEMPLATE_CALLS.keep, async ({ req, params, body }) => {
    const { template: name } = params;
    const ifMatch = ifMatchOf(req);
    const form = await findForm(pool, params.name);
    if (form === null) throw refused('NOT_FOUND');
    const keeper = await demandKeeper(deps, req, TEMPLATE_CALLS.keep);
    const known = await findTemplate(pool, form.name, name);
    // Asked again under the lock; here, since 403 comes before what is wrong with the content.
    if (known !== null && !mayGoOn(keeper, known.office)) throw refused('OF_ANOTHER_OFFICE');
    const document = body();
    const present = known?.file ?? null;
    const file = isFileId(document.file)
      ? await templateFile(pool, document.file, { person: keeper.person, present })
      : null;
    if (file === null)
      throw new Refused(
        refuseFaults([{ path: 'file', code: 'UNKNOWN_FILE', params: { value: document.file } }]),
      );
    const directory = await deps.directory.current(pool);
    const checked = await checkTemplate(opener, {
      file,
      mapping: document.mapping,
      form: form.form,
      directory,
    });
    if (checked.faults.length > 0) throw new Refused(refuseFaults(checked.faults));
    const kept = await inTransaction(pool, (tx) =>
      keepTemplate(tx, { form: form.name, name, kind: checked.kind }, document, keeper, ifMatch),
    );
    if (isRefusal(kept)) throw new Refused(kept);
    const language = languageOf(req);
    const shown = ({ path, code, params = {} }: Fault) => ({
      path,
      code,
      message: wordsOf({ code, params }, language),
    });
    return { ...answerOf(kept), warnings: checked.warnings.map(shown) };
  });

  return router;
}
