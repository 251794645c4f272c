// An event of the installation's own log as a link of its chain.
import type { NewSecurityEvent, SecurityEventRow } from '../db/queries/security-event.ts';
import type { Link } from './chain.ts';

/**
 * It has no directive, and the log's own name stands for a desk. The address is hashed with the data: the first events
 * had none, and their hashes stay as they are.
 */
export const securityLink = (event: Omit<NewSecurityEvent, 'hash'>): Link => ({
  directive: '',
  desk: 'installation',
  seq: event.seq,
  assignment: null,
  type: event.type,
  actor: event.actor,
  token: event.token,
  received: event.received,
  at: event.at,
  data: event.address === null ? event.data : { address: event.address, data: event.data },
});

/** The same for an event read back. */
export const readSecurityLink = (row: SecurityEventRow): Link & { hash: string } => ({
  ...securityLink({ ...row, received: row.received.toISOString(), at: row.at.toISOString() }),
  hash: row.hash,
});
