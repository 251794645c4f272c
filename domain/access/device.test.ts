// Promises of a device's words: a person knows the program and the system, in their own language.
import { describe, expect, it } from '@jest/globals';
import { deviceOf, deviceWords } from './device.ts';

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0';

describe('deviceOf', () => {
  it.each([
    [
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`,
      'chrome windows',
      '谷歌浏览器 · Windows 电脑',
    ],
    [
      `Mozilla/5.0 (Windows NT 10.0) ${CHROME} Safari/537.36 Edg/131.0`,
      'edge windows',
      'Edge 浏览器 · Windows 电脑',
    ],
    [`Mozilla/5.0 (Linux; Android 14) ${CHROME} Mobile MicroMessenger/8.0`, 'wechat android', '微信 · 安卓'],
    [
      `Mozilla/5.0 (Linux; Android 14) ${CHROME} MicroMessenger/7.0 wxwork/4.1`,
      'wecom android',
      '企业微信 · 安卓',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Version/17.0 Mobile Safari/604.1',
      'safari iphone',
      'Safari 浏览器 · 苹果手机',
    ],
    ['curl/8.5.0', '', '其他程序'],
    [undefined, '', '其他程序'],
  ])('of %s keeps “%s”', (agent, kept, words) => {
    expect([deviceOf(agent), deviceWords(deviceOf(agent), 'zh')]).toEqual([kept, words]);
  });

  it('has English words too, and words for a session of before', () => {
    expect(deviceWords('wechat iphone', 'en')).toBe('WeChat · iPhone');
    expect(deviceWords(null, 'en')).toBe('Another program');
  });
});
