// What Temporal stores is sealed with the first key and opened with any; what was never sealed goes on.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { createPayloadCodec, dataConverterOf } from './payload-codec.ts';

const [old, fresh] = [randomBytes(32), randomBytes(32)];
const payloads = [{ desk: 'd#office' }, 'text', null, [1, 2]].map((value) =>
  defaultPayloadConverter.toPayload(value),
);
const valuesOf = (found: Payload[]): unknown[] =>
  found.map((payload) => defaultPayloadConverter.fromPayload<unknown>(payload));

describe('a payload', () => {
  it('is sealed, each time otherwise, and opened with any of the keys', async () => {
    const sealed = await createPayloadCodec([old]).encode(payloads);
    const again = await createPayloadCodec([old]).encode(payloads);
    for (const [at, { metadata, data }] of sealed.entries()) {
      expect(Buffer.from(metadata?.encoding ?? []).toString()).toBe('binary/encrypted');
      expect(Buffer.from(data ?? []).includes('office')).toBe(false);
      expect(data).not.toEqual(again[at]?.data);
    }
    const opened = await createPayloadCodec([fresh, old]).decode(sealed);
    expect(valuesOf(opened)).toEqual([{ desk: 'd#office' }, 'text', null, [1, 2]]);
  });

  it('from before there was a key is taken as it is', async () => {
    expect(await createPayloadCodec([fresh]).decode(payloads)).toEqual(payloads);
  });

  it('that was changed, or sealed with a key that is not here, does not open', async () => {
    const [sealed] = await createPayloadCodec([old]).encode(payloads);
    await expect(createPayloadCodec([fresh]).decode(sealed ? [sealed] : [])).rejects.toThrow(
      'TEMPORAL_PAYLOAD_KEY',
    );
    const changed = Buffer.from(sealed?.data ?? []);
    changed.writeUInt8(changed.readUInt8(40) ^ 1, 40);
    await expect(createPayloadCodec([old]).decode([{ ...sealed, data: changed }])).rejects.toThrow();
  });

  it('is as it always was without a key', () => {
    expect(dataConverterOf(null)).toEqual({});
  });
});
