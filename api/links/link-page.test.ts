// Promises of the page behind a link: it asks in the reader's language, and takes no text for markup.
import { describe, expect, it } from '@jest/globals';
import { askPage, donePage, refusedPage, type LinkMatter } from './link-page.ts';

const MATTER: LinkMatter = {
  title: '志愿者站点 <script>alert("1")</script>',
  number: 'L-1',
  item: "站点 & '点'",
  holder: '一社区',
  dueAt: '2026-11-24T06:00:00.000Z',
  person: '王小明',
  expiresAt: '2026-11-26T06:00:00.000Z',
};

describe('the page of a link', () => {
  it('says what is to be acknowledged, in whose name, until when, with one button', () => {
    const page = askPage(MATTER, 'zh');
    for (const said of ['请签收任务', 'L-1', '一社区', '2026-11-24 14:00', '王小明', '2026-11-26 14:00'])
      expect(page).toContain(said);
    expect(page.match(/<button/g)).toHaveLength(1);
    expect(page).toContain('<form method="post">');
    expect(askPage(MATTER, 'en')).toMatch(/lang="en"[^]*Please acknowledge[^]*works once/);
  });

  it('takes no text for markup, and runs and loads nothing', () => {
    for (const page of [askPage(MATTER, 'zh'), donePage(MATTER, 'en')]) {
      expect(page).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
      expect(page).toContain('站点 &amp; &#39;点&#39;');
      expect(page).not.toMatch(/<script|<img|<link|\bsrc=|\bhref=|\bon\w+=/);
    }
  });

  it('says why it refuses, and nothing of the assignment', () => {
    const page = refusedPage({ code: 'LINK_USED' }, 'r-1', 'zh');
    expect(page).toContain('链接已用过');
    expect(page).toContain('r-1');
    expect(page).toContain('未能签收');
    expect(refusedPage({ code: 'LINK_EXPIRED' }, 'r-1', 'en')).toContain('The link has expired');
  });

  it('does not call it a failure where there is nothing left to acknowledge', () => {
    const page = refusedPage({ code: 'ALREADY_ACKNOWLEDGED' }, 'r-1', 'zh');
    expect(page).toContain('无需签收');
    expect(page).not.toContain('未能签收');
  });
});
