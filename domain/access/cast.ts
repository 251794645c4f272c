// The cast of the table of access: one person for each way to stand to one directive, so that every cell can be said and tried.
import { createDirectory, OrganisationFile } from '../organisation/organisation.ts';
import type { z } from 'zod';
import type { AccessObject } from './access-rule.ts';
import {
  grantsOfDirective,
  grantsOfKept,
  grantsOfOwner,
  grantsOfPerson,
  grantsOfRelation,
  type AccessWords,
  type HeldGrants,
} from './grant.ts';
import { relate, type AssignmentStanding } from './relation.ts';
import type { DirectiveFacts } from './sight.ts';

const LONG_AGO = '2020-01-01';
const FAR_AHEAD = '2999-01-01';

/** The district they sit in. */
export const CAST_DISTRICT: z.input<typeof OrganisationFile> = {
  units: [
    { code: 'OFFICE', name: '区办公室', kind: 'office' },
    { code: 'OFFICE2', name: '另一办公室', kind: 'office' },
    { code: 'CITY', name: '市指挥部', kind: 'superior' },
    { code: 'DD', name: '东大街道', kind: 'street' },
    { code: 'DD-1', name: '一社区', kind: 'community', parent: 'DD' },
    { code: 'DD-2', name: '二社区', kind: 'community', parent: 'DD' },
    { code: 'XH', name: '西湖街道', kind: 'street' },
    { code: 'BJ', name: '民政局', kind: 'department' },
    { code: 'LD', name: '团区委', kind: 'department' },
    { code: 'SJ', name: '审计局', kind: 'department' },
  ],
  people: [
    'director',
    'office-for-other',
    'other-office',
    'force',
    'other-force',
    'street',
    'holder',
    'leader',
    'holder-for-this',
    'holder-for-other',
    'sibling',
    'other-street',
    'target',
    'lead',
    'shared',
    'superior',
    'auditor',
    'administrator',
    'ended',
    'future',
    'no-post',
  ].map((id) => ({ id, name: `名${id}` })),
  posts: [
    { unit: 'OFFICE', role: 'director', person: 'director' },
    { unit: 'OFFICE', taskForce: 'TF2', role: 'liaisonB', person: 'office-for-other' },
    { unit: 'OFFICE2', role: 'staff', person: 'other-office' },
    { unit: 'DD', role: 'liaisonA', person: 'street' },
    { unit: 'DD-1', role: 'liaisonA', person: 'holder' },
    { unit: 'DD-1', role: 'leader', person: 'leader' },
    { unit: 'DD-1', taskForce: 'TF', role: 'liaisonB', person: 'holder-for-this' },
    { unit: 'DD-1', taskForce: 'TF2', role: 'liaisonB', person: 'holder-for-other' },
    { unit: 'DD-2', role: 'liaisonA', person: 'sibling' },
    { unit: 'XH', role: 'leader', person: 'other-street' },
    { unit: 'DD-1', role: 'liaisonB', person: 'other-street', to: LONG_AGO },
    { unit: 'BJ', role: 'liaisonA', person: 'target' },
    { unit: 'LD', role: 'liaisonA', person: 'lead' },
    { unit: 'SJ', role: 'liaisonA', person: 'shared' },
    { unit: 'CITY', role: 'leader', person: 'superior' },
    { role: 'auditor', person: 'auditor' },
    { role: 'administrator', person: 'administrator' },
    { unit: 'DD-1', role: 'liaisonB', person: 'ended', from: LONG_AGO, to: LONG_AGO },
    { unit: 'DD-1', role: 'liaisonB', person: 'future', from: FAR_AHEAD },
  ],
  taskForces: [
    {
      code: 'TF',
      name: '志愿专班',
      office: 'OFFICE',
      leadUnit: 'LD',
      members: ['DD'],
      posts: [{ role: 'leader', person: 'force' }],
    },
    {
      code: 'TF2',
      name: '交通专班',
      office: 'OFFICE',
      members: ['XH'],
      posts: [{ role: 'leader', person: 'other-force' }],
    },
  ],
};

/** By the order of the published table. `person` null: asks without a token that counts. */
export const CAST = {
  anonymous: { person: null, zh: '未登录', en: 'not signed in' },
  revoked: { person: null, zh: '令牌已收回', en: 'token revoked' },
  'no-post': { person: 'no-post', zh: '无岗位', en: 'no post' },
  ended: { person: null, zh: '已离任', en: 'all posts ended' },
  future: { person: 'future', zh: '岗位未开始', en: 'post not begun' },
  holder: { person: 'holder', zh: '承办单位联络员', en: 'holder' },
  leader: { person: 'leader', zh: '承办单位负责人', en: 'holder’s leader' },
  'holder-for-this': {
    person: 'holder-for-this',
    zh: '承办单位，只管本专班',
    en: 'holder, for this task force only',
  },
  'holder-for-other': {
    person: 'holder-for-other',
    zh: '承办单位，只管另一专班',
    en: 'holder, for another task force only',
  },
  sibling: { person: 'sibling', zh: '同级单位', en: 'sibling' },
  street: { person: 'street', zh: '交办单位', en: 'issuer' },
  'other-street': {
    person: 'other-street',
    zh: '原在承办单位，现在别处',
    en: 'holder before, now elsewhere',
  },
  force: { person: 'force', zh: '专班', en: 'task force' },
  'other-force': { person: 'other-force', zh: '另一专班', en: 'other task force' },
  lead: { person: 'lead', zh: '牵头单位', en: 'lead unit' },
  target: { person: 'target', zh: '被请接办', en: 'asked to take over' },
  shared: { person: 'shared', zh: '获准看汇总', en: 'result shared' },
  director: { person: 'director', zh: '办公室', en: 'office' },
  'office-for-other': {
    person: 'office-for-other',
    zh: '办公室，只管另一专班',
    en: 'office, for another task force only',
  },
  'other-office': { person: 'other-office', zh: '另一办公室', en: 'other office' },
  superior: { person: 'superior', zh: '上级', en: 'superior' },
  auditor: { person: 'auditor', zh: '审计员', en: 'auditor' },
  administrator: { person: 'administrator', zh: '系统管理员', en: 'administrator' },
} as const satisfies Record<string, AccessWords & { person: string | null }>;

export type CastMember = keyof typeof CAST;

/** The assignment of DD-1, which BJ has been asked to take over and whose result SJ may see. */
export const CAST_ASSIGNMENT: AssignmentStanding = {
  holder: 'unit/DD-1',
  above: ['taskForce/TF', 'unit/DD'],
  office: 'OFFICE',
  taskForce: 'TF',
  target: 'unit/BJ',
  shared: ['unit/SJ'],
};

/** Its directive, handed up to CITY once. */
export const CAST_DIRECTIVE: DirectiveFacts = {
  office: 'OFFICE',
  superior: 'CITY',
  handedUp: 1,
  isDraft: false,
  parts: [
    { holder: 'taskForce/TF', target: null, taskForce: 'TF' },
    { holder: 'unit/DD', target: null, taskForce: 'TF' },
    { holder: 'unit/DD-1', target: 'unit/BJ', taskForce: 'TF' },
    { holder: 'unit/DD-2', target: null, taskForce: 'TF' },
  ],
};

/** What belongs to a person belongs to this one. */
export const CAST_OWNER = 'holder';

const AT = Date.parse('2026-11-23T10:35:00+08:00');
const directory = createDirectory(OrganisationFile.parse(CAST_DISTRICT), 1);

/** The grants of one of the cast to an object of that kind; null without a token that counts. */
export function grantsOfCast(
  member: CastMember,
  of: AccessObject,
  standing: AssignmentStanding = CAST_ASSIGNMENT,
): HeldGrants | null {
  const { person } = CAST[member];
  if (person === null) return null;
  switch (of) {
    case 'installation':
      return grantsOfPerson(directory, person, AT);
    case 'person':
      return grantsOfOwner(directory, person, CAST_OWNER, AT);
    case 'kept':
      return grantsOfKept(directory, person, CAST_DIRECTIVE.office, AT);
    case 'directive':
      return grantsOfDirective(directory, person, CAST_DIRECTIVE, AT);
    case 'draft':
      return grantsOfDirective(
        directory,
        person,
        { ...CAST_DIRECTIVE, handedUp: 0, isDraft: true, parts: [] },
        AT,
      );
    case 'assignment':
      return grantsOfRelation(relate(directory, person, standing, AT));
  }
}
