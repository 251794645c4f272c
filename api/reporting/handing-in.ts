// Handing commands in at the door: each prepared with all the door needs, read again once where it was misread.
import type { Outcome, Posted } from '../../command/judge.ts';
import type { Named } from '../../command/ledger/opening.ts';
import type { RouteDeps } from '../deps.ts';
import { refused } from '../errors.ts';
import { createIntake, type Intake } from './intake.ts';

export type About = Omit<Parameters<Intake['post']>[0], 'head'>;
export type Prepared = { posted: Posted; about: About };

export type HandingIn = {
  /** 404 where there is no such assignment. */
  prepare(assignment: Named, about: About): Promise<Prepared>;
  handIn(prepared: Prepared): Promise<Outcome>;
};

export function createHandingIn(deps: RouteDeps): HandingIn {
  const intake = createIntake(deps);

  async function prepare({ directive, id }: Named, about: About): Promise<Prepared> {
    const head = await intake.head(directive, id);
    if (!head) throw refused('NOT_FOUND');
    return { posted: await intake.post({ ...about, head }), about };
  }

  return {
    prepare,
    async handIn({ posted, about }) {
      const outcome = await deps.commands.submit(posted);
      if (!outcome.stale) return outcome;
      // It has handed parts out since it was last seen here.
      intake.forget(posted.assignment);
      const again = await prepare({ directive: posted.directive, id: posted.assignment }, about);
      return deps.commands.submit(again.posted);
    },
  };
}
