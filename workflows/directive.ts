// The office's desk: sends the directive out, starts the task forces' desks, closes, stays until corrections end.
import { turnDesk } from './desk.ts';
import type { DeskInput } from './messages.ts';

export async function directive(input: DeskInput): Promise<void> {
  await turnDesk(input);
}
