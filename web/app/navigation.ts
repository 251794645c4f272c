// What stands in the navigation: four places on a phone, more on a wide screen (page.md §3).
import { dictionary } from '../words/dictionary.ts';
import { isOffice, mayOpen } from './places.ts';
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

const hasNode = (me: Me): boolean =>
  me.roles.some(({ place, role }) => place !== null && (role === 'leader' || role.startsWith('liaison')));

/** On a phone: tasks, review, the overview of the role, me. */
export function navigationOf(me: Me): NavItem[] {
  const all: (NavItem | null)[] = [
    { word: 'owe', to: '/owe', isWideOnly: false },
    hasNode(me) || isOffice(me) ? { word: 'review', to: '/review', isWideOnly: false } : null,
    mayOpen(me, '/board')
      ? { word: 'board', to: '/board', isWideOnly: false }
      : mayOpen(me, '/received')
        ? { word: 'received', to: '/received', isWideOnly: false }
        : { word: 'collect', to: '/collect', isWideOnly: false },
    mayOpen(me, '/board') ? { word: 'collect', to: '/collect', isWideOnly: true } : null,
    { word: 'decide', to: '/decide', isWideOnly: true },
    mayOpen(me, '/look') ? { word: 'look', to: '/look', isWideOnly: true } : null,
    mayOpen(me, '/compose') ? { word: 'compose', to: '/compose', isWideOnly: true } : null,
    mayOpen(me, '/forms') ? { word: 'forms', to: '/forms', isWideOnly: true } : null,
    { word: 'slips', to: '/slips', isWideOnly: true },
    { word: 'notices', to: '/notices', isWideOnly: true },
    mayOpen(me, '/audit') ? { word: 'audit', to: '/audit', isWideOnly: true } : null,
    mayOpen(me, '/admin/units') ? { word: 'admin', to: '/admin/units', isWideOnly: true } : null,
    { word: 'me', to: '/me', isWideOnly: false },
  ];
  return all.filter((item) => item !== null);
}
