// A unit's desk: a branch, or a section of siblings, that did not fit into the desk above.
import { turnDesk } from './desk.ts';
import type { DeskInput } from './messages.ts';

export async function unit(input: DeskInput): Promise<void> {
  await turnDesk(input);
}
