// The tests' own hold on answers: an answer that does not fit the contract is found.
import { describe, expect, it } from '@jest/globals';
import { callAt } from '../contract/call-at.ts';
import { demandContract } from '../tests/support/contract-check.ts';

const json = new Headers({ 'content-type': 'application/json; charset=utf-8' });
const unit = { code: 'DD', name: '东大街街道', kind: 'street', parent: null };
const answerOf = (body: unknown, status = 200): { status: number; headers: Headers; body: unknown } => ({
  status,
  headers: json,
  body,
});

describe('callAt', () => {
  it('finds the call behind a path with its parameters filled in', () => {
    expect(callAt('GET', '/api/v1/units/DD?limit=1')?.path).toBe('/units/{code}');
    expect(callAt('PATCH', '/api/v1/units')).toBeNull();
  });
});

describe('demandContract', () => {
  it('takes what fits', () => {
    expect(() => {
      demandContract('GET', '/api/v1/units/DD', answerOf(unit));
    }).not.toThrow();
  });

  it('finds a field the contract does not know', () => {
    const body = { ...unit, colour: 'red' };
    expect(() => {
      demandContract('GET', '/api/v1/units/DD', answerOf(body));
    }).toThrow(/colour/);
  });

  it('finds a field that is missing', () => {
    const { parent: _, ...body } = unit;
    expect(() => {
      demandContract('GET', '/api/v1/units/DD', answerOf(body));
    }).toThrow(/parent/);
  });

  it('finds a status the contract does not know', () => {
    expect(() => {
      demandContract('GET', '/api/v1/units/DD', answerOf(unit, 202));
    }).toThrow(/status/);
  });

  it('holds refusals to the form of a problem', () => {
    const headers = new Headers({ 'content-type': 'application/problem+json' });
    const problem = { status: 404, headers, body: { code: 'NOT_FOUND' } };
    expect(() => {
      demandContract('GET', '/api/v1/units/XX', problem);
    }).toThrow(/requestId/);
  });
});
