// Promises of the decider about custody: never empty, never passed to the holder itself or a holder above or below, each bad place named.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decided, refusal } from '../../tests/support/decided.ts';
import { EVERY_EVENT } from '../../tests/support/every-event.ts';
import {
  at,
  clocksOf,
  contextOf,
  EVERYBODY,
  happening,
  inStage,
  type Stage,
} from '../../tests/support/sample-assignment.ts';
import type { Assignment } from './assignment.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import type { NamedPlace } from './decision.ts';
import { evolve } from './evolve.ts';
import { isRefusal } from '../failure.ts';
import { toIso } from '../instant.ts';
import type { Place } from '../organisation/organisation.ts';

const named = (place: Place | null, changes: Partial<NamedPlace> = {}): { named: NamedPlace } => ({
  named: { place, known: true, isHolder: false, isAbove: false, isBelow: false, ...changes },
});
const OTHER = named('unit/DD-2');
const TRANSFER: Command = { verb: 'transfer', unit: 'DD-2', reason: 'their field' };
const ACCEPT: Command = { verb: 'accept-transfer' };

/** What may be wrong with a place, by the circumstances it is named in. */
const WRONG: [string, Parameters<typeof decided>[2], string, string][] = [
  ['none', named(null), 'unit', 'REQUIRED'],
  ['an unknown unit', named('unit/XX', { known: false }), 'unit', 'UNKNOWN_UNIT'],
  ['an unknown task force', named('taskForce/TF-X', { known: false }), 'taskForce', 'UNKNOWN_TASK_FORCE'],
  ['the holder itself', named('unit/DD-1', { isHolder: true }), 'unit', 'OWN_HOLDER'],
  ['a holder above', named('unit/DD', { isAbove: true }), 'unit', 'OWN_ANCESTOR'],
  ['the task force above', named('taskForce/TF', { isAbove: true }), 'taskForce', 'OWN_ANCESTOR'],
  ['a holder below', named('unit/DD-1-A', { isBelow: true }), 'unit', 'OWN_ANCESTOR'],
];

describe('a transfer', () => {
  it('names the place and the reason, and changes no custody before it is accepted', () => {
    const events = decided(inStage('acknowledged'), TRANSFER, OTHER);
    expect(events).toEqual([{ type: 'transferRequested', data: { to: 'unit/DD-2', reason: 'their field' } }]);
    expect(inStage('transferring').holder).toBe('unit/DD-1');
  });

  it.each(WRONG)('to %s is refused at its place', (_, changes, path, code) => {
    expect(refusal(inStage('acknowledged'), TRANSFER, changes).errors).toMatchObject([{ path, code }]);
  });

  it('needs a reason, named beside the place', () => {
    const bad = refusal(inStage('acknowledged'), { verb: 'transfer', unit: 'XX' }, WRONG[1]?.[1]);
    expect(bad.code).toBe('UNKNOWN_UNIT');
    expect(bad.errors?.map(({ path }) => path)).toEqual(['unit', 'reason']);
  });

  it('that is accepted passes it on; what was asked of the old holder and its children stay where they are', () => {
    expect(decided(inStage('transferring'), ACCEPT, OTHER)).toEqual([
      { type: 'transferred', data: { from: 'unit/DD-1', to: 'unit/DD-2', reason: 'their field' } },
    ]);
  });

  it.each(WRONG.slice(1))('is judged again when it is accepted: by then to %s', (_, changes, __, code) => {
    expect(refusal(inStage('transferring'), ACCEPT, changes).errors).toMatchObject([{ code }]);
  });

  it('that is declined says why and leaves the holder', () => {
    expect(decided(inStage('transferring'), { verb: 'decline-transfer', reason: 'no' })).toEqual([
      { type: 'transferDeclined', data: { to: 'unit/DD-2', reason: 'no' } },
    ]);
    expect(refusal(inStage('transferring'), { verb: 'decline-transfer' }).errors).toEqual([
      { path: 'reason', code: 'REQUIRED' },
    ]);
  });
});

describe('"not ours"', () => {
  const answer = (more: object): Command => ({ verb: 'decide-decline', accept: true, reason: 'so', ...more });

  it('needs the basis it stands on', () => {
    expect(refusal(inStage('acknowledged'), { verb: 'decline' }).errors).toEqual([
      { path: 'basis', code: 'REQUIRED' },
    ]);
  });

  it('accepted is cancelled, or passes at once to the unit named; refused it stays', () => {
    expect(decided(inStage('declining'), answer({}))).toEqual([
      { type: 'declineDecided', data: { accepted: true, reason: 'so' } },
      { type: 'cancelled', data: { reason: 'so' } },
    ]);
    const clocks = clocksOf({ acknowledgeWithin: 'PT30M' });
    expect(decided(inStage('declining'), answer({ unit: 'DD-2' }), { ...OTHER, clocks })).toEqual([
      { type: 'declineDecided', data: { accepted: true, reason: 'so', to: 'unit/DD-2' } },
      {
        type: 'transferred',
        data: {
          from: 'unit/DD-1',
          to: 'unit/DD-2',
          reason: 'so',
          ruled: true,
          acknowledgeBy: toIso(at('2026-11-23 16:30')),
        },
      },
    ]);
    const patient = clocksOf({ acknowledgeWithin: 'P3D' });
    expect(
      decided(inStage('declining'), answer({ unit: 'DD-2' }), { ...OTHER, clocks: patient }),
    ).toMatchObject([{}, { data: { acknowledgeBy: toIso(inStage('declining').dueAt) } }]);
    expect(decided(inStage('declining'), answer({ accept: false }))).toEqual([
      { type: 'declineDecided', data: { accepted: false, reason: 'so' } },
    ]);
  });

  it.each(WRONG.filter(([, , path]) => path === 'unit'))('is not passed to %s', (_, changes, path, code) => {
    expect(refusal(inStage('declining'), answer({ unit: 'XX' }), changes).errors).toMatchObject([
      { path, code },
    ]);
  });

  it('is answered with a reason, and refused it goes to no other unit', () => {
    expect(
      refusal(inStage('declining'), { verb: 'decide-decline', accept: false, unit: 'DD-2' }, OTHER).errors,
    ).toEqual([
      { path: 'unit', code: 'INVALID' },
      { path: 'reason', code: 'REQUIRED' },
    ]);
  });
});

describe('parts handed out', () => {
  const DECOMPOSE: Command = { verb: 'decompose', receivers: [{ unit: 'DD-1-A' }] };

  it('are named by the units directly below, with how many assignments that makes', () => {
    const parts = { units: ['DD-1-A', 'DD-1-B'], assignments: 5, faults: [] };
    expect(decided(inStage('acknowledged'), DECOMPOSE, { parts })).toEqual([
      { type: 'decomposed', data: { units: ['DD-1-A', 'DD-1-B'], assignments: 5 } },
    ]);
  });

  it('are refused with every fault of theirs, and for being none', () => {
    const faults = [
      { path: 'receivers[0].unit', code: 'UNKNOWN_UNIT' as const, params: { value: 'XX' } },
      { path: 'receivers[1].due', code: 'DUE_AFTER_PARENT' as const },
    ];
    const parts = { units: [], assignments: 0, faults };
    expect(refusal(inStage('acknowledged'), DECOMPOSE, { parts })).toMatchObject({
      code: 'UNKNOWN_UNIT',
      errors: faults,
    });
    for (const none of [null, { units: [], assignments: 0, faults: [] }])
      expect(refusal(inStage('acknowledged'), DECOMPOSE, { parts: none }).errors).toEqual([
        { path: 'receivers', code: 'REQUIRED' },
      ]);
  });
});

describe('a result that is shared', () => {
  const SHARE: Command = { verb: 'share', to: 'DD-2' };

  it.each<Stage>(['issued', 'submitted', 'approved', 'missing'])('is so also while it is %s', (stage) => {
    expect(decided(inStage(stage), SHARE, OTHER)).toEqual([{ type: 'shared', data: { to: 'unit/DD-2' } }]);
  });

  it('is shared with no place twice, nor with a place that sees it anyway', () => {
    const shared = evolve(
      inStage('issued'),
      happening({ type: 'shared', data: { to: 'unit/DD-2' } }, at('2026-11-23 12:00')),
    );
    expect(refusal(shared, SHARE, OTHER)).toEqual({ code: 'ALREADY_SHARED', params: { value: 'DD-2' } });
    for (const who of [{ isHolder: true }, { isAbove: true }])
      expect(refusal(inStage('issued'), SHARE, named('unit/DD', who)).code).toBe('ALREADY_SHARED');
  });

  it('is shared with places that are known, and with fifty at most', () => {
    expect(refusal(inStage('issued'), SHARE, named('unit/XX', { known: false })).errors).toMatchObject([
      { path: 'to', code: 'UNKNOWN_UNIT' },
    ]);
    expect(refusal(inStage('issued'), SHARE, named(null)).errors).toEqual([{ path: 'to', code: 'REQUIRED' }]);
    const full: Assignment = {
      ...inStage('issued'),
      shared: Array.from({ length: 50 }, (_, n): Place => `unit/U${n}`),
    };
    expect(refusal(full, SHARE, OTHER)).toMatchObject({ code: 'TOO_MANY', params: { max: 50 } });
  });
});

describe('law 1: one holder at every moment', () => {
  it('after any events, only a transfer that was asked for changes it, to the place that was asked', () => {
    const commands: Command[] = [
      TRANSFER,
      ACCEPT,
      { verb: 'decline-transfer', reason: 'no' },
      { verb: 'decline', basis: 'no' },
      { verb: 'decide-decline', accept: true, reason: 'so', unit: 'DD-2' },
      { verb: 'submit', values: {} },
      { verb: 'return', reason: 'again' },
      { verb: 'cancel', reason: 'over' },
    ];
    const happened = EVERY_EVENT.filter(({ type }) => type !== 'transferred');
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...commands), fc.constantFrom(...happened)), { maxLength: 30 }),
        (steps) => {
          let a = inStage('issued');
          for (const step of steps) {
            const asked = a.transfer?.to ?? (a.declining === null ? null : 'unit/DD-2');
            const before = a.holder;
            if ('verb' in step) {
              const context = contextOf({
                relation: EVERYBODY,
                ...named('unit/DD-2', { isHolder: before === 'unit/DD-2' }),
              });
              const decision = decide(a, context, step);
              if (!isRefusal(decision))
                for (const event of decision) a = evolve(a, happening(event, context.received, 'P1'));
            } else a = evolve(a, happening(step, at('2026-11-23 15:00'), 'P1'));
            expect(a.holder).not.toBe('');
            if (a.holder !== before) expect(a.holder).toBe(asked);
          }
        },
      ),
    );
  });
});
