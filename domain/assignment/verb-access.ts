// The verbs as rows of access: what verb-table.ts says who may, with the reason, for the published table and the door alike.
import type { AccessRule } from '../access/access-rule.ts';
import type { AccessWords } from '../access/grant.ts';
import type { Relation } from '../access/relation.ts';
import type { Verb } from './command.ts';
import { VERB_TABLE } from './verb-table.ts';

/** Why those people and no other, by the first relation a verb names. */
const REASONS: Partial<Record<keyof Relation, AccessWords>> = {
  holder: { zh: '该办的由承办单位办', en: 'what is to be done is the holder’s' },
  leader: { zh: '签字的是单位负责人', en: 'the leader of the unit signs' },
  issuer: { zh: '谁交办，谁审核、决定', en: 'who handed it out reviews and decides' },
  above: { zh: '上面各级都可以催、可以另定时限', en: 'every place above may press and set another time' },
  target: { zh: '被请接办的单位自己决定接不接', en: 'the place asked decides whether it takes it over' },
  sees: { zh: '看得到的人都可以说', en: 'who sees it may speak' },
};

const NO_REASON: AccessWords = { zh: '按操作表', en: 'by the table of verbs' };

const ruleOfActors = (actors: readonly (keyof Relation)[]): AccessRule => ({
  of: 'assignment',
  may: actors,
  knows: ['sees'],
  why: (actors[0] && REASONS[actors[0]]) ?? NO_REASON,
});

export type VerbKey = `POST /assignments/{id}/${Verb}`;

const verbKey = <V extends Verb>(verb: V): `POST /assignments/{id}/${V}` => `POST /assignments/{id}/${verb}`;

export const VERB_RULES = Object.fromEntries(
  Object.entries(VERB_TABLE).map(([verb, { who }]) => [verb, ruleOfActors(who)]),
) as Readonly<Record<Verb, AccessRule>>;

export const VERB_ACCESS = Object.fromEntries(
  Object.entries(VERB_RULES).map(([verb, rule]) => [verbKey(verb as Verb), rule]),
) as Readonly<Record<VerbKey, AccessRule>>;

/** A report brought for a unit that could not do it itself. */
export const ON_BEHALF: AccessRule = {
  ...ruleOfActors(VERB_TABLE.submit.onBehalf ?? []),
  why: { zh: '代报由交办单位', en: 'the issuer may report for a unit that cannot' },
};
