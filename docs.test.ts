// The documentation names only existing things: files, links, npm scripts, variables and calls.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { fileVariable, SECRETS } from './secret-files.ts';

const ROOT = import.meta.dirname;
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'bench/README.md',
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name.replaceAll('\\', '/')}`),
];
const FOLDERS = new Set(
  readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => name),
);
const SCRIPTS = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json'))).scripts;
const PATHS = z
  .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
  .parse(JSON.parse(read('api/openapi.json'))).paths;

const FENCE = /^ *```.*?^ *```$/gms;
const SOURCE = /\w\.(ts|mjs|js|md|sql|yml|svg)$/;

const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');
/** Words in backticks; code blocks are left out, since they are not about this repository only. */
const inBackticks = (text: string): string[] => all(text.replace(FENCE, ''), /`([^`\n]+)`/g);

/** Does a word in backticks name a file of this repository? */
const namesFile = (word: string): boolean =>
  /^[\w.-]+(\/[\w.-]+)*\/?$/.test(word) &&
  (SOURCE.test(word) || (word.includes('/') && FOLDERS.has(word.split('/', 1)[0] ?? '')));

/** A heading in the form a link uses. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');
const anchorsOf = (file: string): string[] => all(read(file), /^#+ (.+)$/gm).map(anchorOf);

/** A link within the repository that leads nowhere. */
function isBroken(page: string, link: string): boolean {
  if (/^[a-z]+:/.test(link)) return false;
  const [target = '', anchor] = link.split('#');
  const file = target === '' ? page : path.posix.join(path.posix.dirname(page), target);
  if (!existsSync(path.join(ROOT, file))) return true;
  return anchor !== undefined && !anchorsOf(file).includes(anchor);
}

const isCall = (method: string, route: string): boolean => {
  const wanted = [route, `/api/v1${route}`];
  return Object.entries(PATHS).some(
    ([known, operations]) =>
      method in operations &&
      wanted.some((path) => path.replaceAll(/\{\w+\}/g, '{}') === known.replaceAll(/\{\w+\}/g, '{}')),
  );
};

describe.each(PAGES)('%s', (page) => {
  const text = read(page);

  it('links to what is there', () => {
    const links = all(text.replace(FENCE, ''), /\]\(([^)\s]+)\)/g);
    expect(links.filter((link) => isBroken(page, link))).toEqual([]);
  });

  it('names files that are there', () => {
    const missing = inBackticks(text)
      .filter(namesFile)
      .filter((word) => ['.', path.dirname(page)].every((from) => !existsSync(path.join(ROOT, from, word))));
    expect(missing).toEqual([]);
  });

  it('names npm scripts that are there', () => {
    const named = all(text, /\bnpm run (?:--silent )?([\w:-]+)/g);
    expect(named.filter((name) => !(name in SCRIPTS))).toEqual([]);
  });

  it('names calls that are in the contract', () => {
    const calls = inBackticks(text).flatMap((word) => {
      const [, method, route] = /^(GET|POST|PUT|PATCH|DELETE) (\/[^?\s]*)/.exec(word) ?? [];
      return method === undefined || route === undefined ? [] : [{ method: method.toLowerCase(), route }];
    });
    expect(calls.filter(({ method, route }) => !isCall(method, route))).toEqual([]);
  });
});

describe.each(['docs/operators.md', 'docs/operators.zh.md'])('%s', (page) => {
  it('names every variable of the environment, and no other', () => {
    const known = [
      ...all(read('config.ts').split('\n});', 1)[0] ?? '', /^ {2}([A-Z][A-Z_]+):/gm),
      ...SECRETS.map(fileVariable),
    ];
    const named = all(read(page), /^\| (`[A-Z][^|]+)\|/gm).flatMap((cell) => all(cell, /`([A-Z_]+)`/g));
    expect(named.sort()).toEqual(known.sort());
  });
});

const PAIRS = PAGES.filter((page) => PAGES.includes(page.replace(/\.md$/, '.zh.md')));

describe.each(PAIRS)('%s and its Chinese page', (page) => {
  it('have the same sections', () => {
    const levels = (file: string): string[] => all(read(file).replace(FENCE, ''), /^(#+) /gm);
    expect(levels(page.replace(/\.md$/, '.zh.md'))).toEqual(levels(page));
  });
});

describe('README.md', () => {
  it('shows a picture that names what it shows', () => {
    expect(read('docs/images/tree.svg')).toMatch(/<title id="title">.+<\/title>/);
  });
});
