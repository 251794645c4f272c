// `npm start`: the whole installation on one machine, until Ctrl-C.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { configOrExit, readConfig, startedByNpm } from './config.ts';
import { migrate } from './db/migrate.ts';
import { keepFilesToOneself } from './embedded/own-files.ts';
import { createInstallation } from './embedded/installation.ts';
import { oneLine, StartFault } from './embedded/start-fault.ts';

/**
 * The worker keeps workflows in a cache of limited size; more memory than this is a leak, and a restart is better than
 * swapping.
 */
const WORKER_HEAP_MB = 400;
const PARENT_WATCH_MS = 500;

keepFilesToOneself();
const config = configOrExit(readConfig);
const firstPassword = config.adminPassword ?? randomBytes(12).toString('base64url');
const file = (name: string): string => path.join(import.meta.dirname, name);
const QUIET = '--disable-warning=ExperimentalWarning';

const installation = createInstallation({
  config,
  adminPassword: firstPassword,
  migrate,
  programs: {
    api: [QUIET, file('api-processes.ts')],
    worker: [QUIET, `--max-old-space-size=${WORKER_HEAP_MB}`, file('worker.ts')],
  },
  say: (chinese, english) => {
    console.log(`${chinese}\n${english}`);
  },
  onAdminCreated: () => {
    // Printed at once: the account exists from here on, even if this start fails.
    const shown = config.adminPassword === null ? firstPassword : '（ADMIN_PASSWORD）';
    console.log(`管理员 administrator   admin  ${shown}   （仅显示这一次 · shown only this once）`);
  },
  onFailure: (error) => void end(1, error),
});

let code: number | null = null;

/** The first reason decides the exit code; Ctrl-C comes twice under npm. */
async function end(reason: number, error?: unknown): Promise<void> {
  if (code !== null) return;
  code = reason;
  if (error !== undefined) console.error(error instanceof StartFault ? error.message : oneLine(error));
  await installation.stop().catch((fault: unknown) => {
    console.error(oneLine(fault));
    code = 1;
  });
  process.exit(code);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    if (code === null) console.log('正在停止…… · stopping…');
    void end(0);
  });
process.on('uncaughtException', (error) => void end(1, error));

// A kill -9 of npm ends only npm.
const parent = process.ppid;
if (startedByNpm())
  setInterval(() => {
    if (process.ppid !== parent) void end(0);
  }, PARENT_WATCH_MS).unref();

/** In a process of its own: the bundler's memory would stay with this one. */
async function buildPage(): Promise<void> {
  const build = spawn(process.execPath, [QUIET, file('web/build.ts')], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [status] = (await once(build, 'exit')) as [number | null];
  if (status !== 0)
    throw new StartFault('网页未能构建，原因见上', 'The page could not be built; the reason is above');
}

try {
  console.log('专班正在启动…… · Zhuanban is starting…');
  await buildPage();
  const { apiUrl, temporalUiUrl, postgresFolder } = await installation.start();
  const lines = [
    `地址 address            ${apiUrl}/`,
    `接口文档 API            ${apiUrl}/docs`,
    ...(temporalUiUrl === null ? [] : [`Temporal 界面 UI        ${temporalUiUrl}/`]),
    `数据与日志 data, logs   ${config.dataDir}`,
    ...(postgresFolder === null || postgresFolder.startsWith(config.dataDir)
      ? []
      : [`数据库 database         ${postgresFolder}`]),
    '按 Ctrl-C 停止，数据不会丢失 · Ctrl-C stops it and loses nothing',
  ];
  console.log(lines.join('\n'));
} catch (error) {
  await end(1, error);
}
