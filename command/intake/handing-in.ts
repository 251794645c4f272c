// Handing commands in at the door: each prepared with all the door needs, read again where it was misread.
import type { JudgedCommand } from '../judge.ts';
import type { Named } from '../../reading/opening.ts';
import type { About, HandingIn, Prepared } from './handed-in.ts';
import { createIntake, type IntakeDeps } from './intake.ts';
import { refusing } from '../../domain/refusal-thrown.ts';
import { createHeads } from '../../reading/heads.ts';
import type { CommandDoor } from '../batch.ts';

/** An assignment hands parts out once, and never takes them back: a second reading finds it as the node it has become. */
const MAX_READINGS = 3;

/** One a process: the heads it remembers of assignments must be forgotten in one place. */
export function createHandingIn(deps: IntakeDeps & { commands: CommandDoor }): HandingIn {
  const heads = createHeads(deps.pool);
  const intake = createIntake(deps);

  async function prepare({ directive, id }: Named, about: About): Promise<Prepared> {
    const head = await heads.find(directive, id);
    if (!head) throw refusing('NOT_FOUND');
    return { posted: await intake.post({ ...about, head }), about };
  }

  return {
    prepare,
    async handIn({ posted, about }) {
      let outcome: JudgedCommand = await deps.commands.submit(posted);
      for (let reading = 1; outcome.is === 'stale'; reading += 1) {
        // Answered, it would look as if it had been done.
        if (reading > MAX_READINGS) throw new Error(`${posted.assignment} is read as what it is not`);
        // It has handed parts out since it was last seen here.
        heads.forget(posted.assignment);
        const again = await prepare({ directive: posted.directive, id: posted.assignment }, about);
        outcome = await deps.commands.submit(again.posted);
      }
      return outcome;
    },
  };
}
