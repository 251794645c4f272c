// The fault of a request or of a place in its content, and its words.
import { FAILURES } from './failure-list.ts';
import { spokenFailure } from './failure-words.ts';
import { filled } from './filled.ts';

export { FAILURES };

export type FailureCode = keyof typeof FAILURES;
export type Params = Record<string, string | number>;

/**
 * One wrong place in content. `path` as in `values.v_on_duty` or `items[0].dispatch[2].taskForce`. A rule has no field
 * of its own: `fields` are the keys it reads.
 */
export type Fault = {
  path: string;
  code: FailureCode;
  params?: Params;
  text?: string;
  fields?: readonly string[];
};

/** Faults shown of one request: more places than a person reads. An import can have 50,000. */
export const MOST_FAULTS = 1000;

/** A whole request refused; `errors` are its places. Thrown nowhere: deciders return it. */
export type Refusal = {
  code: FailureCode;
  /** The code whose words are used, where those of the code itself are too general. */
  words?: FailureCode;
  params?: Params;
  errors?: Fault[];
};

export const refuse = (code: FailureCode, extra: Omit<Refusal, 'code'> = {}): Refusal => ({ code, ...extra });

export const isRefusal = (value: object): value is Refusal => 'code' in value && !Array.isArray(value);

/** The refusal for content with faults: the code of the first fault that has one of its own in the contract. */
export function refuseFaults(errors: Fault[]): Refusal {
  const named = errors.find((fault) => PROMOTED.has(fault.code));
  return { code: named?.code ?? 'INVALID', ...(named?.params ? { params: named.params } : {}), errors };
}

/** Codes the contract names at the top of the answer; all others are `INVALID` there and themselves at their path. */
const PROMOTED: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'RULE_BROKEN',
  'EXPLANATION_REQUIRED',
  'RULE_TOO_COSTLY',
  'DUE_AFTER_PARENT',
  'DUE_BEFORE_ISSUE',
  'UNKNOWN_UNIT',
  'UNKNOWN_TASK_FORCE',
  'TOO_MANY',
  'TOO_DEEP',
  'NOT_BELOW',
  'CALENDAR_YEAR_UNKNOWN',
  'UNKNOWN_CALENDAR',
]);

/** Nothing is wrong with what was asked: the same will be taken once what stands in its way has passed. */
export const isPassing = ({ code }: Refusal): boolean => FAILURES[code].status === 503;

export type Language = 'zh' | 'en';

/** The name of a code, the same in every case of it (RFC 9457). */
export function titleOf(code: FailureCode, language: Language): string {
  const said: Record<Language, string> & { title?: Record<Language, string> } = FAILURES[code];
  return (said.title ?? said)[language];
}

/** The words of a failure, e.g. `沒有此单位：XX`; a fault's own `text` (a form rule's message) wins. */
export function wordsOf(
  failure: { code: FailureCode; words?: FailureCode; params?: Params; text?: string },
  language: Language,
): string {
  if (failure.text !== undefined) return failure.text;
  const { code, words = code, params = {} } = failure;
  const said = spokenFailure(code, FAILURES[words][language], params, language);
  return filled(said.text, said.params);
}
