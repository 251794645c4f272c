// The contract to read: /openapi.json, and /docs, which needs no outside network.
import path from 'node:path';
import { createRequire } from 'node:module';
import { Router } from 'express';
import { DOCS_POLICY } from '../../security-headers.ts';
import { openApiDocument } from '../../../contract/openapi.ts';

/** Raised with the contract, not with every release. */
export const CONTRACT_VERSION = '1.0.0';

const ASSETS = path.dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const SHOWN = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

const PAGE = `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <title>Zhuanban API</title>
    <link rel="icon" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const START = `window.ui = SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null });\n`;

export function docsRouter(): Router {
  const router = Router();
  let document: string | undefined;
  router.get('/openapi.json', (_req, res) => {
    document ??= JSON.stringify(openApiDocument(CONTRACT_VERSION));
    res.type('application/json').send(document);
  });
  router.get('/docs', (_req, res) => {
    res.setHeader('content-security-policy', DOCS_POLICY);
    res.type('html').send(PAGE);
  });
  router.get('/docs/start.js', (_req, res) => {
    res.type('text/javascript').send(START);
  });
  for (const file of SHOWN) {
    router.get(`/docs/${file}`, (_req, res, next) => {
      res.sendFile(path.join(ASSETS, file), { maxAge: '1h' }, (error?: Error) => {
        if (error) next(error);
      });
    });
  }
  return router;
}
