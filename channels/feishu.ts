// Feishu's group robot 飞书自定义机器人: signed within the body, answers {"code": 0}.
import { createHmac } from 'node:crypto';
import type { RobotAdapter } from './robot-adapter.ts';
import { errcodeOutcome } from './robot-answer.ts';

/**
 * Base64 of HMAC-SHA256 over nothing, with timestamp (s), line feed and secret as its key: the reverse of the usual
 * way.
 */
export const feishuSign = (secret: string, timestampSeconds: number): string =>
  createHmac('sha256', `${timestampSeconds}\n${secret}`).digest('base64');

/** "frequency limited". */
const TOO_FAST: ReadonlySet<number> = new Set([11232]);
/** Means both "too many request" and "bad request": another try tells which. */
const UNCLEAR: ReadonlySet<number> = new Set([9499]);

export const feishu: RobotAdapter = {
  // Feishu mentions people only by its own ids, which we do not have: the text names them.
  request({ url, secret }, { text }, nowMs) {
    const timestamp = Math.floor(nowMs / 1000);
    const signed =
      secret === null ? {} : { timestamp: String(timestamp), sign: feishuSign(secret, timestamp) };
    return { url, body: { ...signed, msg_type: 'text', content: { text } } };
  },
  outcome: (answer) =>
    errcodeOutcome(answer, 'code', { tooFast: TOO_FAST, busyMs: 60_000, mayPass: UNCLEAR }),
};
