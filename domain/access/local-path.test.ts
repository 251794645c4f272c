import { expect, it } from '@jest/globals';
import { isLocalPath, pathInHeader, placeAfterSignIn } from './local-path.ts';

it('takes paths of this installation', () => {
  for (const path of ['/', '/owe', '/d/a-1/table?place=DD&light=red', '/%E5%8A%9E', '/办/1?a=[1]#b'])
    expect(isLocalPath(path)).toBe(true);
});

it('takes nothing that leads a browser elsewhere', () => {
  for (const path of [
    '',
    'owe',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '/\\/evil.example',
    ` //evil.example`,
    `/${'a'.repeat(1_000)}`,
  ])
    expect(isLocalPath(path)).toBe(false);
});

it('writes a path into a header without changing where it leads', () => {
  expect(pathInHeader('/办?a=%20[1]')).toBe('/%E5%8A%9E?a=%20[1]');
});

it('leads to a place of the page after signing in, and to the first one where none is named', () => {
  expect(placeAfterSignIn('/owe?only=returned')).toBe('/owe?only=returned');
  for (const to of [undefined, '', '//evil.example', '/\t/evil.example', '/api/v1/files/1'])
    expect(placeAfterSignIn(to)).toBe('/');
});
