// One message to a group's robot of any of the three kinds.
import type { Robot } from '../domain/delivery/channel.ts';
import { answerSaid, type AttemptOutcome } from '../domain/delivery/delivery-attempt.ts';
import { secretsOf, type Endpoint } from '../domain/delivery/endpoint.ts';
import { dingtalk } from './dingtalk.ts';
import { feishu } from './feishu.ts';
import { outcomeOfFault, post, type HttpDeps } from './http.ts';
import type { RobotAdapter, RobotMessage } from './robot-adapter.ts';
import { wecom } from './wecom.ts';

const ROBOTS: Readonly<Record<Robot, RobotAdapter>> = { dingtalk, wecom, feishu };

export async function sendToRobot(
  deps: HttpDeps & { now(): number },
  kind: Robot,
  endpoint: Pick<Endpoint, 'url' | 'secret'>,
  message: RobotMessage,
): Promise<AttemptOutcome> {
  const robot = ROBOTS[kind];
  const { url, body } = robot.request(endpoint, message, deps.now());
  const answer = await post(deps, url, { headers: {}, body: JSON.stringify(body) });
  const outcome: AttemptOutcome = 'fault' in answer ? outcomeOfFault(answer) : robot.outcome(answer);
  return { ...outcome, said: answerSaid(outcome.said, secretsOf(endpoint)) };
}
