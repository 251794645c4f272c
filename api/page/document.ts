// The HTML around a screen: head, styles, data and script. What stands in it can end nothing it stands in.
import { htmlText } from '../../domain/html-text.ts';
import type { PageArtefact } from '../page-artefact.ts';

/** JSON inside a script element: no `<` can end it or begin a comment. */
const jsonText = (data: unknown): string =>
  JSON.stringify(data)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');

export type DocumentParts = {
  artefact: PageArtefact;
  title: string;
  /** Attributes of the root element. */
  root: Readonly<Record<string, string>>;
  nonce: string;
  /** Rendered markup; empty where the browser renders. */
  markup: string;
  /** As web/app/first-data.ts reads it. */
  data: unknown;
};

export function pageDocument({ artefact, title, root, nonce, markup, data }: DocumentParts): string {
  const attributes = Object.entries(root).map(([name, value]) => ` ${name}="${htmlText(value)}"`);
  const preloads = artefact.preloads.map(
    (file) => `<link rel="modulepreload" href="/assets/${htmlText(file)}">`,
  );
  return `<!doctype html>
<html${attributes.join('')}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${htmlText(title)}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">${artefact.styles}</style>
${preloads.join('\n')}
<script type="module" src="/assets/${htmlText(artefact.entry)}"></script>
</head>
<body>
<div id="page">${markup}</div>
<script type="application/json" id="first-data">${jsonText(data)}</script>
</body>
</html>
`;
}
