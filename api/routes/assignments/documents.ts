// Documents put together from what units wrote: at any place of the tree, of a whole item, and as they were sent up.
import { Router, type Request } from 'express';
import { DOCUMENT_CALLS } from '../../../contract/documents.ts';
import {
  writtenDocument,
  writtenHandUp,
  type WrittenSection,
} from '../../../domain/paper/document/written-document.ts';
import { dayText } from '../../../domain/delivery/notification-text.ts';
import type { RouteDeps } from '../../deps.ts';
import { createPaperWriter } from '../../../ooxml/document/writing/composed-document.ts';
import { DOCX_TYPE } from '../../../domain/paper/media-types.ts';
import { languageOf } from '../../errors.ts';
import { sendDownload } from '../../files/download.ts';
import { RawReply } from '../../reply.ts';
import { serve } from '../../serve.ts';
import {
  documentAt,
  documentHandedUp,
  documentOfItem,
  type FoundDocument,
} from '../../views/document-view.ts';

type Head = { holder: string; number: string; title: string; at: string };

export function documentsRouter(deps: RouteDeps): Router {
  const router = Router();
  const papers = createPaperWriter(deps.threads, deps.docx);

  async function answer(
    req: Request,
    { holder, number, title, at }: Head,
    sections: WrittenSection[],
  ): Promise<RawReply> {
    const language = languageOf(req);
    const lines = [holder, dayText(at, language)];
    const paper = { office: holder, title, number, sections, signature: lines };
    const bytes = await papers.write(paper, language);
    return new RawReply((res) => {
      sendDownload(res, { name: `${title}.docx`, mediaType: DOCX_TYPE, bytes });
    });
  }

  const paperOf = (req: Request, { document, holder, number }: FoundDocument): Promise<RawReply> =>
    answer(req, { ...document, holder, number }, writtenDocument(document, languageOf(req)));

  serve(router, DOCUMENT_CALLS.at, async ({ req, query }) => (await documentAt(deps, req, query)).document);
  serve(router, DOCUMENT_CALLS.atForWord, async ({ req, query }) =>
    paperOf(req, await documentAt(deps, req, query)),
  );
  serve(
    router,
    DOCUMENT_CALLS.ofItem,
    async ({ req, query }) => (await documentOfItem(deps, req, query)).document,
  );
  serve(router, DOCUMENT_CALLS.ofItemForWord, async ({ req, query }) =>
    paperOf(req, await documentOfItem(deps, req, query)),
  );

  serve(router, DOCUMENT_CALLS.handedUp, async ({ req, params, query }) => {
    const { document, ...head } = await documentHandedUp(deps, req, params.n, query.item);
    const sections = writtenHandUp(document, languageOf(req));
    return answer(req, { ...head, title: document.title }, sections);
  });

  return router;
}
