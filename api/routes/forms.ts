// The form library: forms kept by name and version, looked up, kept anew, cloned.
import { Router, type Request } from 'express';
import { z } from 'zod';
import { cloneForm, keepForm } from '../../command/form/library.ts';
import { inTransaction, type Db } from '../../db/pool.ts';
import { findElements } from '../../db/queries/element.ts';
import { findForm, listForms, listVersions, type FormRow } from '../../db/queries/form.ts';
import { Code } from '../../domain/code.ts';
import { isRefusal } from '../../domain/failure.ts';
import { differingFields } from '../../domain/form/element.ts';
import { CloneForm, FormOf, KeepForm } from '../../domain/form/library.ts';
import { json } from '../body.ts';
import type { RouteDeps } from '../deps.ts';
import { languageOf, Refused, refused } from '../errors.ts';
import { BriefAnswer, briefView, formView, KeptFormAnswer } from '../forms/form-view.ts';
import { demandKeeper } from '../forms/keeper.ts';
import { ifMatchOf } from '../reporting/intake.ts';
import { once } from '../once.ts';
import { describe, pageSchema } from '../openapi.ts';
import { pageOf, PageQuery, pageQuery, readCursor, SeqCursor } from '../page.ts';
import { param, parseEnvelope, parseFrom, parseQuery } from '../parse.ts';
import { warningView } from '../views/warning-view.ts';

const ListQuery = z.strictObject({ ...pageQuery, q: z.string().max(200).optional() });

describe({
  method: 'get',
  path: '/forms',
  tag: 'forms',
  summary: 'The form library: the latest version of each form, by name',
  query: ListQuery,
  answer: pageSchema(BriefAnswer),
});
describe({
  method: 'get',
  path: '/forms/{name}',
  tag: 'forms',
  summary: 'A kept form, in its latest version',
  answer: KeptFormAnswer,
});
describe({
  method: 'get',
  path: '/forms/{name}/versions',
  tag: 'forms',
  summary: 'All versions of a kept form, newest first',
  query: PageQuery,
  answer: pageSchema(BriefAnswer),
});
describe({
  method: 'get',
  path: '/forms/{name}/versions/{version}',
  tag: 'forms',
  summary: 'One version of a kept form',
  answer: KeptFormAnswer,
});
describe({
  method: 'put',
  path: '/forms/{name}',
  tag: 'forms',
  summary: 'Keeps a form, or a new version of it (offices, administrators); If-Match: the version you know',
  body: KeepForm,
  answer: KeptFormAnswer,
});
describe({
  method: 'post',
  path: '/forms/{name}/clone',
  tag: 'forms',
  summary: 'The latest version under a name of its own (offices, administrators)',
  body: CloneForm,
  status: 201,
  answer: KeptFormAnswer,
});

export function formsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  async function whole(db: Db, req: Request, row: FormRow | null): Promise<z.output<typeof KeptFormAnswer>> {
    if (row === null) throw refused('NOT_FOUND');
    const elements = await findElements(
      db,
      row.form.fields.map(({ key }) => key),
    );
    const language = languageOf(req);
    return formView(
      row,
      differingFields(row.form, elements, '').map((warning) => warningView(warning, language)),
    );
  }

  router.get('/forms', async (req, res) => {
    const { limit, cursor, q } = parseQuery(ListQuery, req);
    const forms = await listForms(pool, q ?? null, readCursor(Code, cursor), limit + 1);
    res.json(pageOf(forms, limit, ({ name }) => name, briefView));
  });

  router.get('/forms/:name', async (req, res) => {
    res.json(await whole(pool, req, await findForm(pool, param(req, 'name'))));
  });

  router.get('/forms/:name/versions', async (req, res) => {
    const { limit, cursor } = parseQuery(PageQuery, req);
    const before = readCursor(SeqCursor, cursor);
    const rows = await listVersions(pool, param(req, 'name'), before, limit + 1);
    if (rows.length === 0 && before === null) throw refused('NOT_FOUND');
    res.json(pageOf(rows, limit, ({ version }) => version, briefView));
  });

  router.get('/forms/:name/versions/:version', async (req, res) => {
    const version = FormOf.shape.version.safeParse(Number(param(req, 'version')));
    if (!version.success) throw refused('NOT_FOUND');
    res.json(await whole(pool, req, await findForm(pool, param(req, 'name'), version.data)));
  });

  router.put('/forms/:name', json(), async (req, res) => {
    const { name } = parseEnvelope(z.strictObject({ name: Code }), { name: param(req, 'name') });
    const ifMatch = ifMatchOf(req);
    const { document, granted } = await parseFrom(KeepForm, req.body, () => demandKeeper(deps, req));
    const kept = await inTransaction(pool, (tx) => keepForm(tx, name, document, granted, ifMatch));
    if (isRefusal(kept)) throw new Refused(kept);
    res.json(await whole(pool, req, kept));
  });

  router.post('/forms/:name/clone', json(), async (req, res) => {
    const name = param(req, 'name');
    const { document, granted } = await parseFrom(CloneForm, req.body, async () => {
      if ((await findForm(pool, name)) === null) throw refused('NOT_FOUND');
      return demandKeeper(deps, req);
    });
    const { status, body } = await once(pool, req, {
      work: async (tx) => {
        const from = await findForm(tx, name);
        if (from === null) throw refused('NOT_FOUND');
        const clone = await cloneForm(tx, from, document, granted);
        if (isRefusal(clone)) throw new Refused(clone);
        return { status: 201, kept: clone.name };
      },
      present: async (db, kept) => whole(db, req, await findForm(db, kept)),
    });
    res.status(status).json(body);
  });

  return router;
}
