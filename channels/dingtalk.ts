// DingTalk's group robot 钉钉自定义机器人: signed by query parameters, answers {"errcode": 0}.
import { createHmac } from 'node:crypto';
import type { RobotAdapter } from './robot-adapter.ts';
import { errcodeOutcome } from './robot-answer.ts';

/** Base64 of HMAC-SHA256 over timestamp (ms), line feed and secret, with the secret as its key. */
export const dingtalkSign = (secret: string, timestampMs: number): string =>
  createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64');

/** Too many within a minute: the robot then takes none for ten. */
const TOO_FAST: ReadonlySet<number> = new Set([130101, 410100]);

export const dingtalk: RobotAdapter = {
  request({ url, secret }, { text, mobiles }, nowMs) {
    const address = new URL(url);
    if (secret !== null) {
      address.searchParams.set('timestamp', String(nowMs));
      address.searchParams.set('sign', dingtalkSign(secret, nowMs));
    }
    return {
      url: address.href,
      body: { msgtype: 'text', text: { content: text }, at: { atMobiles: mobiles, isAtAll: false } },
    };
  },
  outcome: (answer) => errcodeOutcome(answer, 'errcode', { tooFast: TOO_FAST, busyMs: 600_000 }),
};
