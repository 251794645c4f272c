// The rules of access that calls share, each with its reason in both languages; api.md §3 is where they come from.
import type { AccessRule } from './access-rule.ts';

export const FOR_ANYBODY: AccessRule = {
  of: 'installation',
  may: ['anybody'],
  why: {
    zh: '登录之前就要用到，或只说系统是否在运行',
    en: 'needed before signing in, or says only that it runs',
  },
};

export const BY_LINK: AccessRule = {
  of: 'installation',
  may: ['anybody'],
  why: {
    zh: '链接只给一人、只用一次：谁能用由链接决定，失去岗位即失效',
    en: 'the link is one person’s and works once: it decides, and ends with the post',
  },
};

export const FOR_THE_SIGNED_IN: AccessRule = {
  of: 'installation',
  may: ['signedIn'],
  why: {
    zh: '组织、日历、策略、表单是大家共用的，登录即可看',
    en: 'organisation, calendars, policies and forms are common to all who sign in',
  },
};

/** Lists, and whatever answers with one's own. */
export const ONE_S_OWN: AccessRule = {
  of: 'installation',
  may: ['signedIn'],
  why: { zh: '只答本人看得到的', en: 'answers only with what the person may see' },
};

export const FOR_THE_POSTED: AccessRule = {
  of: 'installation',
  may: ['posted'],
  why: { zh: '没有任职的人员不能上传文件', en: 'A person without a post uploads no files' },
};

export const FOR_ADMINISTRATORS: AccessRule = {
  of: 'installation',
  may: ['administrator'],
  why: { zh: '仅系统管理员可进行此操作', en: 'Only an administrator may do this' },
};

/** Everybody may know what there is of it, so that 404 comes first. */
export const FOR_ADMINISTRATORS_WHERE_FOUND: AccessRule = { ...FOR_ADMINISTRATORS, afterFound: true };

export const FOR_READERS_OF_ALL: AccessRule = {
  of: 'installation',
  may: ['auditor', 'administrator'],
  why: { zh: '仅审计员和系统管理员可以查看', en: 'Only auditors and administrators may read this' },
};

export const FOR_OFFICE_STAFF: AccessRule = {
  of: 'installation',
  may: ['staff', 'auditor', 'administrator'],
  why: {
    zh: '整个组织连同联系方式只给办公室、审计员和系统管理员',
    en: 'the whole organisation with its contacts is for offices, auditors and administrators',
  },
};

export const FOR_KEEPERS: AccessRule = {
  of: 'installation',
  may: ['officer', 'administrator'],
  why: {
    zh: '仅办公室人员和系统管理员可进行此操作',
    en: 'Only an office’s people and administrators may do this',
  },
};

export const FOR_KEEPERS_WHERE_FOUND: AccessRule = { ...FOR_KEEPERS, afterFound: true };

export const FOR_ITS_KEEPERS: AccessRule = {
  of: 'kept',
  may: ['office', 'administrator'],
  why: {
    zh: '办公室的表单和模板由该办公室续改；系统的由任一办公室续改',
    en: 'an office goes on with its own forms and templates, every office with those of the installation',
  },
};

export const BY_AN_OFFICE: AccessRule = {
  of: 'kept',
  may: ['office'],
  why: {
    zh: '交办件只由有关专班所属的办公室发出',
    en: 'only the office of the task forces named hands a directive out',
  },
};

export const OF_THE_OWNER: AccessRule = {
  of: 'person',
  may: ['self'],
  knows: [],
  why: { zh: '只属于本人，别人连有没有都不知道', en: 'one’s own; others are not even told that it is there' },
};

export const OF_THE_OWNER_OR_ADMINISTRATOR: AccessRule = {
  of: 'person',
  may: ['self', 'administrator'],
  knows: [],
  why: {
    zh: '本人的令牌由本人或系统管理员收回，别人连有没有都不知道',
    en: 'a token is revoked by its person or an administrator; others are not told that it is there',
  },
};

export const OF_THE_PERSON: AccessRule = {
  of: 'person',
  may: ['self', 'administrator'],
  why: { zh: '由本人或系统管理员办理', en: 'The person, or an administrator, may do this' },
};

export const OF_THE_PERSON_TO_READ: AccessRule = {
  of: 'person',
  may: ['self', 'auditor', 'administrator'],
  why: {
    zh: '别人收到了什么，仅审计员和系统管理员可以查看',
    en: 'What went to others only auditors and administrators may read',
  },
};

export const NOTICE_SEEN: AccessRule = {
  of: 'directive',
  may: ['office', 'auditor', 'administrator', 'part', 'superior'],
  knows: [],
  why: {
    zh: '办公室、看得到其中任务的人、上报后的上级、审计员和系统管理员；别人不知道有此件',
    en: 'its office, who sees a part of it, the superior it was handed up to, auditors, administrators; to others it is not there',
  },
};

export const TREE_SEEN: AccessRule = {
  of: 'directive',
  may: ['office', 'auditor', 'administrator', 'part'],
  knows: [],
  why: {
    zh: '上级只看上报给它的，看不到下面的过程',
    en: 'the superior reads what was handed up, and nothing of the tree',
  },
};

export const WHOLE_READ: AccessRule = {
  of: 'directive',
  may: ['office', 'auditor', 'administrator'],
  knows: ['part'],
  why: {
    zh: '全件的汇总只给办公室、审计员和系统管理员',
    en: 'figures of the whole are for its office, auditors and administrators',
  },
};

export const HAND_UPS_READ: AccessRule = {
  of: 'directive',
  may: ['office', 'auditor', 'administrator', 'superior'],
  knows: [],
  why: {
    zh: '上报的内容是办公室和上级之间的',
    en: 'what was handed up is between the office and its superior',
  },
};

export const OF_ITS_OFFICE: AccessRule = {
  of: 'directive',
  may: ['office'],
  knows: ['auditor', 'administrator', 'part', 'superior'],
  why: {
    zh: '交办件只由发出它的办公室变动；系统管理员只有在该办公室任职才可以',
    en: 'only its own office acts on a directive; an administrator only with a post there',
  },
};

export const OF_THE_DRAFT_S_OFFICE: AccessRule = {
  of: 'draft',
  may: ['office'],
  // Once it has been sent out, others see that it is there.
  knows: ['auditor', 'administrator', 'part', 'superior'],
  why: {
    zh: '草稿只有其办公室可以改、可以发',
    en: 'a draft is changed and sent out by its own office only',
  },
};

export const ASSIGNMENT_READ: AccessRule = {
  of: 'assignment',
  may: ['sees'],
  knows: [],
  why: {
    zh: '承办单位、上面各级、被请接办的单位、牵头单位、审计员和系统管理员；同级互不可见',
    en: 'its holder, every place above, the place asked to take it over, the lead unit, auditors, administrators; siblings see nothing',
  },
};

export const RESULT_READ: AccessRule = {
  of: 'assignment',
  may: ['sees', 'seesResult'],
  knows: [],
  why: {
    zh: '看得到任务的人，以及获准看其汇总的单位',
    en: 'who sees the assignment, and the places its result is shared with',
  },
};

export const UNAPPROVED_RESULT_READ: AccessRule = {
  of: 'assignment',
  may: ['sees'],
  knows: ['seesResult'],
  why: {
    zh: '共享的只是已审核通过的汇总',
    en: 'only the approved result was shared',
  },
};

export const OF_ITS_HOLDER: AccessRule = {
  of: 'assignment',
  may: ['holder'],
  knows: ['sees'],
  why: { zh: '由承办单位报送', en: 'the holder reports' },
};

export const OF_ITS_HOLDER_ALONE: AccessRule = {
  of: 'assignment',
  may: ['holder'],
  knows: [],
  why: {
    zh: '负责人签字之前，报送只有承办单位自己看得到',
    en: 'before its leader has signed, a report is the holder’s alone',
  },
};

export const OF_ITS_HOLDER_AND_ABOVE: AccessRule = {
  of: 'assignment',
  may: ['holder', 'above'],
  knows: ['sees'],
  why: { zh: '由承办单位和上面各级催办下面', en: 'the holder and every place above it urge those below' },
};

/** Many commands in one request: each is permitted by its own verb. */
export const EACH_BY_ITS_VERB: AccessRule = {
  of: 'installation',
  may: ['signedIn'],
  why: { zh: '逐条按各自的操作判断', en: 'each command is judged by its own verb' },
};

export const FILE_READ: AccessRule = {
  of: 'person',
  may: ['self', 'auditor', 'administrator'],
  knows: [],
  why: {
    zh: '附上之前只属于上传者；附上之后，看得到该件或该任务的人都可以下载',
    en: 'before it is attached it is its uploader’s; afterwards it is read with the notice or report it hangs on',
  },
};
