// The form library: forms kept by name and version, looked up, kept anew, cloned.
import { Router, type Request } from 'express';
import { FORM_CALLS, type KeptFormAnswer } from '../../../contract/forms.ts';
import { cloneForm, keepForm } from '../../../command/form/library.ts';
import { inTransaction, type Db } from '../../../db/pool.ts';
import { findElements } from '../../../db/queries/element.ts';
import { findForm, listForms, listVersions, type FormRow } from '../../../db/queries/form.ts';
import { Code } from '../../../domain/code.ts';
import { isRefusal } from '../../../domain/failure.ts';
import { differingFields } from '../../../domain/form/element.ts';
import { costlyRules } from '../../../domain/form/rule-cost.ts';
import { FormOf } from '../../../domain/form/library.ts';
import type { RouteDeps } from '../../deps.ts';
import { languageOf, Refused, refused } from '../../errors.ts';
import { briefView, formView } from '../../forms/form-view.ts';
import { demandKeeper } from '../../forms/keeper.ts';
import { ifMatchOf } from '../../posted-command.ts';
import { once } from '../../once.ts';
import { pageOf, readCursor, SeqCursor } from '../../page.ts';
import { serve } from '../../serve.ts';
import { warningView } from '../../views/warning-view.ts';

export function formsRouter(deps: RouteDeps): Router {
  const { pool } = deps;
  const router = Router();

  async function whole(db: Db, req: Request, row: FormRow | null): Promise<KeptFormAnswer> {
    if (row === null) throw refused('NOT_FOUND');
    const elements = await findElements(
      db,
      row.form.fields.map(({ key }) => key),
    );
    const language = languageOf(req);
    return formView(
      row,
      [...costlyRules(row.form, ''), ...differingFields(row.form, elements, '')].map((warning) =>
        warningView(warning, language),
      ),
    );
  }

  serve(router, FORM_CALLS.list, async ({ query: { limit, cursor, q } }) => {
    const forms = await listForms(pool, q ?? null, readCursor(Code, cursor), limit + 1);
    return pageOf(forms, limit, ({ name }) => name, briefView);
  });

  serve(router, FORM_CALLS.read, async ({ req, params }) =>
    whole(pool, req, await findForm(pool, params.name)),
  );

  serve(router, FORM_CALLS.versions, async ({ params, query: { limit, cursor } }) => {
    const before = readCursor(SeqCursor, cursor);
    const rows = await listVersions(pool, params.name, before, limit + 1);
    if (rows.length === 0 && before === null) throw refused('NOT_FOUND');
    return pageOf(rows, limit, ({ version }) => version, briefView);
  });

  serve(router, FORM_CALLS.version, async ({ req, params }) => {
    const version = FormOf.shape.version.safeParse(Number(params.version));
    if (!version.success) throw refused('NOT_FOUND');
    return whole(pool, req, await findForm(pool, params.name, version.data));
  });

  serve(router, FORM_CALLS.keep, async ({ req, params: { name }, body }) => {
    const ifMatch = ifMatchOf(req);
    const keeper = await demandKeeper(deps, req, FORM_CALLS.keep);
    const document = body();
    const kept = await inTransaction(pool, (tx) => keepForm(tx, name, document, keeper, ifMatch));
    if (isRefusal(kept)) throw new Refused(kept);
    return whole(pool, req, kept);
  });

  serve(router, FORM_CALLS.clone, async ({ req, params: { name }, body }) => {
    if ((await findForm(pool, name)) === null) throw refused('NOT_FOUND');
    const keeper = await demandKeeper(deps, req, FORM_CALLS.clone);
    const document = body();
    return once(pool, req, {
      work: async (tx) => {
        const from = await findForm(tx, name);
        if (from === null) throw refused('NOT_FOUND');
        const clone = await cloneForm(tx, from, document, keeper);
        if (isRefusal(clone)) throw new Refused(clone);
        return { status: 201, kept: clone.name };
      },
      present: async (db, kept) => whole(db, req, await findForm(db, kept)),
    });
  });

  return router;
}
