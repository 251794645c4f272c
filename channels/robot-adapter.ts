// The differences between kinds of robots: how a message is written and signed, and what an answer means.
import type { AttemptOutcome } from '../domain/delivery/delivery-attempt.ts';
import type { Endpoint } from '../domain/delivery/endpoint.ts';
import type { HttpAnswer } from './http.ts';

/** `mobiles` are those of the people to mention, where the robot can. */
export type RobotMessage = { text: string; mobiles: readonly string[] };

export type RobotAdapter = {
  request(
    endpoint: Pick<Endpoint, 'url' | 'secret'>,
    message: RobotMessage,
    nowMs: number,
  ): { url: string; body: unknown };
  outcome(answer: HttpAnswer): AttemptOutcome;
};
