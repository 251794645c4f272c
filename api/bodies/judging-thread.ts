// Runs in a thread of its own: parses a large body and judges it by the schema of its call.
import { CALLS } from '../../contract/calls.ts';
import { serveTasks } from '../../ooxml/threads/serve-tasks.ts';
import { judgeText, type JudgedBody } from '../../contract/judged-body.ts';

/** `call`: its method and path. */
export type JudgingTask = { call: string; bytes: Uint8Array<ArrayBuffer> };

const schemas = new Map(CALLS.map(({ method, path, body }) => [`${method} ${path}`, body]));

serveTasks(({ call, bytes }: JudgingTask): JudgedBody => {
  const schema = schemas.get(call);
  if (schema === undefined) throw new Error(`no body in the contract: ${call}`);
  return judgeText(schema, new TextDecoder().decode(bytes));
});
