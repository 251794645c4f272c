// A directive issued in an installation of real processes, and waited for.
import { until } from '../installation.ts';
import { directive, type Terms } from '../play.ts';
import type { ApiProcess, Production } from './production.ts';

/** Issued through `api`, and waits until it has reached every community. */
export async function issued(
  production: Production,
  api: ApiProcess,
  id: string,
  terms: Terms = {},
): Promise<void> {
  const { status, body } = await production.ask(api, 'POST', '/directives', directive(id, terms));
  if (status !== 201) throw new Error(JSON.stringify(body));
  await phaseBecomes(production, api, id, 'open');
}

export async function phaseBecomes(
  production: Production,
  api: ApiProcess,
  id: string,
  phase: string,
): Promise<void> {
  await until(async () => {
    const { body } = await production.ask(api, 'GET', `/directives/${id}`);
    return (body as { phase?: string }).phase === phase;
  }, `${id} is ${phase}`);
}
