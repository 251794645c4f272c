// The merged figures as a workbook and as the document an office hands up (api.md §4, §8).
import { Router, type Request } from 'express';
import { SUMMARY_CALLS, type ExportQuery } from '../../../contract/summaries.ts';
import { findHandUpNumber } from '../../../db/queries/hand-up.ts';
import type { Directory } from '../../../domain/organisation/organisation.ts';
import { nameOf, unitPlace } from '../../../domain/organisation/organisation.ts';
import type { Basis } from '../../../domain/paper/summary/standing.ts';
import type { RouteDeps } from '../../deps.ts';
import { DOCX_TYPE, XLSX_TYPE } from '../../../domain/paper/media-types.ts';
import { languageOf, refused } from '../../errors.ts';
import { sendDownload } from '../../files/download.ts';
import { RawReply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import { madeBytes, type FiguresAsked, type SummaryWork, namesIn } from '../../../reading/summary-work.ts';
import { filledTemplate } from '../../../reading/filled-template.ts';
import { shownPlace } from '../../views/summary-places.ts';
import { itemPlaces } from '../../../reading/item-places.ts';
import { isSettledBelow } from '../../../reading/summary.ts';
import { wholeOf, type Access } from '../../access/directive-access.ts';

const KINDS = [
  {
    ending: 'xlsx',
    type: XLSX_TYPE,
    ofDirective: SUMMARY_CALLS.xlsxOfDirective,
    ofAssignment: SUMMARY_CALLS.xlsxOfAssignment,
  },
  {
    ending: 'docx',
    type: DOCX_TYPE,
    ofDirective: SUMMARY_CALLS.docxOfDirective,
    ofAssignment: SUMMARY_CALLS.docxOfAssignment,
  },
] as const;

/** The figures that fill a document, before they are read, and the organisation that gives their names. */
export type ExportAsked = { asked: FiguresAsked; directory: Directory };

export function summaryExportsRouter(deps: RouteDeps): Router {
  const router = Router();
  for (const { ending, type, ofDirective, ofAssignment } of KINDS) {
    const answer = async (
      req: Request,
      { item, template, basis }: ExportQuery,
      { asked: whole, directory }: ExportAsked,
    ): Promise<RawReply> => {
      const asked = item === undefined ? whole : onlyItem(whole, item);
      const about = { names: namesIn(directory), language: languageOf(req), basis };
      const bytes =
        template === undefined
          ? await made(deps, { ...about, make: ending, figures: asked })
          : await filledTemplate(deps, asked, { ...about, kind: ending, template });
      return new RawReply((res) => {
        sendDownload(res, { name: `${whole.head.directive.number}.${ending}`, mediaType: type, bytes });
      });
    };
    serve(router, ofDirective, async ({ req, query }) =>
      answer(req, query, await figuresOfDirective(deps, req, query.basis)),
    );
    serve(router, ofAssignment, async ({ req, query }) =>
      answer(req, query, await figuresOfAssignment(deps, req, query.basis)),
    );
  }
  return router;
}

async function made(deps: RouteDeps, work: SummaryWork): Promise<Buffer> {
  return madeBytes(await deps.summaries.make(work));
}

function onlyItem(asked: FiguresAsked, key: string): FiguresAsked {
  const items = asked.items.filter((item) => item.key === key);
  if (items.length === 0) throw refused('MALFORMED', { errors: [{ path: 'item', code: 'NOT_FOUND' }] });
  return { ...asked, items };
}

/** For readers of the whole directive; 403 or 404 for all others. */
async function figuresOfDirective(deps: RouteDeps, req: Request, basis: Basis): Promise<ExportAsked> {
  return figuresOfWhole(deps, await wholeOf(deps, req), basis);
}

/** Every item of a directive that is seen whole. */
export async function figuresOfWhole(
  deps: RouteDeps,
  { directory, directive, viewer }: Access,
  basis: Basis,
): Promise<ExportAsked> {
  const items = (await itemPlaces(deps, viewer, directive)).map((place) => ({ ...place, name: place.title }));
  return {
    directory,
    asked: {
      isWhole: true,
      items,
      head: {
        directive: { id: directive.id, number: directive.number, title: directive.title },
        number: await findHandUpNumber(deps.pool, directive.id),
        from: nameOf(directory, unitPlace(directive.office)),
        to: directive.superior === null ? null : nameOf(directory, unitPlace(directive.superior)),
        basis,
        at: new Date(deps.now()).toISOString(),
      },
    },
  };
}

/** For readers of the assignment; those it is only shared with get its approved result alone. */
async function figuresOfAssignment(deps: RouteDeps, req: Request, basis: Basis): Promise<ExportAsked> {
  const { directive, id, snapshot, row, isWhole, form, sensitive } = await shownPlace(deps, req, basis);
  const { terms, items } = snapshot.directiveOf(row);
  const { directory } = snapshot;
  const item = items.get(row.state.item);
  const name = nameOf(directory, row.state.holder);
  const place = {
    directive,
    node: id,
    key: row.state.item,
    title: item?.title ?? row.state.item,
    form,
    sensitive,
    name,
    final: isSettledBelow(row),
  };
  return {
    directory,
    asked: {
      isWhole,
      items: [place],
      head: {
        directive: { id: directive, number: terms.number, title: terms.title },
        number: null,
        from: name,
        to: nameOf(directory, snapshot.issuerOf(row)),
        basis,
        at: new Date(deps.now()).toISOString(),
      },
    },
  };
}
