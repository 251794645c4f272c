// The id of a command and the hash of a request: by these two requests are the same.
import { hash } from 'node:crypto';

/** A command's id: from its actor, its Idempotency-Key (or a random one), and its place in a list of commands. */
export const commandId = (actor: string, key: string, index: number): string =>
  hash('sha256', JSON.stringify([actor, key, index]), 'hex');

/** The part of its command's id that an event keeps: half is unique enough, and kept as a number of 16 bytes. */
export const eventCommand = (command: string): string => command.slice(0, 32);

/** The hash of a request as it arrived; `path` with its query. */
export const requestHash = (method: string, path: string, bodyText: string): string =>
  hash('sha256', `${method} ${path}\n${bodyText}`, 'hex');
