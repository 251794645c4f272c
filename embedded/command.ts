// Runs one outside program to its end and returns its output.
import { spawn } from 'node:child_process';

/** An operating-system user to run as; undefined is the present one. */
export type RunAs = { uid: number; gid: number } | undefined;
export type CommandOptions = {
  runAs?: RunAs;
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  signal?: AbortSignal | undefined;
};
export type CommandResult = { code: number; output: string };

/** On a busy machine some output may still be in the pipe when the program has ended. */
const LAST_WORDS_MS = 500;

/** Never rejects for the program's own failure: code -1 means that it could not be run or was ended by a signal. */
export async function runCommand(
  program: string,
  args: readonly string[],
  { runAs, cwd, env, signal }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...runAs,
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
      ...(signal === undefined ? {} : { signal }),
    });
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => {
      resolve({ code: -1, output: `${output}${error.message}` });
    });
    const end = (code: number | null): void => {
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code: code ?? -1, output });
    };
    // All its output has been read.
    child.once('close', end);
    // A daemon the program leaves behind may hold the pipes open for ever: after this time the output read so far is
    // taken as all.
    child.once('exit', (code) => {
      setTimeout(end, LAST_WORDS_MS, code);
    });
  });
}
