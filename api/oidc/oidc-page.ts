// Why a sign-in with the provider did not succeed, as a page: a person comes back to it in a browser.
import { htmlText } from '../../domain/html-text.ts';
import type { Language } from '../../domain/failure.ts';

const WORDS = {
  head: { zh: '未能登录', en: 'Not signed in' },
  again: { zh: '重新登录', en: 'Sign in again' },
} as const;

/** No style and no script: it stands under the strictest policy of content. */
export const oidcRefusedPage = (why: string, language: Language, again: string): string => `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${WORDS.head[language]}</title>
<h1>${WORDS.head[language]}</h1>
<p>${htmlText(why)}</p>
<p><a href="${htmlText(again)}">${WORDS.again[language]}</a></p>
</html>
`;
