// A task force's desk: everything below an item's assignment to one task force.
import { turnDesk } from './desk.ts';
import type { DeskInput } from './messages.ts';

export async function taskForce(input: DeskInput): Promise<void> {
  await turnDesk(input);
}
