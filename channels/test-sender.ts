// One message to an endpoint at once, for an administrator who wants to see the receiver's answer.
import { Robot } from '../domain/delivery/channel.ts';
import type { AttemptOutcome } from '../domain/delivery/delivery-attempt.ts';
import type { Endpoint } from '../domain/delivery/endpoint.ts';
import { BRAND, TEST, testMessage } from '../domain/delivery/message.ts';
import type { HttpDeps } from './http.ts';
import { sendToRobot } from './robot.ts';
import { sendToWebhook } from './standard-webhook.ts';

export const createTestSender =
  (deps: HttpDeps & { now(): number }) =>
  (endpoint: Endpoint, uid: string): Promise<AttemptOutcome> => {
    if (endpoint.kind === 'webhook') {
      const timestamp = new Date(deps.now()).toISOString();
      return sendToWebhook(deps, endpoint, uid, { type: TEST, timestamp, data: {} });
    }
    const text = `${BRAND.zh}${testMessage('zh').headline}`;
    return sendToRobot(deps, Robot.parse(endpoint.kind), endpoint, { text, mobiles: [] });
  };
