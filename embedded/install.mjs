// Installs the packages of package-lock.json where they are missing; Node built-ins only, runs on Node 20 before npm
// ci.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '..');
const OLDEST_NODE = 24;
const INSTALLED = path.join(ROOT, 'node_modules', '.package-lock.json');
const WANTED = path.join(ROOT, 'package-lock.json');

const isCurrent = () => existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(WANTED).mtimeMs;

function fail(chinese, english) {
  process.stderr.write(`${chinese}\n${english}\n`);
  process.exit(1);
}

function install() {
  process.stdout.write('正在安装依赖 · installing what package-lock.json names…\n');
  // Development packages too, also with NODE_ENV=production: the tests and the page need them.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { npm_node_execpath: node, npm_execpath: npm } = process.env;
  const options = { cwd: ROOT, stdio: 'inherit' };
  const { status } =
    node !== undefined && npm !== undefined
      ? spawnSync(node, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (status !== 0)
    fail('依赖安装失败，原因见上。', 'Installing the dependencies failed; the reason is above.');
}

if (!isCurrent()) install();

// npm packages bring Node itself for Linux and Windows; elsewhere the Node that runs this must be new enough.
const bundled = path.join(ROOT, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
if (!existsSync(bundled) && Number(process.versions.node.split('.')[0]) < OLDEST_NODE)
  fail(
    `需要 Node.js ${OLDEST_NODE} 或更新版本，当前为 ${process.versions.node}。`,
    `Node.js ${OLDEST_NODE} or newer is needed here, this is ${process.versions.node}.`,
  );
