// A device in a few words, so that a person knows their own sessions: the program and the system of a user agent.

/** The first that fits; programs that show pages name the browser they are made of as well. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/wxwork/i, 'wecom'],
  [/MicroMessenger/i, 'wechat'],
  [/DingTalk/i, 'dingtalk'],
  [/Lark|Feishu/i, 'feishu'],
  [/Edg(?:e|A|iOS)?\//, 'edge'],
  [/QQBrowser/i, 'qq'],
  [/HuaweiBrowser/i, 'huawei'],
  [/Firefox|FxiOS/, 'firefox'],
  [/Chrome|CriOS/, 'chrome'],
  [/Safari/, 'safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/i, 'harmony'],
  [/Android/, 'android'],
  [/iPad/, 'ipad'],
  [/iPhone/, 'iphone'],
  [/Windows/, 'windows'],
  [/Macintosh/, 'mac'],
  [/Linux/, 'linux'],
];

const WORDS: Readonly<Record<string, { zh: string; en: string }>> = {
  wecom: { zh: '企业微信', en: 'WeCom' },
  wechat: { zh: '微信', en: 'WeChat' },
  dingtalk: { zh: '钉钉', en: 'DingTalk' },
  feishu: { zh: '飞书', en: 'Feishu' },
  edge: { zh: 'Edge 浏览器', en: 'Edge' },
  qq: { zh: 'QQ 浏览器', en: 'QQ Browser' },
  huawei: { zh: '华为浏览器', en: 'Huawei Browser' },
  firefox: { zh: '火狐浏览器', en: 'Firefox' },
  chrome: { zh: '谷歌浏览器', en: 'Chrome' },
  safari: { zh: 'Safari 浏览器', en: 'Safari' },
  harmony: { zh: '鸿蒙', en: 'HarmonyOS' },
  android: { zh: '安卓', en: 'Android' },
  ipad: { zh: '苹果平板', en: 'iPad' },
  iphone: { zh: '苹果手机', en: 'iPhone' },
  windows: { zh: 'Windows 电脑', en: 'Windows' },
  mac: { zh: '苹果电脑', en: 'Mac' },
  linux: { zh: 'Linux 电脑', en: 'Linux' },
};

const UNKNOWN_DEVICE = { zh: '其他程序', en: 'Another program' };

/** What is kept of a user agent: `wechat android`. The rest of it would tell devices apart, which is not needed. */
export function deviceOf(userAgent: string | undefined): string {
  const text = (userAgent ?? '').slice(0, 500);
  return [PROGRAMS, SYSTEMS]
    .flatMap((table) => table.find(([pattern]) => pattern.test(text))?.[1] ?? [])
    .join(' ');
}

/** A session of before has no device: `null`. */
export function deviceWords(device: string | null, language: 'zh' | 'en'): string {
  const known = (device ?? '').split(' ').flatMap((part) => WORDS[part]?.[language] ?? []);
  return known.length === 0 ? UNKNOWN_DEVICE[language] : known.join(' · ');
}
