// Files named in fields of a form: the writer's own, seen with the assignment, kept from the sweep, as attachments are.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction } from '../../../db/pool.ts';
import { deleteUnattached } from '../../../db/queries/file.ts';
import { sendOut, type Course } from '../../support/course.ts';
import { district, FORCE, FORM } from '../../support/district.ts';
import { startInstallation, type Installation } from '../../support/installation.ts';
import { fetchAs, uploadAs } from '../../support/upload.ts';

const form = {
  ...FORM,
  fields: [
    ...FORM.fields,
    { key: 'proof', label: '佐证', type: 'file' as const, aggregate: 'collect' as const },
  ],
};

let z: Installation;
let course: Course;
beforeAll(async () => {
  z = await startInstallation({ organisation: district({ streets: 1 }) });
  course = await sendOut(z, 'proofs', { item: { form } });
});
afterAll(() => z.close());

const statusOf = async (person: string, id: string): Promise<number> =>
  (await fetchAs(z.api, person, `/files/${id}`)).status;

describe('a file in a field of a form', () => {
  it('must be there and be the writer’s own, else its place is named', async () => {
    const own = await uploadAs(z.api, 'S1-1', 'own', 'own.txt');
    const foreign = await uploadAs(z.api, 'S1-2', 'foreign', 'foreign.txt');
    expect(await course.told('S1-1', 'submit', { values: { n: 1, proof: [own.id, foreign.id] } })).toBe(
      '422 INVALID values.proof[1]:UNKNOWN_FILE',
    );
    expect(await course.told('S1-1', 'submit', { values: { n: 1, proof: ['none'] } })).toBe(
      '422 INVALID values.proof[0]:UNKNOWN_FILE',
    );
    expect(await course.told('S1-1', 'submit', { values: { n: 1 }, attachments: [foreign.id] })).toBe(
      '422 INVALID attachments[0]:UNKNOWN_FILE',
    );
  });

  it('is seen by whoever sees the assignment, and not swept away', async () => {
    const proof = await uploadAs(z.api, 'S1-1', 'proof', 'proof.txt');
    expect(await statusOf('S1', proof.id)).toBe(404);
    await course.do('S1-1', 'submit', { values: { n: 1, proof: [proof.id] } });
    expect(await statusOf('S1', proof.id)).toBe(200);
    expect(await statusOf(FORCE, proof.id)).toBe(200);
    expect(await statusOf('S1-2', proof.id)).toBe(404);
    // As if a day had passed.
    await inTransaction(z.pool, (tx) => deleteUnattached(tx, 0, 500));
    expect(await statusOf('S1-1', proof.id)).toBe(200);
  });

  it('stays in a later version that somebody else of the unit hands in', async () => {
    const proof = await uploadAs(z.api, 'S1-2', 'proof', 'proof.txt');
    await course.do('S1-2', 'submit', { values: { n: 2, proof: [proof.id] } });
    await course.do('S1-2', 'return', { reason: '核对' });
    await z.pool.query(`update file set by = 'S1-boss' where id = $1`, [proof.id]);
    await course.do('S1-2', 'submit', { values: { n: 3, proof: [proof.id] } });
    expect((await course.see('S1-2')).submission).toMatchObject({
      version: 2,
      values: { proof: [proof.id] },
    });
  });

  it('belongs to the node whose own part names it', async () => {
    const own = await uploadAs(z.api, 'S1', 'own', 'own.txt');
    await course.do('S1', 'submit', { values: { proof: [own.id] } });
    expect(await statusOf(FORCE, own.id)).toBe(200);
    expect(await statusOf('S1-1', own.id)).toBe(404);
  });
});
