// A desk's clockwork: send out, start the desks below, then turn: carry down, merge up, sleep until the earliest clock,
// wake.
import {
  condition,
  continueAsNew,
  isCancellation,
  log,
  ParentClosePolicy,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  startChild,
  TemporalFailure,
  workflowInfo,
} from '@temporalio/workflow';
import type { DeskActivities, DeskBelow, Next } from '../activities/contracts.ts';
import {
  CLOCKWORK,
  deskInput,
  deskWorkflowId,
  nudge,
  searchAttributesOf,
  status,
  type DeskInput,
  type DeskStatus,
} from './messages.ts';

const RETRY = {
  // A held lock or a restarting database is over in seconds; retries more than 10 s apart would be felt as lateness.
  initialInterval: '200 milliseconds',
  backoffCoefficient: 2,
  maximumInterval: '10 seconds',
} as const;

/** Sends up to 2,000 assignments out, with a report after every transaction; tried until it succeeds. */
const { issue } = proxyActivities<Pick<DeskActivities, 'issue'>>({
  startToCloseTimeout: '1 minute',
  // It reports around every transaction, and none lasts over 10 s: after a longer silence its worker is gone.
  heartbeatTimeout: '12 seconds',
  retry: RETRY,
});

/**
 * A turn is short transactions, one after the other. As local activities they share one workflow task; as activities
 * each would be a task of its own with three writes at the server.
 */
const LOCAL = {
  startToCloseTimeout: '1 minute',
  // A longer wait becomes a timer at the server instead of keeping a workflow task open.
  localRetryThreshold: '5 seconds',
} as const;

/** The turn cannot go on without it, so it is tried until it succeeds. */
const { plan } = proxyLocalActivities<Pick<DeskActivities, 'plan'>>({ ...LOCAL, retry: RETRY });

/** They fail separately: after 5 attempts (about 6 s) the turn goes on without, and tries again within a minute. */
const { cascade, rollUp, wake } = proxyLocalActivities<Pick<DeskActivities, 'cascade' | 'rollUp' | 'wake'>>({
  ...LOCAL,
  retry: { ...RETRY, maximumAttempts: 5 },
});

/** Children started in one go: a workflow task stays small, and the server is not flooded. */
const STARTED_AT_ONCE = 50;

export async function turnDesk({ id, issued }: DeskInput): Promise<void> {
  let isNudged = false;
  let turns = 0;
  let next: Next | null = null;
  let lastWake: string | null = null;
  setHandler(nudge, () => {
    isNudged = true;
  });
  setHandler(status, (): DeskStatus => ({
    desk: id,
    turns,
    plannedWake: next?.plannedWake ?? null,
    lastWake,
    counts: next?.counts ?? {},
  }));

  const isNudgedWithin = (delayMs: number | null): Promise<boolean> =>
    delayMs === null ? condition(() => isNudged).then(() => true) : condition(() => isNudged, delayMs);

  if (!issued) await startBelow(await issue(id));
  while (!workflowInfo().continueAsNewSuggested) {
    isNudged = false;
    turns += 1;
    const carried = await attempt('cascade', () => cascade(id));
    if (carried?.ended) return;
    // The database may have been restored behind this run, or its directive issued again: read again what the desk
    // holds.
    if (carried?.issued === false) await startBelow(await issue(id));
    const merged = await attempt('rollUp', () => rollUp(id).then(() => true));
    // The mark is raised only to the value this turn has read, so a later request stays open.
    next = await plan({ desk: id, asked: carried?.asked ?? 0, retry: carried === null || merged === null });
    setCurrentDetails(detailsOf(next));
    if (next.ended) return;
    const { again, due, delayMs } = next;
    const isAsked = again || (await isNudgedWithin(delayMs));
    if (isAsked && !due) continue;
    lastWake = new Date(Date.now()).toISOString();
    await attempt('wake', () => wake(id).then(() => true));
  }
  await continueAsNew<(input: DeskInput) => Promise<void>>(deskInput(id, true));
}

/** null where every attempt failed; the record keeps what is to be done. */
async function attempt<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    // A local activity's failure comes bare, another's wrapped; anything else is a bug and must stall the task.
    if (isCancellation(error) || !(error instanceof TemporalFailure)) throw error;
    log.warn(`${name} failed, again within a minute`, { cause: String(error.cause ?? error) });
    return null;
  }
}

async function startBelow(desks: readonly DeskBelow[]): Promise<void> {
  for (let first = 0; first < desks.length; first += STARTED_AT_ONCE) {
    await Promise.all(desks.slice(first, first + STARTED_AT_ONCE).map(startDesk));
  }
}

/** Abandoned, so that continue-as-new does not end it; found again by its id. */
async function startDesk(desk: DeskBelow): Promise<void> {
  try {
    await startChild(desk.kind, {
      workflowId: deskWorkflowId(desk.id),
      args: [deskInput(desk.id, false)],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      typedSearchAttributes: searchAttributesOf(desk),
      memo: { clockwork: CLOCKWORK },
    });
  } catch (error) {
    // The class itself lives in a package the sandbox does not import.
    const isRunning =
      error instanceof TemporalFailure && error.name === 'WorkflowExecutionAlreadyStartedError';
    if (!isRunning) throw error;
  }
}

const detailsOf = ({ counts, plannedWake }: Next): string =>
  [
    ...Object.entries(counts).map(([phase, count]) => `- ${phase}: ${count}`),
    `- next wake: ${plannedWake ?? 'none'}`,
  ].join('\n');
