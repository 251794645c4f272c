// Promises of the reception of workbooks: one person's uploads are theirs to wait for, a full house is the house's.
import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import type { Request } from 'express';
import { refusalOf } from '../errors.ts';
import { createReception } from './reception.ts';

/** An upload that goes on and on. */
const uploadBy = (person: string): Request =>
  Object.assign(new PassThrough(), {
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    actor: { person },
    complete: false,
  }) as unknown as Request;

it('says to a person with two under way that they ask too much, and to others that all places are taken', async () => {
  const reception = createReception();
  const upload = (person: string): Promise<unknown> =>
    reception.with(uploadBy(person), () => Promise.resolve());
  const answer = async (person: string): Promise<[string, string | undefined]> => {
    const { refusal, headers } = refusalOf(await upload(person).catch((error: unknown) => error));
    return [refusal.code, headers['retry-after']];
  };
  for (let n = 0; n < 5; n += 1) {
    void upload(`p${n}`);
    void upload(`p${n}`);
  }
  expect(await answer('p0')).toEqual(['TOO_MANY_REQUESTS', '5']);
  expect(await answer('p9')).toEqual(['THREADS_FULL', '5']);
});
