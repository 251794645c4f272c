// What stands in the navigation: four places on a phone, more on a wide screen (page.md §3).
import { dictionary } from '../words/dictionary.ts';
import { mayOpen } from './places.ts';
import type { Me } from '../context/me.ts';

export const NAV_WORDS = dictionary(
  {
    main: '主导航',
    owe: '任务',
    collect: '下级报送',
    review: '审核',
    decide: '待批复',
    board: '看板',
    look: '一屏看',
    received: '收到的上报',
    compose: '新建交办件',
    slips: '督办单',
    notices: '消息',
    search: '搜索',
    admin: '管理',
    audit: '审计',
    forms: '表单库',
    me: '我的',
    skip: '跳到正文',
    largeText: '大字',
  },
  {
    main: 'Main',
    owe: 'Tasks',
    collect: 'Owed to me',
    review: 'Review',
    decide: 'To decide',
    board: 'Board',
    look: 'At a glance',
    received: 'Received',
    compose: 'New directive',
    slips: 'Slips',
    notices: 'Notices',
    search: 'Search',
    admin: 'Administration',
    audit: 'Audit',
    forms: 'Forms',
    me: 'Me',
    skip: 'Skip to the content',
    largeText: 'Large text',
  },
);

export type NavItem = { word: keyof (typeof NAV_WORDS)['zh']; to: string; isWideOnly: boolean };

const ALL: readonly NavItem[] = [
  { word: 'owe', to: '/owe', isWideOnly: false },
  { word: 'review', to: '/review', isWideOnly: false },
  { word: 'board', to: '/board', isWideOnly: false },
  { word: 'received', to: '/received', isWideOnly: false },
  { word: 'collect', to: '/collect', isWideOnly: false },
  { word: 'decide', to: '/decide', isWideOnly: true },
  { word: 'look', to: '/look', isWideOnly: true },
  { word: 'compose', to: '/compose', isWideOnly: true },
  { word: 'forms', to: '/forms', isWideOnly: true },
  { word: 'slips', to: '/slips', isWideOnly: true },
  { word: 'notices', to: '/notices', isWideOnly: true },
  { word: 'search', to: '/search', isWideOnly: true },
  { word: 'audit', to: '/audit', isWideOnly: true },
  { word: 'admin', to: '/admin/units', isWideOnly: true },
  { word: 'me', to: '/me', isWideOnly: false },
];

/** A phone's bar has room for so many. */
const ON_PHONE = 4;

/** The places this person may open; on a phone the first three of them, and their own. */
export function navigationOf(me: Me): NavItem[] {
  const open = ALL.filter(({ to }) => mayOpen(me, to));
  const narrow = open.filter(({ isWideOnly, to }) => !isWideOnly && to !== '/me').slice(0, ON_PHONE - 1);
  return open.map((item) => ({ ...item, isWideOnly: item.to !== '/me' && !narrow.includes(item) }));
}
