// Documents put together from what units wrote: at any place of the tree, of a whole item, and as they were sent up.
import { Router } from 'express';
import type { RouteDeps } from '../deps.ts';
import { describe } from '../openapi.ts';
import { documentAt, DocumentAnswer, documentOfItem, ItemQuery, NodeQuery } from '../views/document-view.ts';

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
  path: '/directives/{id}/document',
  tag: 'documents',
  summary: 'The document of an item, over all its task forces',
  query: ItemQuery,
  answer: DocumentAnswer,
});

export function documentsRouter(deps: RouteDeps): Router {
  const router = Router();

  router.get('/assignments/:id/document', async (req, res) => {
    res.json((await documentAt(deps, req)).document);
  });

  router.get('/directives/:id/document', async (req, res) => {
    res.json((await documentOfItem(deps, req)).document);
  });

  return router;
}
