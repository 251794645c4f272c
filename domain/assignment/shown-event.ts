// An event as readers outside see it, in lists and in webhooks alike; `<desk>#<seq>` names it.
import { maskedEvent, type FormOfItem } from '../merge/masked-record.ts';

/** A row of the log, as far as it is shown. */
type Logged = {
  desk: string;
  seq: number;
  assignment: string | null;
  type: string;
  actor: string | null;
  token: string | null;
  received: Date;
  at: Date;
  data: unknown;
  hash: string;
};

export type ShownEvent = Omit<Logged, 'desk' | 'received' | 'at'> & {
  id: string;
  received: string;
  at: string;
};

/** Figures in it are masked for every reader: an event is read by more people than the report was written for. */
export const shownEvent = (event: Logged, formOf: FormOfItem): ShownEvent => ({
  id: `${event.desk}#${event.seq}`,
  seq: event.seq,
  at: event.at.toISOString(),
  received: event.received.toISOString(),
  type: event.type,
  assignment: event.assignment,
  actor: event.actor,
  token: event.token,
  data: maskedEvent(formOf, event).data,
  hash: event.hash,
});
