// WeCom's group robot 企业微信群机器人: its key is part of the address, nothing is signed, answers {"errcode": 0}.
import type { RobotAdapter } from './robot-adapter.ts';
import { errcodeOutcome } from './robot-answer.ts';

/** "api freq out of limit": 20 messages a minute. */
const TOO_FAST: ReadonlySet<number> = new Set([45009]);

export const wecom: RobotAdapter = {
  request: ({ url }, { text, mobiles }) => ({
    url,
    body: { msgtype: 'text', text: { content: text, mentioned_mobile_list: mobiles } },
  }),
  outcome: (answer) => errcodeOutcome(answer, 'errcode', { tooFast: TOO_FAST, busyMs: 60_000 }),
};
