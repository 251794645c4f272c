// May this token do that? Asked of every call before anything of it is read; a session has no scopes.
import type { Request } from 'express';
import { isWithin, SCOPE_WORDS, type TokenScope } from '../../domain/access/token-scope.ts';
import { forbidden } from '../errors.ts';

/** 403 for a token without the scope. null: a call that no token may make. */
export function demandScope(req: Request, needed: TokenScope | null): void {
  const scopes = req.signIn?.token?.scopes;
  if (scopes === undefined || isWithin(scopes, needed)) return;
  if (needed === null)
    throw forbidden({ zh: '此操作不能用令牌办理，请登录', en: 'No token may do this; sign in' });
  const { zh, en } = SCOPE_WORDS[needed];
  throw forbidden({
    zh: `此令牌没有“${zh}”权限，不能进行此操作；请用有此权限的令牌，或登录办理`,
    en: `This token lacks the scope ${en}; use one that has it, or sign in`,
  });
}
