// A child is kept alive, given up when it cannot live, and ended for good when asked.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startChild } from './child.ts';
import type { Child, ChildOptions } from './child.ts';
import { isRunning } from './process-mark.ts';
import type { ProcessMark } from './process-mark.ts';

type Story = { marks: ProcessMark[]; restarts: string[]; givenUp: string[]; ready: number };
let folder = '';
let child: Child | null = null;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-child-'));
});
afterEach(async () => {
  await child?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function start(script: string, options: Partial<ChildOptions> = {}): Story {
  const story: Story = { marks: [], restarts: [], givenUp: [], ready: 0 };
  child = startChild({
    args: ['-e', script],
    env: {},
    logFile: path.join(folder, 'log'),
    graceMs: 300,
    finalCodes: [78],
    backoffMs: [10],
    onStarted: (mark) => {
      if (mark !== null) story.marks.push(mark);
    },
    onReady: () => (story.ready += 1),
    onRestart: (code) => story.restarts.push(code),
    onGivenUp: (code) => story.givenUp.push(code),
    ...options,
  });
  return story;
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !condition(); tries++) await sleep(20);
  expect(condition()).toBe(true);
}

const ALIVE = `setInterval(() => {}, 1000); process.send({ type: 'ready' });`;

describe('a child', () => {
  it('is started again when it is killed', async () => {
    const story = start(ALIVE);
    await until(() => story.ready === 1);
    process.kill(story.marks[0]?.pid ?? 0, 'SIGKILL');
    await until(() => story.ready === 2);
    expect(story.restarts).toEqual(['SIGKILL']);
  });

  it('is given up after five quick deaths', async () => {
    const story = start('process.exit(3)');
    await until(() => story.givenUp.length === 1);
    expect(story.restarts).toEqual(['3', '3', '3', '3']);
  });

  it('is given up at once with a code that another try cannot change', async () => {
    const story = start(`console.error('PORT must be a port'); process.exit(78)`);
    await until(() => story.givenUp.length === 1);
    expect(story.restarts).toEqual([]);
    expect(readFileSync(path.join(folder, 'log'), 'utf8')).toBe('PORT must be a port\n');
  });

  it('is ended by force when it does not hear', async () => {
    const story = start(`process.on('SIGTERM', () => {}); ${ALIVE}`);
    await until(() => story.ready === 1);
    await child?.stop();
    expect(story.marks.some(isRunning)).toBe(false);
    expect(story.restarts).toEqual([]);
  });
});
