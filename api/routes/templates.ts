// A form's templates: an office's own workbooks and documents, kept with what goes where in them.
import { Router } from 'express';
import { z } from 'zod';
import { keepTemplate } from '../../command/form/template.ts';
import { inTransaction } from '../../db/pool.ts';
import { findForm } from '../../db/queries/form.ts';
import { findTemplate, listTemplates, type TemplateRow } from '../../db/queries/template.ts';
import { Code } from '../../domain/code.ts';
import { isRefusal, refuseFaults, wordsOf, type Fault } from '../../domain/failure.ts';
import { KeepTemplate, Mapping, TemplateKind } from '../../domain/paper/template/template.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { languageOf, Refused, refused } from '../errors.ts';
import { demandKeeper } from '../forms/keeper.ts';
import { ifMatchOf } from '../reporting/intake.ts';
import { describe, named, pageSchema } from '../openapi.ts';
import { pageOf, PageQuery, readCursor } from '../page.ts';
import { param, parseEnvelope, parseFrom, parseQuery } from '../parse.ts';
import { createTemplatePress } from '../../ooxml/template/template-press.ts';
import { checkTemplate, templateFile } from '../templates/check-template.ts';

const TemplateAnswer = named(
  'Template',
  z.object({
    form: z.string(),
    name: z.string(),
    version: z.int(),
    kind: TemplateKind,
    file: z.string(),
    mapping: Mapping,
    office: z.string().nullable(),
    by: z.string(),
    at: z.string(),
  }),
);
const KeptAnswer = named(
  'KeptTemplate',
  TemplateAnswer.extend({
    warnings: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })),
  }),
);

const answerOf = ({ at, ...row }: TemplateRow): z.output<typeof TemplateAnswer> => ({
  ...row,
  at: at.toISOString(),
});

describe({
  method: 'get',
  path: '/forms/{name}/templates',
  tag: 'forms',
  summary: 'The templates of a form, each in its latest version, by name',
  query: PageQuery,
  answer: pageSchema(TemplateAnswer),
});
describe({
  method: 'get',
  path: '/forms/{name}/templates/{template}',
  tag: 'forms',
  summary: 'One template of a form',
  answer: TemplateAnswer,
});
describe({
  method: 'put',
  path: '/forms/{name}/templates/{template}',
  tag: 'forms',
  summary: 'Keeps an uploaded workbook or document with what goes where in it (offices, administrators)',
  body: KeepTemplate,
  answer: KeptAnswer,
});

export function templatesRouter(deps: RouteDeps): Router {
  const { pool, files } = deps;
  const router = Router();
  const press = createTemplatePress(deps.threads);

  router.get('/forms/:name/templates', async (req, res) => {
    const { limit, cursor } = parseQuery(PageQuery, req);
    const name = param(req, 'name');
    if ((await findForm(pool, name)) === null) throw refused('NOT_FOUND');
    const templates = await listTemplates(pool, name, readCursor(Code, cursor), limit + 1);
    res.json(pageOf(templates, limit, (row) => row.name, answerOf));
  });

  router.get('/forms/:name/templates/:template', async (req, res) => {
    const template = await findTemplate(pool, param(req, 'name'), param(req, 'template'));
    if (template === null) throw refused('NOT_FOUND');
    res.json(answerOf(template));
  });

  router.put('/forms/:name/templates/:template', json(), async (req, res) => {
    const { template: name } = parseEnvelope(z.strictObject({ template: Code }), {
      template: param(req, 'template'),
    });
    const ifMatch = ifMatchOf(req);
    const { document, granted } = await parseFrom(KeepTemplate, req.body, async () => {
      const form = await findForm(pool, param(req, 'name'));
      if (form === null) throw refused('NOT_FOUND');
      return { form, keeper: await demandKeeper(deps, req) };
    });
    const { form, keeper } = granted;
    const present = (await findTemplate(pool, form.name, name))?.file ?? null;
    const file = await templateFile(pool, document.file, { person: keeper.person, present });
    if (file === null)
      throw new Refused(
        refuseFaults([{ path: 'file', code: 'UNKNOWN_FILE', params: { value: document.file } }]),
      );
    const directory = await deps.directory.current(pool);
    const checked = await checkTemplate(
      { files, press },
      {
        file,
        mapping: document.mapping,
        form: form.form,
        directory,
      },
    );
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
    res.json({ ...answerOf(kept), warnings: checked.warnings.map(shown) });
  });

  return router;
}
