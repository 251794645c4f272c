// The built page for tests: built where its sources have changed, and opened once a process.
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { openPageArtefact, type PageArtefact } from '../../api/page-artefact.ts';

const WEB = path.join(import.meta.dirname, '../../web');

let opened: Promise<PageArtefact> | null = null;

export function builtPage(): Promise<PageArtefact> {
  opened ??= (async () => {
    // In a process of its own: the bundler takes no objects of jest's other world.
    const program = ['--disable-warning=ExperimentalWarning', path.join(WEB, 'build.ts')];
    await promisify(execFile)(process.execPath, program, {
      env: { ...process.env, NODE_ENV: 'production' },
    });
    const artefact = await openPageArtefact(path.join(WEB, 'dist'));
    if (artefact === null) throw new Error('the page was built and is not there');
    return artefact;
  })();
  return opened;
}
