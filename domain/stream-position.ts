// A position in the stream of everything that happens: events before it have been told, events after it are to come.

/*
 * The stream is all events and notifications in one order: by epoch, then by the transaction that wrote them, in it
 * first the events by desk and number, then the notifications by number. A transaction appears as a whole, once no
 * older one can still commit (design.md §2, order of events).
 */

/** Where a transaction stands. `tx` is a 64-bit number as text. */
export type TransactionPosition = { epoch: number; tx: string };

export type Position =
  /** Everything of older transactions has been told, nothing of this one or later. */
  | ({ kind: 'below' } & TransactionPosition)
  | ({ kind: 'event'; desk: string; seq: number } & TransactionPosition)
  | ({ kind: 'notification'; id: number } & TransactionPosition);

/** Negative when `a` is the older one. */
export function compareTransactions(a: TransactionPosition, b: TransactionPosition): number {
  if (a.epoch !== b.epoch) return a.epoch - b.epoch;
  const [left, right] = [BigInt(a.tx), BigInt(b.tx)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** The events to come: all after this key. Those of a transaction whose notifications have begun are all told. */
export function eventsAfter(position: Position): TransactionPosition & { desk: string; seq: number } {
  const { epoch, tx } = position;
  switch (position.kind) {
    case 'below':
      return { epoch, tx, desk: '', seq: -1 };
    case 'event':
      return { epoch, tx, desk: position.desk, seq: position.seq };
    case 'notification':
      return { epoch, tx: String(BigInt(tx) + 1n), desk: '', seq: -1 };
  }
}

/** The notifications to come: all after this key. */
export const notificationsAfter = (position: Position): TransactionPosition & { id: number } => ({
  epoch: position.epoch,
  tx: position.tx,
  id: position.kind === 'notification' ? position.id : 0,
});

/** As it goes over the wire, in `id:` and back in `Last-Event-ID`. */
export function writePosition(position: Position): string {
  const { epoch, tx } = position;
  switch (position.kind) {
    case 'below':
      return `b.${epoch}.${tx}`;
    case 'event':
      return `e.${epoch}.${tx}.${position.seq}.${position.desk}`;
    case 'notification':
      return `n.${epoch}.${tx}.${position.id}`;
  }
}

const POSITION = /^(?:(b)|(e)|(n))\.(\d{1,9})\.(\d{1,18})(?:\.(\d{1,15}))?(?:\.([\w.~-]{1,300}))?$/;

/** Null for anything we never wrote. */
export function readPosition(text: string): Position | null {
  const match = POSITION.exec(text);
  if (match === null) return null;
  const [, below, event, notification, epochText = '', tx = '', number, desk] = match;
  const epoch = Number(epochText);
  if (epoch > 0x7fff_ffff) return null;
  if (below !== undefined)
    return number === undefined && desk === undefined ? { kind: 'below', epoch, tx } : null;
  if (number === undefined) return null;
  if (notification !== undefined) {
    return desk === undefined ? { kind: 'notification', epoch, tx, id: Number(number) } : null;
  }
  if (event === undefined || desk === undefined || Number(number) > 0x7fff_ffff) return null;
  return { kind: 'event', epoch, tx, desk, seq: Number(number) };
}
