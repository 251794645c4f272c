// Signing in by a password: the try held up, judged and written down, and a session begun; for the call and the form alike.
import type { Request } from 'express';
import { findAccountByLogin } from '../../db/queries/account.ts';
import { findPerson, type PersonRow } from '../../db/queries/organisation-list.ts';
import { refuse } from '../../domain/failure.ts';
import { RefusalThrown } from '../../domain/refusal-thrown.ts';
import { addressOf, networkFrom } from '../address.ts';
import { Refused } from '../errors.ts';
import type { SecurityLog } from '../../command/security/security-log.ts';
import { beginSession, type BegunSession } from './begin-session.ts';
import type { KnownDevices } from './known-device.ts';
import { originOf } from './origin.ts';
import { checkPassword } from '../../command/account/password.ts';

type SignInByDeps = Parameters<typeof beginSession>[0] & { devices: KnownDevices; security: SecurityLog };

/** `device`: the value of a Set-Cookie header by which this device is known from now on. */
export type SignedInBy = { begun: BegunSession; person: PersonRow; device: string };

/** 401 for a login or a password that is wrong, 429 for one tried too often. */
export async function signInByPassword(
  deps: SignInByDeps,
  req: Request,
  given: { login: string; password: string; cookie: boolean },
): Promise<SignedInBy> {
  const { pool, devices, security } = deps;
  const { login, password, cookie } = given;
  const address = addressOf(req);
  // The log names the person whose login it is, never what was typed: that may be a password in the wrong field.
  const tried: { person: string | null } = { person: null };
  const attempt = { login, network: networkFrom(req), device: await devices.find(req, login), password };
  const account = await checkPassword(pool, attempt, async () => {
    const found = await findAccountByLogin(pool, login);
    tried.person = found?.person ?? null;
    return found;
  }).catch(async (error: unknown) => {
    if (error instanceof RefusalThrown) await security.refused({ ...tried, address, reason: 'throttled' });
    throw error;
  });
  if (account === null) {
    await security.refused({ ...tried, address, reason: tried.person === null ? 'unknown' : 'wrong' });
    throw new Refused(refuse('UNAUTHENTICATED'), {
      detail: { zh: '登录名或密码不正确', en: 'The login or the password is wrong' },
    });
  }
  const person = await findPerson(pool, account.person);
  if (person === null) throw new Error(`account without a person: ${account.person}`);
  const begun = await beginSession(deps, req, account.person, { cookie });
  await security.record({
    ...originOf(req, account.person),
    type: 'signedIn',
    data: { session: begun.id, by: 'password' },
  });
  const device = await devices.remember(req, login);
  return { begun, person, device };
}
