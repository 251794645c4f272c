// Starts the integration tier's one PostgreSQL and one Temporal, and tells the test files their addresses.
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { StackMessage } from './stack-process.ts';

declare global {
  /** Passed from setup to teardown, which jest runs in the same process. */
  var zhuanbanStack: ChildProcess | undefined;
}

export default async function setup(): Promise<void> {
  // Detached: Ctrl-C in the terminal ends jest, and only then its servers.
  const stack = fork(path.join(import.meta.dirname, 'stack-process.ts'), {
    detached: true,
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  globalThis.zhuanbanStack = stack;
  const exited = once(stack, 'exit').then((): StackMessage => ({ type: 'failed', reason: 'it ended early' }));
  const told = once(stack, 'message').then(([message]) => message as StackMessage);
  const answer = await Promise.race([told, exited]);
  if (answer.type === 'failed') throw new Error(`the test stack cannot start: ${answer.reason}`);
  process.env.ZHUANBAN_TEST_PG = answer.postgresUrl;
  process.env.ZHUANBAN_TEST_TEMPORAL = answer.temporalAddress;
  process.env.ZHUANBAN_TEST_WORKFLOWS = answer.workflowBundle;
}
