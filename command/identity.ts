// What makes two requests the same one: the id of a command and the hash of what was asked.
import { hash } from 'node:crypto';

/** A command's id: who, which Idempotency-Key (or a random one), and its place in a list of commands. */
export const commandId = (actor: string, key: string, index: number): string =>
  hash('sha256', JSON.stringify([actor, key, index]), 'hex');

/** What an event keeps of its command's id: half of it is unique enough, and kept as a number of 16 bytes. */
export const eventCommand = (command: string): string => command.slice(0, 32);

/** The hash of a request as it arrived; `path` with its query. */
export const requestHash = (method: string, path: string, bodyText: string): string =>
  hash('sha256', `${method} ${path}\n${bodyText}`, 'hex');
