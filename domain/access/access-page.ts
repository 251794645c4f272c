// The published table of access (docs/access.md): role × action × relation, in one language, made from the rules themselves.
import type { Language } from '../failure.ts';
import { decideAccess, type AccessRule } from './access-rule.ts';
import { CAST, grantsOfCast, type CastMember } from './cast.ts';
import { GRANTS, type AccessWords, type Grant } from './grant.ts';

export type AccessRow = { call: string; rule: AccessRule };
export type AccessFacet = { call: string; asked: AccessWords; rule: AccessRule };
/** Calls in the order of the contract, and what some ask besides. */
export type AccessPage = { rows: readonly AccessRow[]; facets: readonly AccessFacet[] };

const MEMBERS = Object.keys(CAST) as CastMember[];

const ALLOWED = '✓';

/** ✓, or the status of the refusal. */
export function cellOf(member: CastMember, rule: AccessRule): string {
  const verdict = decideAccess(rule, grantsOfCast(member, rule.of));
  if (verdict.allowed) return ALLOWED;
  switch (verdict.code) {
    case 'UNAUTHENTICATED':
      return '401';
    case 'FORBIDDEN':
      return '403';
    case 'NOT_FOUND':
      return '404';
  }
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(line).join('\n');

/** The page in the other language. */
const otherPage = (language: Language): string =>
  language === 'zh' ? '[access.md](access.md)' : '[access.zh.md](access.zh.md)';
/** Where the rules are. */
const SOURCES =
  '[call-table.ts](../domain/access/call-table.ts), [verb-table.ts](../domain/assignment/verb-table.ts), [access-rule.ts](../domain/access/access-rule.ts), [access-matrix.test.ts](../tests/integration/reading/access-matrix.test.ts)';

const WORDS = {
  title: { zh: '谁可以做什么', en: 'Who may do what' },
  made: {
    zh: '本页由权限表生成，请勿手改。规则、操作表、唯一的判断和逐格试过的测试在：',
    en: 'Made from the table of access; do not edit. The rules, the verbs, the one decision and the test that tries every cell are in:',
  },
  silent: {
    zh: '表中没有写明可以的，一律不可以。401：须登录；403：知道有此事，但不可以；404：连有没有都不告诉。权利跟着岗位走，以当时的岗位为准。',
    en: 'What the table does not allow is denied. 401: sign in first; 403: you know of it and may not; 404: you are not told that it is there. Rights follow the post, as it is at that moment.',
  },
  rules: { zh: '谁可以，为什么', en: 'Who may, and why' },
  call: { zh: '接口', en: 'Call' },
  may: { zh: '可以的人', en: 'May' },
  others: { zh: '其他人', en: 'Others' },
  why: { zh: '理由', en: 'Reason' },
  facets: { zh: '另外还要问的', en: 'What is asked besides' },
  asked: { zh: '要的是', en: 'Asked for' },
  cells: { zh: '逐格', en: 'Every cell' },
  castNote: {
    zh: '各列的人对同一件事的关系：一件由“区办公室”交给“志愿专班”、经街道到社区的交办件，已上报一次；任务是社区的那一项，已请民政局接办，汇总已给审计局看。属于个人的东西是承办单位联络员的。',
    en: 'The columns stand to one and the same thing: a directive that an office gave to a task force and on to a street and its community, handed up once; the assignment is the community’s, which another unit has been asked to take over and whose result is shared with a third. What belongs to a person belongs to the holder.',
  },
} as const satisfies Record<string, AccessWords>;

function othersOf({ may, knows }: AccessRule, language: Language): string {
  if (may.includes('signedIn')) return '401';
  if (knows === undefined) return '403';
  if (knows.length === 0) return '404';
  return `403 (${namesOf(knows, language)}), 404`;
}

const namesOf = (grants: readonly Grant[], language: Language): string =>
  grants.map((grant) => GRANTS[grant][language]).join(language === 'zh' ? '、' : '; ');

const code = (text: string): string => `\`${text}\``;

const ruleCells = (rule: AccessRule, language: Language): string[] => [
  namesOf(rule.may, language),
  rule.may.includes('anybody') ? '' : othersOf(rule, language),
  rule.why[language],
];

export function accessPage({ rows, facets }: AccessPage, language: Language): string {
  const say = (words: AccessWords): string => words[language];
  const ruleHead = [WORDS.may, WORDS.others, WORDS.why].map(say);
  return `${[
    `# ${say(WORDS.title)}`,
    `${say(WORDS.made)} ${SOURCES}. ${otherPage(language)}`,
    say(WORDS.silent),
    `## ${say(WORDS.rules)}`,
    table(
      [say(WORDS.call), ...ruleHead],
      rows.map(({ call, rule }) => [code(call), ...ruleCells(rule, language)]),
    ),
    `## ${say(WORDS.facets)}`,
    table(
      [say(WORDS.call), say(WORDS.asked), ...ruleHead],
      facets.map(({ call, asked, rule }) => [code(call), say(asked), ...ruleCells(rule, language)]),
    ),
    `## ${say(WORDS.cells)}`,
    say(WORDS.castNote),
    table(
      [say(WORDS.call), ...MEMBERS.map((member) => CAST[member][language])],
      [
        ...rows.map(({ call, rule }) => [code(call), ...MEMBERS.map((member) => cellOf(member, rule))]),
        ...facets.map(({ call, asked, rule }) => [
          `${code(call)} ${say(asked)}`,
          ...MEMBERS.map((member) => cellOf(member, rule)),
        ]),
      ],
    ),
  ].join('\n\n')}\n`;
}
