// What the installation holds about a person, for how long, and what it does not hold: a closed table, shown to everybody.
import type { Language } from '../failure.ts';

type Text = Readonly<Record<Language, string>>;

/** Days; null: as long as `kept` says. */
export type KeptDays = { notices: number | null; deliveries: number | null; plans: number | null };
export type RetentionSettings = { keepDays: KeptDays; sessionMaxMs: number };

type CollectedRow = {
  what: Text;
  kept: Text;
  /** The setting that says for how long, and the days by the present settings. */
  setting: string | null;
  days: (settings: RetentionSettings) => number | null;
};

const FOR_EVER: Text = { zh: '永久保留（属于办理记录）', en: 'for ever: it is part of the record' };
const WITH_PERSON: Text = { zh: '随人员资料保留', en: 'as long as the person is in the organisation' };
const BY_SETTING: Text = { zh: '按设置的天数保留', en: 'for the days of the setting' };
const never = (): null => null;
const DAY_MS = 86_400_000;

export const COLLECTED = {
  person: {
    what: { zh: '编号、姓名、电话、邮箱、任职', en: 'id, name, telephone, mail, posts' },
    kept: WITH_PERSON,
    setting: null,
    days: never,
  },
  account: {
    what: { zh: '登录名、密码的散列值', en: 'login, password as an argon2id hash' },
    kept: WITH_PERSON,
    setting: null,
    days: never,
  },
  preferences: {
    what: { zh: '接收消息的方式、落地页', en: 'how one wants to be told, the first screen' },
    kept: WITH_PERSON,
    setting: null,
    days: never,
  },
  sessions: {
    what: {
      zh: '登录会话：开始时间、最后使用时间（五分钟一记，用于到期）、设备名称',
      en: 'sessions: begin, last use (at most every five minutes, for their end), name of the device',
    },
    kept: { zh: '失效后十分钟内删除', en: 'until ten minutes after its end' },
    setting: 'SESSION_MAX',
    days: ({ sessionMaxMs }: RetentionSettings) => sessionMaxMs / DAY_MS,
  },
  tokens: {
    what: { zh: '令牌：名称、范围、最后使用的日期', en: 'tokens: name, scopes, day of the last use' },
    kept: WITH_PERSON,
    setting: null,
    days: never,
  },
  events: {
    what: {
      zh: '交办、签收、报送、审核等办理行为：谁、何时、做了什么',
      en: 'acts on directives: who, when, what',
    },
    kept: FOR_EVER,
    setting: null,
    days: never,
  },
  submissions: {
    what: { zh: '报送内容和附件', en: 'reports and their attachments' },
    kept: FOR_EVER,
    setting: null,
    days: never,
  },
  securityEvents: {
    what: {
      zh: '登录、令牌、任职、导出、下载等安全事件，含网络地址',
      en: 'sign-ins, tokens, posts, exports, downloads, with the network address',
    },
    kept: FOR_EVER,
    setting: null,
    days: never,
  },
  notices: {
    what: { zh: '已读的通知（事项未结的除外）', en: 'notices that were read, but of open directives' },
    kept: BY_SETTING,
    setting: 'KEEP_NOTICES_DAYS',
    days: ({ keepDays }: RetentionSettings) => keepDays.notices,
  },
  deliveries: {
    what: { zh: '已发完的消息：收件人、渠道、结果', en: 'messages sent: receiver, channel, result' },
    kept: BY_SETTING,
    setting: 'KEEP_DELIVERIES_DAYS',
    days: ({ keepDays }: RetentionSettings) => keepDays.deliveries,
  },
  plans: {
    what: { zh: '已办结指令的下发计划', en: 'plans by which finished directives went out' },
    kept: BY_SETTING,
    setting: 'KEEP_PLANS_DAYS',
    days: ({ keepDays }: RetentionSettings) => keepDays.plans,
  },
  verdicts: {
    what: {
      zh: '每个请求的首次答复（防止重复办理）',
      en: 'the first answer to each request, so that it acts once',
    },
    kept: { zh: '一天', en: 'a day' },
    setting: null,
    days: () => 1,
  },
  files: {
    what: { zh: '上传后未使用的文件', en: 'files that were uploaded and not attached' },
    kept: { zh: '一天', en: 'a day' },
    setting: null,
    days: () => 1,
  },
  links: {
    what: { zh: '免登录链接是否用过', en: 'whether a one-time link was used' },
    kept: { zh: '到期后三十天', en: 'thirty days after its end' },
    setting: null,
    days: () => 33,
  },
} as const satisfies Record<string, CollectedRow>;

export type CollectedKind = keyof typeof COLLECTED;

/** What is never held, in any table or log: nobody can ask for it later. */
export const NOT_COLLECTED = {
  activity: {
    zh: '活跃度：操作次数、停留时间、阅读速度',
    en: 'activity: clicks, time spent, speed of reading',
  },
  location: { zh: '位置', en: 'location' },
  onlineTime: { zh: '在线时长、是否在线', en: 'online time, whether one is online' },
  ranking: { zh: '对个人的评分和排名', en: 'scores and ranks of persons' },
  elsewhere: { zh: '在其他网站和应用中的行为', en: 'what one does on other sites and in other programs' },
} as const satisfies Record<string, Text>;
