// The page behind a one-time link: one button for its action, or the reason why not; no script, nothing from elsewhere.
import { htmlText } from '../../domain/html-text.ts';
import { wordsOf, type Language, type Refusal } from '../../domain/failure.ts';
import { whenText } from '../../domain/instant.ts';

/** The assignment a person who follows a link is asked to acknowledge. Instants are ISO. */
export type LinkMatter = {
  title: string;
  number: string;
  item: string;
  holder: string;
  dueAt: string;
  /** The acknowledgement is recorded in the name of `person`; the link may be used until `expiresAt`. */
  person: string;
  expiresAt: string;
};

type Words = Readonly<Record<Language, string>>;
const WORDS = {
  head: { zh: '请签收任务', en: 'Please acknowledge' },
  title: { zh: '交办件', en: 'Directive' },
  number: { zh: '文号', en: 'Number' },
  item: { zh: '事项', en: 'Item' },
  holder: { zh: '承办单位', en: 'Unit' },
  due: { zh: '时限', en: 'Due (UTC+8)' },
  button: { zh: '签收', en: 'Acknowledge' },
  done: { zh: '已签收', en: 'Acknowledged' },
  doneNote: { zh: '可以关闭本页。报送请登录系统办理。', en: 'You may close this page. Sign in to report.' },
  needless: { zh: '无需签收', en: 'Nothing to acknowledge' },
  refused: { zh: '未能签收', en: 'Not acknowledged' },
} as const satisfies Record<string, Words>;

/** Tells the name it is recorded in, and that the link works once. */
const noteOf = ({ person, expiresAt }: LinkMatter, language: Language): string => {
  const until = whenText(expiresAt) ?? expiresAt;
  return language === 'zh'
    ? `将以${person}的名义记录为“经链接签收”。链接只能使用一次，${until} 前有效。`
    : `It will be recorded in the name of ${person}, as acknowledged by link. The link works once, until ${until}.`;
};

/** Its digest is in the policy of the page (api/security-headers.ts). */
export const LINK_STYLE = `
  body { margin: 0; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; background: #f4f5f7; color: #1f2329 }
  main { max-width: 32rem; margin: 8vh auto; padding: 1.5rem; background: #fff; border-radius: 8px }
  h1 { margin: 0 0 1rem; font-size: 1.4rem }
  dl { margin: 0 0 1.5rem; display: grid; grid-template-columns: max-content 1fr; gap: .4rem 1rem }
  dt { color: #646a73 }
  dd { margin: 0; overflow-wrap: anywhere }
  button { width: 100%; padding: .8rem; border: 0; border-radius: 6px; background: #1456c4; color: #fff; font: inherit }
  p { margin: 1rem 0 0; color: #646a73 }`;

function page(language: Language, title: string, content: string): string {
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${htmlText(title)}</title>
<style>${LINK_STYLE}</style>
</head>
<body>
<main>
<h1>${htmlText(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

function factsOf(matter: LinkMatter, language: Language): string {
  const lines: [Words, string][] = [
    [WORDS.title, matter.title],
    [WORDS.number, matter.number],
    [WORDS.item, matter.item],
    [WORDS.holder, matter.holder],
    [WORDS.due, whenText(matter.dueAt) ?? matter.dueAt],
  ];
  const rows = lines.map(([label, text]) => `<dt>${label[language]}</dt><dd>${htmlText(text)}</dd>`);
  return `<dl>\n${rows.join('\n')}\n</dl>`;
}

/** One button; it posts to the address of the page itself. */
export const askPage = (matter: LinkMatter, language: Language): string =>
  page(
    language,
    WORDS.head[language],
    `${factsOf(matter, language)}
<form method="post"><button type="submit">${WORDS.button[language]}</button></form>
<p>${htmlText(noteOf(matter, language))}</p>`,
  );

export const donePage = (matter: LinkMatter, language: Language): string =>
  page(
    language,
    WORDS.done[language],
    `${factsOf(matter, language)}\n<p>${htmlText(WORDS.doneNote[language])}</p>`,
  );

/** Not a failure to the reader: there is nothing left to do. */
const NEEDLESS: ReadonlySet<string> = new Set(['ALREADY_ACKNOWLEDGED', 'ALREADY_SETTLED']);

/** Says nothing of the assignment: a void link may be followed by a stranger. */
export const refusedPage = (refusal: Refusal, requestId: string, language: Language): string =>
  page(
    language,
    (NEEDLESS.has(refusal.code) ? WORDS.needless : WORDS.refused)[language],
    `<p>${htmlText(wordsOf(refusal, language))}</p>\n<p><small>${htmlText(requestId)}</small></p>`,
  );
