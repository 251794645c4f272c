import { expect, it } from '@jest/globals';
import { passwordFault } from './password-fault.ts';

const owner = { id: 'P001', login: 'wangwei', name: '王伟' };
const common = new Set(['password123', 'qwerty', '1q2w3e4r5t']);
const faultOf = (password: string): string | null =>
  passwordFault(password, owner, (each) => common.has(each))?.code ?? null;

it('refuses what is on the list, in whatever case and width', () => {
  for (const password of ['password123', 'PassWord123', 'ｐａｓｓｗｏｒｄ１２３', '1Q2W3E4R5T'])
    expect(faultOf(password)).toBe('PASSWORD_COMMON');
});

it('refuses one that is a common one again and again, or a few characters', () => {
  for (const password of ['qwertyqwerty', 'qwertyqwertyqw', '1111111111', '1212121212', 'abcabcabcabc'])
    expect(faultOf(password)).toBe('PASSWORD_COMMON');
});

it('refuses the person’s own login, id or name with little beside it', () => {
  for (const password of [
    'wangwei2026',
    'WangWei@123',
    'wangweiwangwei',
    'P001-P001-1',
    '王伟王伟王伟王伟12',
  ])
    expect(faultOf(password)).toBe('PASSWORD_NAMED');
});

it('takes what is long enough and neither', () => {
  for (const password of ['chosen-password', 'P001-river-lamp', '三月的雨落在屋檐上啊', 'wangwei likes tea'])
    expect(faultOf(password)).toBeNull();
});
