// Debian's PgBouncer in transaction mode before a PostgreSQL.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, isListening, LOOPBACK } from '../../../embedded/ports.ts';
import { until } from '../installation.ts';

/** `ignored`: startup parameters it accepts and does not pass on. */
export async function startPgBouncer(
  folder: string,
  databaseUrl: string,
  ignored: string,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort();
  const { hostname, port: behind, pathname, username } = new URL(databaseUrl);
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o755);
  const file = path.join(folder, 'pgbouncer.ini');
  writeFileSync(
    file,
    `
[databases]
${pathname.slice(1)} = host=${hostname} port=${behind} user=${username}
[pgbouncer]
listen_addr = ${LOOPBACK}
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
ignore_startup_parameters = ${ignored}
`,
  );
  // It refuses to run as root.
  const runAs = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const child = spawn('/usr/sbin/pgbouncer', [file], { stdio: 'ignore', ...runAs });
  const ended = once(child, 'exit');
  await until(() => isListening(port), 'PgBouncer listens');
  const url = new URL(databaseUrl);
  url.port = String(port);
  return {
    url: url.href,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
