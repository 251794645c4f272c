// A signed webhook as Standard Webhooks describe it: an event as the API shows it, under an id that stays.
import { Webhook } from 'standardwebhooks';
import { answerSaid, type AttemptOutcome } from '../domain/delivery/delivery-attempt.ts';
import { secretsOf, type Endpoint } from '../domain/delivery/endpoint.ts';
import { outcomeOfFault, outcomeOfStatus, post, type HttpDeps } from './http.ts';

/** `timestamp` is when the event happened: it is the same at every attempt, as `webhook-id` is. */
export type WebhookBody = { type: string; timestamp: string; data: unknown };

export async function sendToWebhook(
  deps: HttpDeps & { now(): number },
  endpoint: Pick<Endpoint, 'url' | 'secret'>,
  uid: string,
  content: WebhookBody,
): Promise<AttemptOutcome> {
  if (endpoint.secret === null) return { kind: 'refused', said: 'the endpoint has no secret' };
  const body = JSON.stringify(content);
  const at = new Date(deps.now());
  const headers = {
    'webhook-id': uid,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(endpoint.secret).sign(uid, at, body),
  };
  const answer = await post(deps, endpoint.url, { headers, body });
  const outcome: AttemptOutcome =
    'fault' in answer
      ? outcomeOfFault(answer)
      : (outcomeOfStatus(answer) ?? { kind: 'sent', said: `${answer.status} ${answer.text}` });
  return { ...outcome, said: answerSaid(outcome.said, secretsOf(endpoint)) };
}
