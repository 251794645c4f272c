// What a form's rules may cost at worst, by the longest tables and texts a report may have: told when the form is made.
import type { Form } from './field.ts';
import { DEFAULT_FILES, DEFAULT_TEXT_LENGTH, MAX_ROWS } from './field-kind.ts';
import type { Column, Field } from './field.ts';
import { parsedCheck } from './form.ts';
import type { Expression } from './rule.ts';
import { CHARACTERS_A_STEP, MAX_STEPS } from './rule/rule-node.ts';
import { PARTS_A_STEP } from './rule/rule-list.ts';
import { MOVES_A_STEP, patternSize } from './rule/rule-pattern.ts';

export type CostlyRule = {
  /** RULE_MAY_BE_TOO_COSTLY: a report may be refused because the rule cannot be judged within its bounds. */
  code: 'RULE_MAY_BE_TOO_COSTLY';
  path: string;
  /** `rows`: with so many rows in each table all rules of the form are judged for certain. */
  params: { rule: string; rows: number };
};

/** Characters of a whole report: its request has a megabyte. */
const REPORT_CHARACTERS = 1024 * 1024;

/** The largest value an expression can have: `length` of a text in characters, of a list in entries. */
type Extent = { length: number; of?: Extent; columns?: ReadonlyMap<string, Extent> };
const ONE: Extent = { length: 0 };

type Names = ReadonlyMap<string, Extent>;
/** `parts`: the nodes of the expression. */
type Cost = { steps: number; parts: number; extent: Extent };

function extentOf(field: Column | Field, rows: number): Extent {
  const inRow = Math.ceil(REPORT_CHARACTERS / Math.max(1, rows));
  const text = (length: number): Extent => ({ length: Math.min(length, inRow) });
  switch (field.type) {
    case 'text':
      return text(field.maxLength ?? DEFAULT_TEXT_LENGTH);
    case 'choice':
      return text(Math.max(0, ...(field.options ?? []).map(({ length }) => length)));
    case 'contact':
      return { length: 0, columns: new Map([...['name', 'phone']].map((key) => [key, text(200)])) };
    case 'file':
      return { length: ('maxFiles' in field ? field.maxFiles : undefined) ?? DEFAULT_FILES, of: text(100) };
    case 'table': {
      const columns = 'columns' in field ? (field.columns ?? []) : [];
      const row = new Map(columns.map((column) => [column.key, extentOf(column, rows)]));
      return { length: rows, of: { length: 0, columns: row } };
    }
    case 'integer':
    case 'number':
    case 'percent':
    case 'boolean':
    case 'date':
      return ONE;
  }
}

const onText = (length: number): number => 1 + Math.ceil(length / CHARACTERS_A_STEP);
const larger = (a: Extent, b: Extent): Extent => (b.length > a.length || (b.of && !a.of) ? b : a);

function sum(costs: readonly Cost[], more: number, extent: Extent): Cost {
  return {
    steps: costs.reduce((steps, cost) => steps + cost.steps, more),
    parts: costs.reduce((parts, cost) => parts + cost.parts, 1),
    extent,
  };
}

/** Steps as the compiled rule spends them, with every `all` gone through to its end. */
function costOf(expression: Expression, names: Names): Cost {
  const of = (part: Expression): Cost => costOf(part, names);
  switch (expression.op) {
    case 'value': {
      const { args } = expression;
      return sum([], 0, typeof args === 'string' ? { length: args.length } : ONE);
    }
    case 'id':
      return sum([], 0, names.get(expression.args) ?? ONE);
    case '.': {
      const owner = of(expression.args[0]);
      // `last.note` is as long as the note.
      const isLast = expression.args[0].op === 'id' && expression.args[0].args === 'last';
      const extent = isLast ? names.get(expression.args[1]) : owner.extent.columns?.get(expression.args[1]);
      return sum([owner], 0, extent ?? ONE);
    }
    case '[]': {
      const list = of(expression.args[0]);
      return sum([list, of(expression.args[1])], 0, list.extent.of ?? ONE);
    }
    case 'list': {
      const items = expression.args.map(of);
      const widest = items.reduce((extent, item) => larger(extent, item.extent), ONE);
      return sum(items, 0, { length: items.length, of: widest });
    }
    case 'call': {
      const args = expression.args[1].map(of);
      return sum(args, onText(longestOf(args)), ONE);
    }
    case 'rcall':
      return methodCost(expression.args, names);
    case '?:': {
      const [test, yes, no] = expression.args.map(of) as [Cost, Cost, Cost];
      const dearer = yes.steps > no.steps ? yes : no;
      return {
        ...sum([test, dearer], 0, larger(yes.extent, no.extent)),
        parts: 1 + test.parts + yes.parts + no.parts,
      };
    }
    case '!_':
    case '-_':
      return sum([of(expression.args)], 0, ONE);
    case 'map':
    case '.?':
    case '[?]':
      return sum([], 0, ONE);
    default: {
      const [left, right] = expression.args.map(of) as [Cost, Cost];
      return sum([left, right], ...operatorCost(expression.op, left.extent, right.extent));
    }
  }
}

const longestOf = (costs: readonly Cost[]): number =>
  Math.max(0, ...costs.map(({ extent }) => extent.length));

function operatorCost(op: string, left: Extent, right: Extent): [number, Extent] {
  if (op === 'in') return [right.length, ONE];
  if (op === '+') {
    const length = left.length + right.length;
    const of = left.of ?? right.of;
    return [of ? length : onText(length), { length, ...(of ? { of } : {}) }];
  }
  return [left.of || right.of ? Math.max(left.length, right.length) : 0, ONE];
}

function methodCost([name, owner, args]: [string, Expression, Expression[]], names: Names): Cost {
  const list = costOf(owner, names);
  const [first, ...rest] = args;
  if (first?.op === 'id' && rest.length > 0) {
    const inner = new Map([...names, [first.args, list.extent.of ?? ONE]]);
    const parts = rest.map((part) => costOf(part, inner));
    const each = sum(parts, 0, ONE);
    const steps = list.extent.length * (1 + each.parts / PARTS_A_STEP + each.steps);
    const extent = { filter: list.extent, map: { length: list.extent.length, of: parts[0]?.extent ?? ONE } };
    return {
      steps: list.steps + steps,
      parts: list.parts + each.parts,
      extent: name === 'filter' || name === 'map' ? extent[name] : ONE,
    };
  }
  const others = args.map((arg) => costOf(arg, names));
  const { length } = list.extent;
  if (name === 'matches' && first?.op === 'value' && typeof first.args === 'string')
    return sum([list, ...others], 1 + (patternSize(first.args) * (length + 1)) / MOVES_A_STEP, ONE);
  return sum([list, ...others], list.extent.of ? length : onText(length), ONE);
}

type Priced = { path: string; key: string; check: Expression };

function checksOf(form: Form): Priced[] {
  const named = (path: string, key: string, check: string): Priced[] => {
    const expression = parsedCheck(check);
    return expression === null ? [] : [{ path, key, check: expression }];
  };
  return form.rules.flatMap(({ key, check }, at) => named(`rules[${at}].check`, key, check));
}

function pricesOf(form: Form, checks: readonly Priced[], rows: number): number[] {
  const names = new Map(
    form.fields.map((field) => [field.key, extentOf(field, field.type === 'table' ? rows : 1)]),
  );
  return checks.map(({ check }) => costOf(check, names).steps);
}

const total = (prices: readonly number[]): number => prices.reduce((sum, price) => sum + price, 0);

/**
 * The costliest rules, as many as it takes until the others fit into one report at its largest. `at` is where the form
 * stands in the request: `items[0].form.`, or nothing.
 */
export function costlyRules(form: Form, at: string): CostlyRule[] {
  const checks = checksOf(form);
  const prices = pricesOf(form, checks, MAX_ROWS);
  if (total(prices) <= MAX_STEPS) return [];
  let rows = MAX_ROWS;
  while (rows > 1 && total(pricesOf(form, checks, rows)) > MAX_STEPS) rows = Math.floor((rows * 9) / 10);
  const dearest = checks
    .map((check, n) => ({ check, price: prices[n] ?? 0 }))
    .sort((a, b) => b.price - a.price);
  let left = total(prices);
  return dearest.flatMap(({ check: { path, key }, price }): CostlyRule[] => {
    if (left <= MAX_STEPS) return [];
    left -= price;
    return [{ code: 'RULE_MAY_BE_TOO_COSTLY', path: `${at}${path}`, params: { rule: key, rows } }];
  });
}
