// Judging a report against its form: types, limits, and the rules in CEL, compiled once and run for each report.
import { Environment, ParseError } from '@marcbachmann/cel-js';
import type { Fault } from '../failure.ts';
import type { Form, Rule } from './field.ts';
import { isNumeric } from './field-kind.ts';
import type { CheckedField, ReportTakenIn } from './intake.ts';
import { checkedField, takeInReport } from './intake.ts';
import type { CompiledCheck } from './rule.ts';
import { compileCheck, type Expression } from './rule.ts';
import type { Frame } from './rule/rule-node.ts';
import { fieldsRead, namesOf } from './rule/rule-scope.ts';
import { MAX_STEPS, TooCostly, Uncompilable, Undecided } from './rule/rule-node.ts';
import type { Json, Row } from './value.ts';

export type { Json, Row };

/** A reporter's input, shaped by the envelope's schema; nothing inside `values` and `rows` is trusted. */
export type ReportContent = {
  values: Record<string, unknown>;
  rows?: Record<string, unknown>;
  attachments?: string[];
  explanations?: Record<string, string>;
  zeroReport?: boolean;
};

/** The last approved value of each field key; a missing key is null. */
export type Last = Record<string, number | string | boolean | null>;

export type CompiledForm = {
  form: Form;
  fields: ReadonlyMap<string, CheckedField>;
  /** `fields`: the keys the rule reads, for the message about it. */
  rules: readonly { rule: Rule; check: CompiledCheck; fields: readonly string[] }[];
  alerts: readonly { field: string; check: CompiledCheck }[];
};

export type Judgement = {
  faults: Fault[];
  warnings: Fault[];
  /** Normalised: the accepted values. Empty values are left out, an absent table is an empty list. */
  values: Record<string, Json>;
  rows: Record<string, Row[]>;
};

/**
 * Only the parser of cel-js is used. Its evaluator has two types of number that do not meet, compares decimals bit by
 * bit, lets an error vanish behind `||`, and has no limit on work; rule.ts has none of these.
 */
const parser = new Environment({
  limits: { maxAstNodes: 400, maxDepth: 24, maxListElements: 100, maxMapEntries: 0, maxCallArguments: 3 },
});

/** The expression of a check; null where it cannot be read. */
export function parsedCheck(check: string): Expression | null {
  try {
    return parser.parse(check).ast;
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

/** Compiles a form once. A rule or `alertIf` that does not compile is left out and reported at its path. */
export function compileForm(form: Form, path: string): { compiled: CompiledForm; faults: Fault[] } {
  const faults: Fault[] = [];
  const names = namesOf(form.fields);
  const compiledOf = (check: string, at: string): CompiledCheck | null => {
    try {
      return compileCheck(parser.parse(check).ast, names);
    } catch (error) {
      if (!(error instanceof Uncompilable) && !(error instanceof ParseError)) throw error;
      const reason = error instanceof ParseError ? error.summary : error.message;
      const fields = error instanceof Uncompilable ? error.fields : [];
      const about = fields.length === 0 ? {} : { fields };
      faults.push({ path: at, code: 'RULE_DOES_NOT_COMPILE', params: { reason }, ...about });
      return null;
    }
  };
  const rules = form.rules.flatMap((rule, at) => {
    const check = compiledOf(rule.check, `${path}.rules[${at}].check`);
    return check ? [{ rule, check, fields: fieldsRead(check.reads) }] : [];
  });
  const alerts = form.fields.flatMap(({ key, alertIf }, at) => {
    const check = alertIf === undefined ? null : compiledOf(alertIf, `${path}.fields[${at}].alertIf`);
    return check ? [{ field: key, check }] : [];
  });
  const fields = new Map(form.fields.map((field) => [field.key, checkedField(field)]));
  return { compiled: { form, fields, rules, alerts }, faults };
}

const compiled = new WeakMap<Form, CompiledForm>();

/** An accepted form, compiled once and kept as long as the form object is in use. */
export function compiledOf(form: Form): CompiledForm {
  const known = compiled.get(form);
  if (known) return known;
  const made = compileForm(form, 'form').compiled;
  compiled.set(form, made);
  return made;
}

/** The field keys whose last approved value some rule reads; a zero report also needs that of its snapshots. */
export function needsLast({ rules, form }: CompiledForm, zeroReport = false): string[] {
  const keys = new Set(rules.flatMap(({ check }) => [...check.reads.last]));
  if (zeroReport) for (const field of form.fields) if (field.timeAxis === 'snapshot') keys.add(field.key);
  return [...keys].sort();
}

/**
 * The numbers of a zero report: flows 0, snapshots as last approved, else 0. A number without a time axis (a rate, a
 * score) says nothing of a period in which nothing happened, and a 0 for it would spoil every mean: it stays empty.
 */
export function zeroValues(form: Form, last: Last): Record<string, number> {
  const values: Record<string, number> = {};
  for (const { key, type, timeAxis } of form.fields) {
    if (!isNumeric(type) || timeAxis === undefined) continue;
    const before = timeAxis === 'snapshot' && Object.hasOwn(last, key) ? last[key] : 0;
    values[key] = typeof before === 'number' ? before : 0;
  }
  return values;
}

/**
 * Judges a report. Types and limits first; a rule that reads a field at fault is not run. Then the rules: `block` before
 * `explain`. A rule that reads something empty is skipped. One without an answer (division by zero, a row that is not
 * there) never stops a report, because a reporter cannot mend the rule: it is a `RULE_UNDECIDED` warning. One that
 * takes more work than a report is given has not been kept to: what it would block or have explained is refused. Of a zero report the numbers not given are `zeroValues`, all else is empty. No input of a user makes it throw.
 */
export function judgeReport(compiled: CompiledForm, content: ReportContent, last: Last): Judgement {
  const isZero = content.zeroReport === true;
  const given = isZero ? { ...zeroValues(compiled.form, last), ...content.values } : content.values;
  const intake = takeInReport(compiled.fields, given, content.rows ?? {}, isZero);
  const found = runRules(compiled, intake, content.explanations ?? {}, last);
  return {
    faults: [...intake.faults, ...found.block, ...found.explain],
    warnings: found.warn,
    values: intake.values,
    rows: intake.rows,
  };
}

function runRules(
  { rules }: CompiledForm,
  { slots, wrong }: ReportTakenIn,
  explanations: Record<string, string>,
  last: Last,
): Record<Rule['severity'], Fault[]> {
  const found: Record<Rule['severity'], Fault[]> = { block: [], explain: [], warn: [] };
  const frame: Frame = { values: slots, last, locals: [], steps: MAX_STEPS };
  for (const { rule, check, fields } of rules) {
    if (wrong.size > 0 && [...check.reads.fields].some((key) => wrong.has(key))) continue;
    const outcome = outcomeOf(check, frame);
    const path = `rules.${rule.key}`;
    if (outcome instanceof TooCostly) {
      found[rule.severity].push({ path, code: 'RULE_TOO_COSTLY', params: { rule: rule.message }, fields });
    } else if (outcome instanceof Undecided) {
      found.warn.push({ path, code: 'RULE_UNDECIDED', params: { reason: outcome.message }, fields });
    }
    if (outcome !== false) continue;
    if (rule.severity !== 'explain') {
      found[rule.severity].push({ path, code: 'RULE_BROKEN', text: rule.message, fields });
    } else if (!isExplained(explanations, rule.key)) {
      found.explain.push({
        path: `explanations.${rule.key}`,
        code: 'EXPLANATION_REQUIRED',
        text: rule.message,
        fields,
      });
    }
  }
  return found;
}

function outcomeOf(check: CompiledCheck, frame: Frame): boolean | null | Undecided {
  try {
    return check.holds(frame);
  } catch (error) {
    if (error instanceof Undecided) return error;
    throw error;
  }
}

const isExplained = (explanations: Record<string, string>, key: string): boolean =>
  Object.hasOwn(explanations, key) &&
  typeof explanations[key] === 'string' &&
  explanations[key].trim() !== '';
