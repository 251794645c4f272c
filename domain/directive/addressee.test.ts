// Promises of the warnings about a directive's receivers, before it goes out.
import { describe, expect, it } from '@jest/globals';
import { at } from '../../tests/support/sample-assignment.ts';
import { warningsOfAddressees } from './addressee.ts';
import { createDirectory, OrganisationFile } from '../organisation/organisation.ts';
import type { Planned } from './planned.ts';
import { warningWords } from './warning-words.ts';

const NOW = at('2026-11-23 10:35');
const POST = { role: 'liaisonA', person: 'P' } as const;
const directory = createDirectory(
  OrganisationFile.parse({
    units: [
      { code: 'OFFICE', name: '区办', kind: 'office' },
      { code: 'DD', name: '东大街道', kind: 'street' },
      { code: 'DD-1', name: '一社区', kind: 'community', parent: 'DD' },
      { code: 'DD-2', name: '二社区', kind: 'community', parent: 'DD' },
      { code: 'XH', name: '西湖街道', kind: 'street' },
    ],
    people: [{ id: 'P', name: '某' }],
    posts: [
      { ...POST, unit: 'DD' },
      { ...POST, unit: 'XH' },
      { ...POST, unit: 'DD-1', to: '2026-11-20' },
      { ...POST, unit: 'DD-2', taskForce: 'TF' },
    ],
    taskForces: [
      { code: 'TF', name: '志愿专班', office: 'OFFICE', members: ['DD'], posts: [POST] },
      {
        code: 'OLD',
        name: '旧专班',
        office: 'OFFICE',
        members: ['DD'],
        sunset: { date: '2026-11-23' },
        posts: [POST],
      },
    ],
  }),
  1,
);

const planned = (id: string, children: Planned[] = [], due = '2026-11-24 16:30'): Planned => {
  const parts = id.split('.');
  return {
    id,
    rank: id,
    parent: null,
    item: 'i',
    taskForce: parts[2] ?? '',
    unit: parts.length > 3 ? (parts.at(-1) ?? '') : null,
    node: children.length > 0,
    dueAt: at(due),
    basis: { by: 'instant' },
    acknowledgeBy: null,
    children,
  };
};
const told = (...roots: Planned[]): string[] =>
  warningsOfAddressees(roots, directory, NOW).map(({ code, path }) => `${path ?? ''} ${code}`);

describe('what a preview tells of receivers', () => {
  it('is nothing where all is well, also for a unit below a member', () => {
    expect(
      told(planned('d.i.TF', [planned('d.i.TF.DD', [planned('d.i.TF.DD.DD-2')]), planned('d.i.TF.DD-2')])),
    ).toEqual([]);
  });

  it('is that the place has no person: no post, a post that has ended, or one for another task force only', () => {
    expect(told(planned('d.i.TF', [planned('d.i.TF.DD', [planned('d.i.TF.DD.DD-1')])]))).toEqual([
      'd.i.TF.DD.DD-1 NOBODY_SITS',
    ]);
    expect(told(planned('d.i.OLD', [planned('d.i.OLD.DD-2')], '2026-11-23 16:30'))).toEqual([
      'd.i.OLD.DD-2 NOBODY_SITS',
    ]);
  });

  it('is that a unit is no member of the task force', () => {
    expect(
      told(planned('d.i.TF', [planned('d.i.TF.XH'), planned('d.i.TF.DD', [planned('d.i.TF.DD.XH')])])),
    ).toEqual(['d.i.TF.XH NOT_A_MEMBER']);
  });

  it('is that the task force ends before it is due; the last day itself counts', () => {
    expect(told(planned('d.i.OLD', [], '2026-11-23 16:30'))).toEqual([]);
    expect(told(planned('d.i.OLD'))).toEqual(['d.i.OLD TASK_FORCE_ENDED']);
    const [warning] = warningsOfAddressees([planned('d.i.OLD')], directory, NOW);
    expect(warning && warningWords(warning, 'zh')).toBe('旧专班于 2026-11-23 期满，早于时限');
  });

  it('is a hundred at most, the rest counted', () => {
    const many = Array.from({ length: 150 }, (_, n) => planned(`d.i.TF.DD.N${n}`));
    const warnings = warningsOfAddressees([planned('d.i.TF', [planned('d.i.TF.DD', many)])], directory, NOW);
    expect(warnings).toHaveLength(101);
    expect(warnings.at(-1)).toEqual({ code: 'ADDRESSEES_MORE', params: { count: 50 } });
  });
});
