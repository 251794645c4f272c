// Promises about signatures and answers, against the documented ways of computing them.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { dingtalk, dingtalkSign } from './dingtalk.ts';
import { feishu, feishuSign } from './feishu.ts';
import { smtpOutcome } from './mail.ts';
import { sendToWebhook } from './standard-webhook.ts';
import { wecom } from './wecom.ts';

const NOW = 1_577_262_236_757;
const MESSAGE = { text: '新任务', mobiles: ['13800000000'] };
const answer = (text: string, status = 200) => ({ status, retryAfterMs: 7_000, text });

describe('DingTalk', () => {
  it('is signed with the secret over time and secret', () => {
    // By the recipe of its documentation, with openssl: printf '%s\n%s' TIME SECRET | openssl dgst -sha256 -hmac SECRET -binary | base64
    expect(dingtalkSign('this is secret', NOW)).toBe('hmPWwU+7lVdm3ZZz0r9tSfx0L4Q26jWOZr9+Gs6EZQM=');
  });

  it('carries time and signature in the address, escaped, beside what was there', () => {
    const endpoint = { url: 'https://oapi.dingtalk.com/robot/send?access_token=t', secret: 'this is secret' };
    const { url, body } = dingtalk.request(endpoint, MESSAGE, NOW);
    const { searchParams } = new URL(url);
    expect(Object.fromEntries(searchParams)).toEqual({
      access_token: 't',
      timestamp: String(NOW),
      sign: dingtalkSign('this is secret', NOW),
    });
    expect(url).not.toMatch(/sign=[^&]*[+/]/);
    expect(body).toEqual({
      msgtype: 'text',
      text: { content: '新任务' },
      at: { atMobiles: ['13800000000'], isAtAll: false },
    });
  });

  it('signs nothing where the robot asks for a keyword instead', () => {
    const url = 'https://oapi.dingtalk.com/robot/send?access_token=t';
    expect(dingtalk.request({ url, secret: null }, MESSAGE, NOW).url).toBe(url);
  });
});

describe('Feishu', () => {
  it('is signed over nothing with time and secret as the key', () => {
    // printf '' | openssl dgst -sha256 -hmac "$(printf '%s\n%s' TIME SECRET)" -binary | base64
    expect(feishuSign('this is secret', 1_599_360_473)).toBe('/eYKrXQBzTjUZJ3s6NX16VxGbTwmK7AEs8/FnvC1CSw=');
    expect(feishuSign('demo', 100)).toBe(createHmac('sha256', '100\ndemo').update('').digest('base64'));
  });

  it('carries both in the body, time in seconds', () => {
    const { body } = feishu.request({ url: 'https://x.example', secret: 'demo' }, MESSAGE, 100_999);
    expect(body).toEqual({
      timestamp: '100',
      sign: feishuSign('demo', 100),
      msg_type: 'text',
      content: { text: '新任务' },
    });
  });
});

describe('WeCom', () => {
  it('is sent as it is, with the numbers to mention', () => {
    const url = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k';
    expect(wecom.request({ url, secret: null }, MESSAGE, NOW)).toEqual({
      url,
      body: { msgtype: 'text', text: { content: '新任务', mentioned_mobile_list: ['13800000000'] } },
    });
  });
});

describe('an answer', () => {
  it.each([
    [dingtalk, '{"errcode":0,"errmsg":"ok"}', 'sent'],
    [dingtalk, '{"errcode":310000,"errmsg":"sign not match"}', 'refused'],
    [dingtalk, '{"errcode":130101,"errmsg":"send too fast"}', 'busy'],
    [dingtalk, '{"errcode":-1,"errmsg":"system busy"}', 'failed'],
    [wecom, '{"errcode":0,"errmsg":"ok"}', 'sent'],
    [wecom, '{"errcode":45009,"errmsg":"api freq out of limit"}', 'busy'],
    [wecom, '{"errcode":93000,"errmsg":"invalid webhook url"}', 'refused'],
    [feishu, '{"code":0,"msg":"success","data":{}}', 'sent'],
    [feishu, '{"code":19021,"msg":"sign match fail"}', 'refused'],
    [feishu, '{"code":11232,"msg":"frequency limited"}', 'busy'],
    [feishu, '{"code":9499,"msg":"too many request"}', 'failed'],
    [feishu, '<html>gateway</html>', 'failed'],
    [wecom, '{"errcode":"0"}', 'failed'],
    [dingtalk, '', 'failed'],
    [dingtalk, 'null', 'failed'],
  ])('%#: %s means %s', (robot, text, kind) => {
    expect(robot.outcome(answer(text)).kind).toBe(kind);
  });

  it.each([
    [302, 'refused'],
    [400, 'refused'],
    [408, 'failed'],
    [429, 'busy'],
    [500, 'failed'],
    [503, 'failed'],
  ])('of status %d is %s', (status, kind) => {
    expect(wecom.outcome(answer('{"errcode":0}', status)).kind).toBe(kind);
  });

  it.each([
    [{ responseCode: 550, code: 'EENVELOPE', response: '550 no such user' }, 'refused'],
    [{ responseCode: 452, response: '452 mailbox full' }, 'failed'],
    [{ responseCode: 535, code: 'EAUTH', response: '535 bad login' }, 'failed'],
    [{ code: 'ECONNECTION', message: 'connect ECONNREFUSED' }, 'failed'],
    [new Error('anything'), 'failed'],
  ])('of an SMTP server %# is %s', (error, kind) => {
    expect(smtpOutcome(error).kind).toBe(kind);
  });
});

describe('a webhook', () => {
  const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
  const content = { type: 'issued', timestamp: '2026-11-27T02:00:00.000Z', data: { id: 'd#1' } };

  it('is verified by the library a receiver would use', async () => {
    let received: { headers: Record<string, string>; body: string } | undefined;
    const deps = {
      timeoutMs: 1_000,
      now: () => Date.now(),
      fetch: ((_url: string, init: RequestInit) => {
        received = { headers: init.headers as Record<string, string>, body: init.body as string };
        return Promise.resolve(new Response(null, { status: 204 }));
      }) as typeof fetch,
    };
    const outcome = await sendToWebhook(deps, { url: 'https://x.example/in', secret }, 'uid-1', content);
    expect(outcome.kind).toBe('sent');
    expect(received?.headers['webhook-id']).toBe('uid-1');
    expect(new Webhook(secret).verify(received?.body ?? '', received?.headers ?? {})).toEqual(content);
  });

  it('tells a fault without the address it was sent to', async () => {
    const url = 'https://x.example/hooks/0123456789abcdef';
    const fetchIt = (() =>
      Promise.reject(
        new TypeError(`fetch failed for ${url}`, { cause: { code: 'ECONNREFUSED' } }),
      )) as typeof fetch;
    const outcome = await sendToWebhook(
      { fetch: fetchIt, timeoutMs: 1, now: () => 0 },
      { url, secret },
      'u',
      content,
    );
    expect(outcome).toEqual({ kind: 'failed', said: 'no connection: ECONNREFUSED' });
  });
});
