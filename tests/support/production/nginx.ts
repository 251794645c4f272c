// Debian's nginx before API processes, set up as docs/operators says.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort, isListening, LOOPBACK } from '../../../embedded/ports.ts';
import { until } from '../installation.ts';

export type Proxy = { url: string; stop: () => Promise<void> };

export async function startNginx(folder: string, ports: readonly number[]): Promise<Proxy> {
  const port = await freePort();
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `
daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 1024; }
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
  upstream zhuanban {
    ${ports.map((each) => `server ${LOOPBACK}:${each} max_fails=1 fail_timeout=1s;`).join('\n    ')}
    keepalive 32;
  }
  server {
    listen ${LOOPBACK}:${port};
    client_max_body_size 50m;
    location / {
      proxy_pass http://zhuanban;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_next_upstream error timeout non_idempotent;
    }
  }
}
`,
  );
  const child = spawn('/usr/sbin/nginx', ['-c', file, '-p', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  await until(() => isListening(port), 'nginx listens');
  return {
    url: `http://${LOOPBACK}:${port}`,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
