// An event as readers outside see it, in lists and in webhooks alike; `<desk>#<seq>` names it.

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

export const shownEvent = (event: Logged): ShownEvent => ({
  id: `${event.desk}#${event.seq}`,
  seq: event.seq,
  at: event.at.toISOString(),
  received: event.received.toISOString(),
  type: event.type,
  assignment: event.assignment,
  actor: event.actor,
  token: event.token,
  data: event.data,
  hash: event.hash,
});
