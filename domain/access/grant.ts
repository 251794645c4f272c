// What a person can be to a call of the API: alone, to a directive, or to an assignment. Rights hang on these and on nothing else.
import type { Millis } from '../instant.ts';
import { hasRole, hasSeat, officesOf, servesOffice, type Directory } from '../organisation/organisation.ts';
import type { Relation } from './relation.ts';
import { sightOf, type DirectiveFacts, type Sight } from './sight.ts';

/** In both languages. */
export type AccessWords = { zh: string; en: string };

/** Every ground for a right, in words; the order is that of the published table. */
export const GRANTS = {
  anybody: { zh: '任何人，不必登录', en: 'anybody, without signing in' },
  signedIn: { zh: '已登录的人', en: 'everybody signed in' },
  posted: { zh: '有现任岗位的人', en: 'people with a post of today' },
  officer: { zh: '任一办公室的人', en: 'people of any office' },
  staff: { zh: '任一办公室的主任、副主任、工作人员', en: 'director, deputies and staff of any office' },
  auditor: { zh: '审计员', en: 'auditors' },
  administrator: { zh: '系统管理员', en: 'administrators' },
  self: { zh: '本人', en: 'the person it belongs to' },
  office: { zh: '该件的办公室', en: 'its office' },
  part: { zh: '看得到其中某项任务的人', en: 'people who see one of its assignments' },
  superior: { zh: '上级单位（上报之后）', en: 'its superior, once something was handed up' },
  holder: { zh: '承办单位', en: 'the holder' },
  leader: { zh: '承办单位负责人', en: 'the leader of the holder' },
  lead: { zh: '专班的牵头单位', en: 'the lead unit of the task force that holds it' },
  issuer: { zh: '交办单位', en: 'the issuer' },
  above: { zh: '上面各级', en: 'every place above it' },
  target: { zh: '被请接办的单位', en: 'the place asked to take it over' },
  sees: { zh: '看得到该任务的人', en: 'people who see the assignment' },
  seesResult: { zh: '获准看其汇总的单位', en: 'places its result is shared with' },
} as const satisfies Record<string, AccessWords>;

export type Grant = keyof typeof GRANTS;

/** The grants one person holds for one call; a relation to an assignment is such a set as it is. */
export type HeldGrants = Partial<Record<Grant, boolean>>;

/** A person without an object: posts and roles of that moment. */
export const grantsOfPerson = (directory: Directory, person: string, at: Millis): HeldGrants => ({
  anybody: true,
  signedIn: true,
  posted: hasSeat(directory, person, at),
  officer: officesOf(directory, person, at).length > 0,
  staff: servesOffice(directory, person, at),
  auditor: hasRole(directory, person, 'auditor', at),
  administrator: hasRole(directory, person, 'administrator', at),
});

/** To a directive, also to a draft, where its facts are at hand. */
export const grantsOfDirective = (
  directory: Directory,
  person: string,
  facts: DirectiveFacts,
  at: Millis,
): HeldGrants => grantsOfSight(directory, person, sightOf(directory, person, facts, at), at);

/** The same, where the gate has found how much of it the person sees. */
export const grantsOfSight = (
  directory: Directory,
  person: string,
  sight: Sight,
  at: Millis,
): HeldGrants => ({
  ...grantsOfPerson(directory, person, at),
  office: sight.kind === 'whole' && sight.isOffice,
  part: sight.kind === 'part',
  superior: sight.kind === 'superior' || (sight.kind === 'part' && sight.handUps),
});

/** To an assignment: the relation says all. */
export const grantsOfRelation = (relation: Relation): HeldGrants => relation;

/** To something that belongs to one person: a token, a notification, a password. */
export const grantsOfOwner = (
  directory: Directory,
  person: string,
  owner: string,
  at: Millis,
): HeldGrants => ({ ...grantsOfPerson(directory, person, at), self: person === owner });

/** To something an office keeps: a form, a directive about to be made. Null: it is the installation's. */
export const grantsOfKept = (
  directory: Directory,
  person: string,
  office: string | null,
  at: Millis,
): HeldGrants => {
  const alone = grantsOfPerson(directory, person, at);
  const isOwn = office === null ? alone.officer === true : officesOf(directory, person, at).includes(office);
  return { ...alone, office: isOwn };
};
