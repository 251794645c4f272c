// A real browser for the page's tests: one Chromium, a context a person, and every page watched for what must not happen.
import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { TestApi } from './api.ts';
import { passwordOf } from './page-accounts.ts';

/** Debian's, or any of these on other machines. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export const PHONE = { width: 360, height: 740 };
export const DESKTOP = { width: 1280, height: 800 };

export async function openBrowser(): Promise<Browser> {
  const executablePath = PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) throw new Error(`no browser at any of ${PLACES.join(', ')}`);
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export type Visitor = {
  context: BrowserContext;
  page: Page;
  /** What must not happen: errors of the console, breaches of the policy, requests to other places. */
  faults: string[];
  close: () => Promise<void>;
};

type VisitOptions = {
  /** Signed in as this person; null for a stranger. */
  person: string | null;
  device?: 'phone' | 'desktop';
  /** false: the page without JavaScript. */
  scripts?: boolean;
  language?: 'zh' | 'en';
  text?: 'standard' | 'largest';
  theme?: 'light' | 'dark';
};

/** A tab is closed, or the network cut, in the middle of a request: no fault of the page. */
const HARMLESS =
  /net::ERR_(?:INTERNET_DISCONNECTED|ABORTED|FAILED)|Failed to load resource: the server responded with a status of (?:401|404|409|412|422)/;

function watch(page: Page, origin: string, faults: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' && !HARMLESS.test(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(?:data|blob|about):/.test(url)) faults.push(`elsewhere: ${url}`);
  });
}

/** Opens a context for a person, with their session and their settings. */
export async function visit(browser: Browser, api: TestApi, options: VisitOptions): Promise<Visitor> {
  const {
    person,
    device = 'desktop',
    scripts = true,
    language = 'zh',
    text = 'standard',
    theme = 'light',
  } = options;
  const context = await browser.newContext({
    viewport: device === 'phone' ? PHONE : DESKTOP,
    hasTouch: device === 'phone',
    isMobile: device === 'phone',
    javaScriptEnabled: scripts,
    baseURL: api.url,
    locale: language === 'zh' ? 'zh-CN' : 'en',
    reducedMotion: 'reduce',
  });
  const settings = [language, text, theme, 'standard', '1', '1'].join('.');
  await context.addCookies([{ name: 'zb_page', value: settings, url: api.url }]);
  if (person !== null) await context.addCookies([{ ...(await sessionOf(api, person)), url: api.url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  const faults: string[] = [];
  watch(page, api.url, faults);
  return { context, page, faults, close: () => context.close() };
}

/** The cookie of a session begun by password, as a browser gets it. */
async function sessionOf(api: TestApi, person: string): Promise<{ name: string; value: string }> {
  const { login, password } = await passwordOf(api, person);
  const response = await fetch(`${api.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password, cookie: true }),
  });
  const cookie = /^([^=]+)=([^;]+)/.exec(response.headers.get('set-cookie') ?? '');
  if (cookie?.[1] === undefined || cookie[2] === undefined)
    throw new Error(`${person} could not sign in: ${response.status} ${await response.text()}`);
  return { name: cookie[1], value: cookie[2] };
}
