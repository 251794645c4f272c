// The door under tracing: each command is a span, and its nudges are spans under it.
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context } from '@opentelemetry/api';
import type { CommandDoor } from '../batch.ts';
import type { Posted } from '../judge.ts';
import { tracer } from './span.ts';

type Nudge = (desks: readonly string[]) => void;

export type DoorTracing = {
  /** The same door. */
  around(door: CommandDoor): CommandDoor;
  /** The door calls this one: a batch carries many requests, and its transaction runs under any of them. */
  nudges(nudge: Nudge): Nudge;
};

export function traceDoor(): DoorTracing {
  /** The command under way, by desk; of several the last. */
  const underWay = new Map<string, Context>();

  return {
    around: (door) => ({
      drain: () => door.drain(),
      load: () => door.load(),
      async submit(posted: Posted) {
        const span = tracer.startSpan(`command ${posted.command.verb}`, {
          kind: SpanKind.INTERNAL,
          attributes: {
            'zhuanban.command': posted.id,
            'zhuanban.request_id': posted.requestId,
            'zhuanban.assignment': posted.assignment,
            'zhuanban.desk': posted.desk,
          },
        });
        const own = trace.setSpan(context.active(), span);
        underWay.set(posted.desk, own);
        const outcome = await door.submit(posted);
        // Its nudges have gone out by now: the door nudges in the same turn in which it answers the command.
        if (underWay.get(posted.desk) === own) underWay.delete(posted.desk);
        const code = outcome.is === 'refused' ? outcome.refusal.code : undefined;
        if (code !== undefined) span.setAttribute('zhuanban.refused', code);
        if (code === 'INTERNAL') span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
        return outcome;
      },
    }),
    nudges: (nudge) => (desks) => {
      const known = desks.flatMap((desk) => underWay.get(desk) ?? []);
      const ofAll = known[0] ?? ROOT_CONTEXT;
      const byContext = Map.groupBy(desks, (desk) => underWay.get(desk) ?? ofAll);
      for (const [own, nudged] of byContext) context.with(own, nudge, undefined, nudged);
    },
  };
}
