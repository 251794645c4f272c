// Documents put together from what units wrote: at any place of the tree, of a whole item, and as they were sent up.
import { Router, type Request, type Response } from 'express';
import {
  writtenDocument,
  writtenHandUp,
  type WrittenSection,
} from '../../domain/paper/document/written-document.ts';
import { dayText } from '../../domain/delivery/notification-text.ts';
import type { RouteDeps } from '../deps.ts';
import { createPaperWriter } from '../../ooxml/document/writing/composed-document.ts';
import { DOCX } from '../../ooxml/document/writing/official-style.ts';
import { languageOf } from '../errors.ts';
import { sendDownload } from '../files/download.ts';
import { describe } from '../openapi.ts';
import {
  documentAt,
  documentHandedUp,
  DocumentAnswer,
  documentOfItem,
  HandUpQuery,
  ItemQuery,
  NodeQuery,
  type Found,
} from '../views/document-view.ts';

describe({
  method: 'get',
  path: '/assignments/{id}/document',
  tag: 'documents',
  summary: 'The document at this place: its sections with who wrote them, who edited them and who owes them',
  query: NodeQuery,
  answer: DocumentAnswer,
});
describe({
  method: 'get',
  path: '/assignments/{id}/document.docx',
  tag: 'documents',
  summary: 'The same for Word; with `version` exactly what was sent',
  query: NodeQuery,
  answerType: DOCX,
});
describe({
  method: 'get',
  path: '/directives/{id}/document',
  tag: 'documents',
  summary: 'The document of an item, over all its task forces',
  query: ItemQuery,
  answer: DocumentAnswer,
});
describe({
  method: 'get',
  path: '/directives/{id}/document.docx',
  tag: 'documents',
  summary: 'The same for Word',
  query: ItemQuery,
  answerType: DOCX,
});

describe({
  method: 'get',
  path: '/directives/{id}/hand-ups/{n}/document.docx',
  tag: 'documents',
  summary: 'The document as it was handed up to the superior, for Word',
  query: HandUpQuery,
  answerType: DOCX,
});

type Head = { holder: string; number: string; title: string; at: string };

export function documentsRouter(deps: RouteDeps): Router {
  const router = Router();
  const papers = createPaperWriter(deps.threads, deps.docx);

  async function answer(
    req: Request,
    res: Response,
    { holder, number, title, at }: Head,
    sections: WrittenSection[],
  ): Promise<void> {
    const language = languageOf(req);
    const lines = [holder, dayText(at, language)];
    const paper = { office: holder, title, number, sections, signature: lines };
    const bytes = await papers.write(paper, language);
    sendDownload(res, { name: `${title}.docx`, mediaType: DOCX, bytes });
  }

  const answerPaper = (req: Request, res: Response, { document, holder, number }: Found): Promise<void> =>
    answer(req, res, { ...document, holder, number }, writtenDocument(document, languageOf(req)));

  router.get('/assignments/:id/document', async (req, res) => {
    res.json((await documentAt(deps, req)).document);
  });
  router.get('/assignments/:id/document.docx', async (req, res) => {
    await answerPaper(req, res, await documentAt(deps, req));
  });
  router.get('/directives/:id/document', async (req, res) => {
    res.json((await documentOfItem(deps, req)).document);
  });
  router.get('/directives/:id/document.docx', async (req, res) => {
    await answerPaper(req, res, await documentOfItem(deps, req));
  });

  router.get('/directives/:id/hand-ups/:n/document.docx', async (req, res) => {
    const { document, ...head } = await documentHandedUp(deps, req);
    const sections = writtenHandUp(document, languageOf(req));
    await answer(req, res, { ...head, title: document.title }, sections);
  });

  return router;
}
