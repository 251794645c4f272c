// A small district with one directive in the record, written with plain SQL: for tests that only read the record.
import { hash } from 'node:crypto';
import type { Db } from '../../db/pool.ts';
import { SHIPPED_POLICIES } from '../../domain/policy/policy.ts';
import type { EventData } from '../../domain/assignment/happening.ts';
import { slimmed } from '../../domain/delivery/notice-data.ts';
import type { TestApi } from './api.ts';

const ORGANISATION = {
  units: [
    { code: 'OFFICE', name: '区办公室', kind: 'office' },
    { code: 'DD', name: '东大街道', kind: 'street' },
    { code: 'DD-1', name: '一社区', kind: 'community', parent: 'DD' },
    { code: 'DD-2', name: '二社区', kind: 'community', parent: 'DD' },
    { code: 'XH', name: '西湖街道', kind: 'street' },
  ],
  people: ['OFF', 'TF', 'DD', 'DD1', 'DD2', 'XH', 'AUD', 'LIM', 'NONE'].map((id) => ({
    id,
    name: `名${id}`,
  })),
  taskForces: [
    { code: 'TF', name: '志愿专班', office: 'OFFICE', members: ['DD', 'XH'] },
    { code: 'TF2', name: '交通专班', office: 'OFFICE', members: ['DD'] },
  ],
  posts: [
    { unit: 'OFFICE', role: 'staff', person: 'OFF' },
    { taskForce: 'TF', role: 'liaisonA', person: 'TF' },
    { unit: 'DD', role: 'liaisonA', person: 'DD' },
    { unit: 'DD-1', role: 'liaisonA', person: 'DD1' },
    { unit: 'DD-2', role: 'liaisonA', person: 'DD2' },
    { unit: 'XH', role: 'liaisonA', person: 'XH' },
    { role: 'auditor', person: 'AUD' },
    // Named for another task force's work only.
    { unit: 'DD-1', taskForce: 'TF2', role: 'liaisonA', person: 'LIM' },
  ],
};

/** The directive `d` (office OFFICE) and its assignments, top first. */
export const HOLDERS: Readonly<Record<string, string>> = {
  'd.sites.TF': 'taskForce/TF',
  'd.sites.TF.DD': 'unit/DD',
  'd.sites.TF.DD.DD-1': 'unit/DD-1',
  'd.sites.TF.DD.DD-2': 'unit/DD-2',
  'd.sites.TF.XH': 'unit/XH',
};

export async function insertSmallRecord(api: TestApi): Promise<void> {
  const { status, body } = await api.call('POST', '/organisation/import', { body: ORGANISATION });
  if (status !== 200) throw new Error(JSON.stringify(body));
  await api.pool.query(
    `insert into directive (id, number, title, request, items, office, urgency, calendar, policy, phase,
            received_at, issued_at, due_at, made_by)
     values ('d', 'L-1', '志愿者站点', '{}', '[]', 'OFFICE', 'urgent', 'work', $1, 'open', now(), now(),
             now() + interval '1 day', 'OFF')`,
    [JSON.stringify(SHIPPED_POLICIES.standard)],
  );
  await api.pool.query(
    `insert into desk (id, directive, kind, unsettled, issued) values ('d', 'd', 'directive', 5, true)`,
  );
  for (const [id, holder] of Object.entries(HOLDERS)) {
    await api.pool.query(
      `insert into assignment (directive, id, desk, item, task_force, holder, level, node, phase, settled, due_at, state)
       values ('d', $1, 'd', 'sites', 'TF', $2, 1, false, 'issued', false, now() + interval '1 day', '{}')`,
      [id, holder],
    );
  }
}

let last = 0;
/** Writes one event as the command door does; answers its `seq`. `assignment` null: the directive's own. */
export async function insertEvent(db: Db, assignment: string | null, type: string): Promise<number> {
  last += 1;
  await db.query(
    `insert into event (directive, desk, seq, epoch, tx, assignment, type, received, at, data, hash)
     select 'd', 'd', $1, epoch, pg_current_xact_id(), $2, $3, now(), now(), '{}', '' from installation`,
    [last, assignment, type],
  );
  return last;
}

const DAY = '2026-11-24T06:00:00.000Z';
const COVERAGE = { expected: 1, reported: 1, approved: 1 };
/** What the events of these notices record. */
const RECORDED: Readonly<Partial<EventData>> = {
  issued: {
    item: 'sites',
    parent: null,
    taskForce: 'TF',
    unit: 'DD-1',
    holder: 'unit/DD-1',
    node: false,
    dueAt: DAY,
    acknowledgeBy: null,
  },
  returned: { version: 1, reason: '', fields: [] },
  rolledUp: { n: 1, digest: '', final: true, coverage: COVERAGE, values: {}, onTime: true },
  urged: { note: '', notified: [] },
  commented: { text: '' },
};

/** Writes a notification as the command door does. */
export async function insertNotification(
  db: Db,
  person: string,
  assignment: string,
  type: keyof typeof RECORDED,
  data: Record<string, unknown> = {},
): Promise<void> {
  await db.query(
    `insert into notification (epoch, tx, person, type, directive, assignment, data, at)
     select epoch, pg_current_xact_id(), $1, $2, 'd', $3, $4, now() from installation`,
    [
      person,
      type,
      assignment,
      JSON.stringify({
        ...slimmed(RECORDED[type] ?? {}),
        ...(type === 'urged' ? { by: 'OFF' } : {}),
        title: '志愿者站点',
        holder: HOLDERS[assignment],
        ...data,
      }),
    ],
  );
}

/** A token of that person, made without the API so that the person is not told of it. */
export async function tokenOf(api: TestApi, person: string): Promise<string> {
  const token = `zbt_test-of-${person}`;
  await api.pool.query(
    `insert into token (id, hash, name, person, made_by) values ($1, $2, 'test', $1, 'admin') on conflict do nothing`,
    [person, hash('sha256', token, 'hex')],
  );
  return token;
}
