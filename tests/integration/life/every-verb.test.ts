// Every command there is: the same key gives the same answer and does nothing twice, another body is refused, a list takes all.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { VERBS, type Verb } from '../../../domain/assignment/command.ts';
import { sendOut } from '../../support/course.ts';
import { district } from '../../support/district.ts';
import { SIZE, steps, TERMS, type Body } from '../../support/every-verb.ts';
import { startInstallation, type Installation, type Reply } from '../../support/installation.ts';
import { faultsOfRecord } from '../../support/record-check.ts';
import { verdictOf, verdictsOf } from '../../support/verdict-words.ts';

describe.each([2000, 5])('every verb with desks of %i', (deskLimit) => {
  let z: Installation;
  beforeAll(async () => {
    z = await startInstallation({ deskLimit, organisation: district(SIZE) });
  });
  afterAll(() => z.close());

  /** Commands in the log: what the clockwork does after them is none. */
  const commandsOf = async (directive: string): Promise<number> => {
    const { rows } = await z.pool.query<{ count: number }>(
      'select count(*)::int as count from event where directive = $1 and command_id is not null',
      [directive],
    );
    return rows[0]?.count ?? 0;
  };

  it('is done once under one key, answered alike again, and refused with another body', async () => {
    const course = await sendOut(z, 'keys', TERMS);
    const odd: string[] = [];
    for (const verb of VERBS) {
      const { unit, person, body, before } = steps()[verb];
      await before?.(course);
      const path = `/assignments/${course.at(unit)}/${verb}`;
      const key = { 'idempotency-key': verb };
      const { version } = await course.see(unit);
      const late = await z.as(person).post(path, body, { 'if-match': `"${version + 1}"` });
      if (verdictOf(late) !== '412 PRECONDITION_FAILED') odd.push(`${verb} if-match: ${verdictOf(late)}`);
      const first = await z.as(person).post(path, body, { ...key, 'if-match': `"${version}"` });
      if (first.status !== 200) odd.push(`${verb}: ${verdictOf(first)}`);
      const done = await commandsOf('keys');
      const again = await z.as(person).post(path, body, { ...key, 'if-match': `"${version}"` });
      if (again.status !== 200) odd.push(`${verb} again: ${verdictOf(again)}`);
      const [a, b] = [first.body.assignment, again.body.assignment];
      if (a.id !== b.id || (verb !== 'close' && (a.version !== b.version || a.phase !== b.phase)))
        odd.push(`${verb} again answers ${b.phase} ${b.version} after ${a.phase} ${a.version}`);
      expect(await commandsOf('keys')).toBe(done);
      const other = await z.as(person).post(path, { ...body, ...OTHER[verb] }, key);
      // Whoever has declined a transfer sees nothing of it any more: 404 comes before the key.
      const refused = verb === 'decline-transfer' ? '404 NOT_FOUND' : '422 IDEMPOTENCY_KEY_REUSED';
      const expected = OTHER[verb] === undefined ? '200' : refused;
      if (verdictOf(other) !== expected) odd.push(`${verb} with another body: ${verdictOf(other)}`);
    }
    expect(odd).toEqual([]);
    await z.until(async () => (await faultsOfRecord(z.pool, 'keys')).length === 0, 'the record is sound');
  });

  /** What makes the body another; verbs without content have no other. */
  const OTHER: Partial<Record<Verb, Body>> = {
    submit: { values: { n: 3 } },
    approve: { note: '很好' },
    return: { reason: '另一个' },
    cancel: { reason: '另一个' },
    close: { note: '另一个' },
    progress: { percent: 51 },
    'request-extension': { reason: '另一个' },
    'decide-extension': { grant: false },
    decompose: { receivers: [{ unit: 'S3-4' }] },
    transfer: { reason: '另一个' },
    'decline-transfer': { reason: '另一个' },
    decline: { basis: '另一个' },
    'decide-decline': { reason: '另一个' },
    suspend: { reason: '另一个' },
    share: { to: 'S3-5' },
    urge: { note: '慢' },
    comment: { text: '另一个' },
    escalate: { note: '另一个' },
  };

  it('goes into one list with all others, each judged for itself and in order, and a repeated list adds nothing', async () => {
    const course = await sendOut(z, 'list', TERMS);
    const lists = new Map<string, Body[]>();
    for (const verb of VERBS) {
      const { unit, person, body, before } = steps()[verb];
      await before?.(course);
      const list = lists.get(person) ?? [];
      lists.set(person, list);
      // A second time in the same list is judged after the first.
      const command = { assignment: course.at(unit), command: verb, ...body };
      list.push(...(verb === 'cancel' ? [command, command] : [command]));
    }
    const post = (person: string): Promise<Reply> =>
      z.as(person).post('/commands', lists.get(person), { 'idempotency-key': `list of ${person}` });
    for (const person of lists.keys()) {
      const expected = (lists.get(person) ?? []).map(({ command, assignment }, index, all) => {
        const isSecond =
          all.findIndex((each) => each.command === command && each.assignment === assignment) < index;
        return isSecond ? '409 ALREADY_SETTLED' : '200';
      });
      expect(verdictsOf(await post(person))).toEqual(expected);
      const before = await commandsOf('list');
      expect(verdictsOf(await post(person))).toEqual(expected);
      expect(await commandsOf('list')).toBe(before);
    }
    const { rows } = await z.pool.query<{ type: string; count: number }>(
      `select type, count(*)::int as count from event
        where directive = 'list' and type in ('urged', 'commented', 'progressed', 'transferDeclined') group by type`,
    );
    expect(rows.map(({ count }) => count)).toEqual([1, 1, 1, 1]);
    await z.until(async () => (await faultsOfRecord(z.pool, 'list')).length === 0, 'the record is sound');
  });
});
