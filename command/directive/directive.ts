// A directive on its way in and at its end: checked and planned, cancelled or closed by its office.
import type { DirectorySource } from '../../db/directory.ts';
import { askDesks } from '../../db/queries/desk.ts';
import { endDirective } from '../../db/queries/directive.ts';
import { lockDirective, renumberDirective } from '../../db/queries/directive-writing.ts';
import { lockDesks } from '../../db/queries/ledger.ts';
import { findPolicyVersion } from '../../db/queries/policy.ts';
import type { Db, Transaction } from '../../db/pool.ts';
import type { Actor } from '../../domain/access/relation.ts';
import type { Order } from '../../domain/assignment/order.ts';
import type { DirectiveRequest, PostedDirective } from '../../domain/directive/directive.ts';
import { codesIn, openDispatch, type Opened } from '../../domain/directive/dispatch.ts';
import { faultsOfDocument } from '../../domain/directive/document-task.ts';
import { faultsOfGivenTimes } from '../../domain/directive/given-times.ts';
import { refuse, refuseFaults, type Fault, type Refusal } from '../../domain/failure.ts';
import { faultsOfForm } from '../../domain/form/field-faults.ts';
import { compileForm } from '../../domain/form/form.ts';
import { toIso, toMillis, type Millis } from '../../domain/instant.ts';
import type { Directory } from '../../domain/organisation/organisation.ts';
import { planDirective } from '../../domain/directive/plan.ts';
import type { Plan } from '../../domain/directive/planned.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { CalendarSource } from '../../reading/calendars.ts';
import { listUnattachable, type Viewer } from '../../reading/gate.ts';
import { resolveForms } from '../form/naming.ts';
import { openLedger } from '../ledger/opening.ts';
import type { Sources } from '../../reading/opening.ts';
import { numberGivenUp } from './numbering.ts';

/** A directive checked and planned; nothing is stored yet. */
export type PreparedDirective = {
  id: string;
  request: DirectiveRequest;
  policy: Policy;
  /** The version of the calendar that the plan was made with. */
  calendarVersion: number;
  office: string;
  receivedAt: Millis;
  plan: Plan;
};

export type PrepareDeps = { directory: DirectorySource; calendars: CalendarSource };

/** All faults of content, each with its place. `person` posts it. */
export async function prepareDirective(
  db: Db,
  deps: PrepareDeps,
  about: {
    id: string;
    person: string;
    request: PostedDirective | DirectiveRequest;
    issuedAt: Millis;
    /** A draft copied from another directive: its due times may have passed. */
    isCopied?: boolean;
  },
): Promise<PreparedDirective | Refusal> {
  const { id, person, issuedAt, isCopied = false } = about;
  const { request, faults: unknownForms } = await resolveForms(db, about.request);
  const directory = await deps.directory.current(db);
  const faults = [
    ...unknownForms,
    ...formFaults(request),
    ...placeFaults(request, directory),
    ...(await fileFaults(db, request, { directory, person, now: issuedAt })),
  ];
  const policy =
    typeof request.policy === 'string'
      ? (await findPolicyVersion(db, request.policy))?.policy
      : request.policy;
  if (!policy)
    faults.push({
      path: 'policy',
      code: 'UNKNOWN_POLICY',
      params: { value: typeof request.policy === 'string' ? request.policy : '' },
    });
  const current = await deps.calendars.current(db, request.calendar);
  if (!current)
    faults.push({ path: 'calendar', code: 'UNKNOWN_CALENDAR', params: { value: request.calendar } });
  const opened = openDispatch(request, directory, id);
  faults.push(...opened.faults, ...documentFaults(request, opened.items));
  if (faults.length > 0 || !policy || !current) return refuseFaults(faults);

  const offices = officesOfRequest(request, directory);
  const [office] = offices;
  if (office === undefined || offices.size !== 1)
    return refuseFaults([{ path: 'items', code: 'DIFFERENT_OFFICES' }]);

  const far = faultsOfGivenTimes(request, issuedAt, isCopied);
  if (far.length > 0) return refuseTimes(far);
  const receivedAt = request.receivedAt === undefined ? issuedAt : toMillis(request.receivedAt);
  const { plan, faults: timing } = planDirective({
    id,
    items: opened.items,
    due: request.due,
    calendar: current.calendar,
    policy,
    receivedAt,
    issuedAt,
    isCopied,
  });
  if (plan === null) return refuseTimes(timing);
  return {
    id,
    request,
    policy,
    calendarVersion: current.version,
    office: office[0],
    receivedAt,
    plan,
  };
}

/** In a report a figure out of range is one fault among others; in a directive it decides the answer. */
function refuseTimes(faults: Fault[]): Refusal {
  const far = faults.find(({ code }) => code === 'OUT_OF_RANGE');
  return far ? refuse('OUT_OF_RANGE', { params: far.params ?? {}, errors: faults }) : refuseFaults(faults);
}

function formFaults(request: DirectiveRequest): Fault[] {
  return request.items.flatMap(({ form }, i) => {
    if (!form) return [];
    const path = `items[${i}].form`;
    return [...faultsOfForm(form, path), ...compileForm(form, path).faults];
  });
}

function documentFaults(request: DirectiveRequest, opened: readonly Opened[]): Fault[] {
  return request.items.flatMap(({ form, document, zeroReport }, i): Fault[] => {
    const item = opened[i];
    if (!document || !item) return [];
    const receivers = codesIn(item.taskForces);
    const faults = faultsOfDocument(document, receivers, `items[${i}].document`);
    if (form) faults.unshift({ path: `items[${i}].document`, code: 'FORM_OR_DOCUMENT' });
    // Nothing can be written by reporting nothing.
    if (zeroReport) faults.push({ path: `items[${i}].zeroReport`, code: 'ZERO_REPORT_NOT_ALLOWED' });
    return faults;
  });
}

function placeFaults(request: DirectiveRequest, directory: Directory): Fault[] {
  const { superior } = request;
  if (superior === undefined || directory.units.has(superior)) return [];
  return [{ path: 'superior', code: 'UNKNOWN_UNIT', params: { value: superior } }];
}

async function fileFaults(db: Db, request: DirectiveRequest, viewer: Viewer): Promise<Fault[]> {
  const named = filesOf(request);
  if (named.length === 0) return [];
  const unknown = await listUnattachable(
    db,
    viewer,
    named.map(({ file }) => file),
  );
  return named
    .filter(({ file }) => unknown.has(file))
    .map(({ file, path }): Fault => ({ path, code: 'UNKNOWN_FILE', params: { value: file } }));
}

/** The files it names itself, each with its place. */
export function filesOf(request: DirectiveRequest): { file: string; path: string }[] {
  return [
    ...request.attachments.map((file, a) => ({ file, path: `attachments[${a}]` })),
    ...request.items.flatMap((item, i) =>
      item.attachments.map((file, a) => ({ file, path: `items[${i}].attachments[${a}]` })),
    ),
  ];
}

/** The offices of the task forces named. */
function officesOfRequest(request: DirectiveRequest, directory: Directory): Map<string, true> {
  const offices = new Map<string, true>();
  for (const item of request.items) {
    for (const { taskForce } of item.dispatch) {
      const office = directory.taskForces.get(taskForce)?.office;
      if (office !== undefined) offices.set(office, true);
    }
  }
  return offices;
}

/**
 * Cancels or closes: the phase changes at once, the order goes down with `cascade`. Answers the desks to nudge.
 */
export async function endByOffice(
  tx: Transaction,
  sources: Sources,
  end: {
    id: string;
    kind: 'cancel' | 'close';
    text: string | null;
    actor: Actor;
    receivedMs: Millis;
    command: string;
  },
): Promise<Refusal | { nudges: string[] }> {
  await lockDesks(tx, [end.id]);
  // A draft has no desk to lock: it may be going out, or be changed, at this moment.
  await lockDirective(tx, end.id);
  const ledger = await openLedger(tx, sources, { directives: [end.id], desks: [end.id], assignments: [] });
  const directive = ledger.held.directives.get(end.id);
  const desk = ledger.held.desks.get(end.id);
  if (!directive) return refuse('NOT_FOUND');
  const { phase, orders } = directive.standing;
  if (phase === 'closed') return refuse('DIRECTIVE_CLOSED');
  if (phase === 'cancelled') return refuse('DIRECTIVE_CANCELLED');
  const order: Order = {
    n: orders.length + 1,
    kind: end.kind,
    by: end.actor.person,
    at: toIso(end.receivedMs),
    reason: end.text,
  };
  const ended = end.kind === 'cancel' ? 'cancelled' : 'closed';
  await endDirective(tx, { id: end.id, phase: ended, orders: [...orders, order], at: toIso(end.receivedMs) });
  const number = end.kind === 'cancel' ? await numberGivenUp(tx, directive.terms, end.receivedMs) : null;
  if (number !== null) await renumberDirective(tx, end.id, number);
  // A draft has no desks: nothing of it went out.
  if (!desk) return { nudges: [] };
  const by = {
    actor: end.actor.person,
    token: end.actor.token,
    receivedMs: end.receivedMs,
    command: end.command,
  };
  ledger.appendToDesk(
    desk,
    ended,
    {
      ...(end.text === null ? {} : { [end.kind === 'cancel' ? 'reason' : 'note']: end.text }),
      ...(number === null ? {} : { number, was: directive.terms.number }),
    },
    by,
  );
  await ledger.flush(tx);
  return { nudges: await askDesks(tx, { directive: end.id }) };
}
