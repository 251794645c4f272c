// Ends what global-setup.ts started, and waits until it is gone.
import { once } from 'node:events';

export default async function teardown(): Promise<void> {
  const stack = globalThis.zhuanbanStack;
  if (stack?.exitCode !== null) return;
  const exited = once(stack, 'exit');
  stack.disconnect();
  await exited;
}
