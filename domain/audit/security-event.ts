// What stands in the installation's own log: one row an event, with the shape of its data and its words.
import { z } from 'zod';
import type { Language } from '../failure.ts';

type SecurityRow = {
  /** Ids and names of fields, never a secret, a telephone number or a text that somebody wrote. */
  data: z.ZodObject;
  words: Readonly<Record<Language, string>>;
};

const Id = z.string();
const Times = z.int().positive();
const Seat = z.strictObject({
  post: Id,
  role: Id,
  person: Id,
  unit: Id.nullable(),
  taskForce: Id.nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});
const Changed = z.strictObject({ created: z.int(), changed: z.int() });
const Administrators = z.array(
  z.strictObject({ person: Id, from: z.string().nullable(), to: z.string().nullable() }),
);
/** The call's method and path as in the contract, and the ids in that path. */
const Read = z.strictObject({ call: z.string(), of: z.record(z.string(), Id) });
/** What was made or changed, and the fields that were given. */
const kept = <K extends string>(key: K): z.ZodObject<Record<K, z.ZodString> & { fields: z.ZodArray }> =>
  z.strictObject({ [key]: Id, fields: z.array(z.string()) } as Record<K, z.ZodString> & {
    fields: z.ZodArray;
  });

/** Events are for ever: add types and optional fields, never rename. */
export const SECURITY_EVENTS = {
  signedIn: {
    data: z.strictObject({ session: Id.optional(), by: z.enum(['password', 'oidc']).optional() }),
    words: { zh: '登录', en: 'Signed in' },
  },
  /** `person`: whose login was tried, null where no person has it. `times`: so often within a minute. */
  signInRefused: {
    data: z.strictObject({
      person: Id.nullable(),
      reason: z.enum(['wrong', 'throttled', 'unknown', 'oidc']),
      times: Times,
    }),
    words: { zh: '登录被拒绝', en: 'A sign-in was refused' },
  },
  signedOut: {
    data: z.strictObject({ session: Id.optional() }),
    words: { zh: '退出登录', en: 'Signed out' },
  },
  sessionsEnded: {
    data: z.strictObject({ person: Id, sessions: z.int(), session: Id.optional() }),
    words: { zh: '登录会话被终止', en: 'Sessions were ended' },
  },
  passwordSet: {
    data: z.strictObject({ person: Id }),
    words: { zh: '设置密码', en: 'A password was set' },
  },
  tokenMade: {
    data: z.strictObject({
      token: Id,
      person: Id,
      expiresAt: z.string().nullable(),
      scopes: z.array(z.string()).optional(),
    }),
    words: { zh: '生成令牌', en: 'A token was made' },
  },
  tokenRevoked: {
    data: z.strictObject({ token: Id, person: Id }),
    words: { zh: '吊销令牌', en: 'A token was revoked' },
  },
  personAdded: { data: kept('person'), words: { zh: '新增人员', en: 'A person was added' } },
  personChanged: { data: kept('person'), words: { zh: '修改人员', en: 'A person was changed' } },
  unitAdded: { data: kept('unit'), words: { zh: '新增单位', en: 'A unit was added' } },
  unitChanged: { data: kept('unit'), words: { zh: '修改单位', en: 'A unit was changed' } },
  taskForceAdded: { data: kept('taskForce'), words: { zh: '新增专班', en: 'A task force was added' } },
  taskForceChanged: { data: kept('taskForce'), words: { zh: '修改专班', en: 'A task force was changed' } },
  postAdded: { data: Seat, words: { zh: '新增任职', en: 'A post was added' } },
  postChanged: {
    data: z.strictObject({ before: Seat, after: Seat }),
    words: { zh: '变更任职', en: 'A post was changed' },
  },
  administratorsChanged: {
    data: z.strictObject({ before: Administrators, after: Administrators }),
    words: { zh: '系统管理员变更', en: 'The administrators changed' },
  },
  /** By `npm run admin`, on the machine itself. */
  administratorRestored: {
    data: z.strictObject({ person: Id, madeAdministrator: z.boolean(), passwordReset: z.boolean() }),
    words: { zh: '在服务器上恢复系统管理员', en: 'An administrator was restored on the machine itself' },
  },
  organisationImported: {
    data: z.strictObject({ units: Changed, people: Changed, posts: Changed, taskForces: Changed }),
    words: { zh: '导入组织机构', en: 'The organisation was imported' },
  },
  policySaved: {
    data: z.strictObject({ policy: Id, version: z.int() }),
    words: { zh: '保存督办规则', en: 'A policy was saved' },
  },
  calendarSaved: {
    data: z.strictObject({ calendar: Id, version: z.int() }),
    words: { zh: '保存工作日历', en: 'A calendar was saved' },
  },
  endpointAdded: {
    data: z.strictObject({ endpoint: Id, kind: Id }),
    words: { zh: '新增推送地址', en: 'An endpoint was added' },
  },
  endpointChanged: { data: kept('endpoint'), words: { zh: '修改推送地址', en: 'An endpoint was changed' } },
  endpointRemoved: {
    data: z.strictObject({ endpoint: Id }),
    words: { zh: '删除推送地址', en: 'An endpoint was removed' },
  },
  /** Names of settings and never their values, since some are secrets. */
  settingsChanged: {
    data: z.strictObject({ fields: z.array(z.string()) }),
    words: { zh: '变更系统设置', en: 'Settings were changed' },
  },
  exported: { data: Read, words: { zh: '导出', en: 'Something was exported' } },
  downloaded: { data: Read, words: { zh: '下载附件', en: 'A file was downloaded' } },
  checkpointMade: {
    data: z.strictObject({ checkpoint: z.int() }),
    words: { zh: '签发存证点', en: 'A checkpoint was signed' },
  },
  /** By the clockwork, of a day that is over: how many rows of each kind had been kept long enough. */
  pruned: {
    data: z.strictObject({ day: z.string(), gone: z.record(z.string(), z.int()) }),
    words: { zh: '清理到期数据', en: 'What had been kept long enough was deleted' },
  },
} as const satisfies Record<string, SecurityRow>;

export type SecurityEventType = keyof typeof SECURITY_EVENTS;
export const SecurityEventType = z.enum(Object.keys(SECURITY_EVENTS) as [SecurityEventType]);

/** Of these tells `GET /organisation/events`: who administers the installation. */
export const ADMINISTRATOR_EVENTS = [
  'administratorsChanged',
  'administratorRestored',
] as const satisfies readonly SecurityEventType[];

export type SecurityDataOf<T extends SecurityEventType> = z.output<(typeof SECURITY_EVENTS)[T]['data']>;

/** What happened. */
export type SecurityEvent = {
  [T in SecurityEventType]: { type: T; data: SecurityDataOf<T> };
}[SecurityEventType];

/** Who did it, with what and from where; all null at the machine itself. */
export type SecurityOrigin = { actor: string | null; token: string | null; address: string | null };
