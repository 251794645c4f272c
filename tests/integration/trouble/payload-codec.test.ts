// What Temporal stores of a directive's whole life: ids and counts, and with a key not even these.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { EVERYBODY, handOut, outcome, report, SMALL } from '../../support/play.ts';

const PROTO_BYTES = 'base64';
const NOTE_OF_LOCAL_ACTIVITY = [
  'activity_id',
  'activity_type',
  'attempt',
  'backoff',
  'complete_time',
  'original_schedule_time',
  'seq',
];

/** All payloads of all histories in the namespace, as Temporal keeps them, with their encodings. */
async function storedPayloads({ client }: Installation): Promise<{ encoding: string; text: string }[]> {
  const found: { encoding: string; text: string }[] = [];
  const bytesOf = (value: unknown): Buffer =>
    value instanceof Uint8Array
      ? Buffer.from(value)
      : Buffer.from(typeof value === 'string' ? value : '', PROTO_BYTES);
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
    const { metadata, data } = value as { metadata?: { encoding?: unknown }; data?: unknown };
    if (metadata?.encoding !== undefined && metadata.encoding !== null)
      found.push({ encoding: bytesOf(metadata.encoding).toString(), text: bytesOf(data).toString('utf8') });
    // Search attributes are Temporal's own, to be searched by.
    for (const [name, each] of Object.entries(value)) if (name !== 'searchAttributes') look(each);
  };
  for await (const { workflowId, runId } of client.workflow.list()) {
    const { history } = await client.workflowService.getWorkflowExecutionHistory({
      namespace: client.options.namespace,
      execution: { workflowId, runId },
    });
    look(history);
  }
  return found;
}

async function playedWith(payloadKeys: readonly Buffer[] | undefined) {
  const z = await startInstallation({
    organisation: SMALL.organisation,
    ...(payloadKeys === undefined ? {} : { payloadKeys }),
  });
  try {
    const p = z.as(EVERYBODY);
    await handOut(p, 'd');
    await z.until(async () => (await outcome(p, 'd')).phase === 'open', 'it is open');
    for (const leaf of SMALL.leavesOf('d')) expect((await report(p, leaf)).status).toBe(200);
    await z.until(async () => (await outcome(p, 'd')).phase === 'closed', 'it is closed');
    return await storedPayloads(z);
  } finally {
    await z.close();
  }
}

describe('what Temporal stores', () => {
  it('are ids and counts, no text of a directive and no figure of a report', async () => {
    const payloads = await playedWith(undefined);
    expect(payloads.length).toBeGreaterThan(5);
    const words = payloads
      .flatMap(({ encoding, text }) => (encoding === 'binary/null' ? [] : [text]))
      .join('\n');
    expect(words).toContain('"d');
    // Chinese is in names, titles and reports alone; values of fields would have names of fields.
    expect(words).not.toMatch(/[\u4e00-\u9fff]/);
    expect(words).not.toMatch(/"(values|title|content|contact|note|reason|name)"/);
  });

  it('is all sealed with a key, and the directive goes its way to the end', async () => {
    const payloads = await playedWith([randomBytes(32)]);
    expect(payloads.length).toBeGreaterThan(5);
    const plain = payloads.filter(({ encoding }) => encoding !== 'binary/encrypted');
    // The SDK's own note of a local activity: its name, its number, times.
    for (const { text } of plain)
      expect(Object.keys(JSON.parse(text) as object).toSorted()).toEqual(NOTE_OF_LOCAL_ACTIVITY);
    expect(payloads.map(({ text }) => text).join('\n')).not.toContain('"d');
  });
});
