// Promises of the one decision by a row of access: silence denies, and a stranger is not told what there is.
import { describe, expect, it } from '@jest/globals';
import { createDirectory, OrganisationFile } from '../organisation/organisation.ts';
import { decideAccess, mayAtAll, refusalAtAll, type AccessRule } from './access-rule.ts';
import * as rule from './access-rules.ts';
import { grantsOfDirective, grantsOfKept, grantsOfOwner, grantsOfPerson } from './grant.ts';

const NOW = Date.parse('2026-11-23T10:35:00+08:00');
const directory = createDirectory(
  OrganisationFile.parse({
    units: [
      { code: 'OFFICE', name: '办公室', kind: 'office' },
      { code: 'OTHER', name: '另一办公室', kind: 'office' },
      { code: 'DD', name: '街道', kind: 'street' },
    ],
    people: [],
    posts: [
      { unit: 'OFFICE', role: 'staff', person: 'staff' },
      { unit: 'OFFICE', role: 'liaisonA', person: 'officeLiaison' },
      { unit: 'OFFICE', taskForce: 'TF', role: 'liaisonB', person: 'officeForTf' },
      { unit: 'OTHER', role: 'staff', person: 'otherOffice' },
      { unit: 'DD', role: 'leader', person: 'street' },
      { unit: 'DD', role: 'leader', person: 'ended', to: '2026-11-22' },
      { unit: 'DD', role: 'leader', person: 'future', from: '2026-11-24' },
      { role: 'administrator', person: 'administrator' },
    ],
    taskForces: [{ code: 'TF', name: '专班', office: 'OFFICE' }],
  }),
  1,
);
const alone = (person: string) => grantsOfPerson(directory, person, NOW);
const said = (of: AccessRule, held: ReturnType<typeof alone> | null): string => {
  const verdict = decideAccess(of, held);
  return verdict.allowed ? `as ${verdict.as}` : verdict.code;
};

describe('decideAccess', () => {
  it('asks a stranger to sign in wherever the call is not open', () => {
    expect(said(rule.FOR_ANYBODY, null)).toBe('as anybody');
    expect([said(rule.FOR_THE_SIGNED_IN, null), said(rule.OF_ITS_OFFICE, null)]).toEqual([
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
    ]);
  });

  it('denies where no grant of the row is held, by 403 where the thing is no secret and 404 where it is', () => {
    expect(said(rule.FOR_ADMINISTRATORS, alone('street'))).toBe('FORBIDDEN');
    expect(said(rule.OF_THE_OWNER, grantsOfOwner(directory, 'street', 'staff', NOW))).toBe('NOT_FOUND');
    expect(said(rule.WHOLE_READ, { part: true })).toBe('FORBIDDEN');
    expect(said(rule.WHOLE_READ, { superior: true })).toBe('NOT_FOUND');
  });

  it.each([
    ['staff', 'as staff'],
    ['officeLiaison', 'FORBIDDEN'],
    ['officeForTf', 'FORBIDDEN'],
    ['administrator', 'as administrator'],
    ['street', 'FORBIDDEN'],
  ])('gives %s the whole organisation with its contacts: %s', (person, expected) => {
    expect(said(rule.FOR_OFFICE_STAFF, alone(person))).toBe(expected);
  });
});

describe('grantsOfKept', () => {
  it.each([
    ['staff', true],
    ['officeLiaison', true],
    ['otherOffice', false],
    ['street', false],
    // Acts in the work of one task force, and so not for the office.
    ['officeForTf', false],
  ])('lets %s hand a directive of OFFICE out: %s', (person, expected) => {
    expect(grantsOfKept(directory, person, 'OFFICE', NOW).office).toBe(expected);
  });
});

describe('mayAtAll', () => {
  it.each([
    // person, hands directives out, imports, uploads, acts for a place
    ['staff', [true, false, true, true]],
    ['officeForTf', [false, false, true, true]],
    ['street', [false, false, true, true]],
    ['ended', [false, false, false, false]],
    ['future', [false, false, false, false]],
    ['nobody', [false, false, false, false]],
    ['administrator', [false, true, true, true]],
  ])('says of %s alone whether any object could allow it', (person, expected) => {
    const rules = [rule.BY_AN_OFFICE, rule.FOR_ADMINISTRATORS, rule.FOR_THE_POSTED, rule.OF_ITS_HOLDER];
    expect(rules.map((each) => mayAtAll(each, alone(person)))).toEqual(expected);
  });

  it('is true of every person to whom some object grants it', () => {
    const facts = { office: 'OFFICE', superior: null, handedUp: 0, isDraft: false, parts: [] };
    for (const person of ['staff', 'street', 'administrator', 'officeForTf', 'nobody'])
      for (const each of Object.values<AccessRule>(rule)) {
        const held = grantsOfDirective(directory, person, facts, NOW);
        if (decideAccess(each, held).allowed)
          expect([each.why.en, mayAtAll(each, held)]).toEqual([each.why.en, true]);
      }
  });
});

describe('refusalAtAll', () => {
  it('refuses early only what is certain', () => {
    const code = (of: AccessRule, person: string): string | null => {
      const verdict = refusalAtAll(of, alone(person));
      return verdict === null || verdict.allowed ? null : verdict.code;
    };
    expect(code(rule.BY_AN_OFFICE, 'street')).toBe('FORBIDDEN');
    expect(code(rule.FOR_ADMINISTRATORS, 'nobody')).toBe('FORBIDDEN');
    // A street may see the directive, and then is told 403: only the directive says.
    expect(code(rule.OF_ITS_OFFICE, 'street')).toBeNull();
    expect(code(rule.OF_ITS_OFFICE, 'nobody')).toBe('NOT_FOUND');
    expect(code(rule.ASSIGNMENT_READ, 'ended')).toBe('NOT_FOUND');
  });
});
