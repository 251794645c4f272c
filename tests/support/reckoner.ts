// Calculates the formulas of a sheet as a spreadsheet does, independently of the product's code: the few functions that
// totals need.
type Value = number | string | boolean | null;
/** A range has rows one below the other; everything else is one value. */
type Result = Value | Value[] | ReckoningError;

/** A spreadsheet's #DIV/0! and similar errors. */
class ReckoningError extends Error {}

export type CellAt = (column: string, row: number) => Value;

export function reckon(formula: string, cellAt: CellAt): Value {
  const parser = new Parser(formula, cellAt);
  const result = parser.all();
  if (result instanceof ReckoningError) throw result;
  return Array.isArray(result) ? (result[0] ?? null) : result;
}

const TOKEN = /\s*(?:("(?:[^"]|"")*")|(\d+(?:\.\d+)?)|([A-Z]+\d+)|([A-Z.]+)(?=\()|(<>|<=|>=|[-+*/(),:<>=]))/y;

class Parser {
  private readonly tokens: string[] = [];
  private at = 0;
  private readonly cellAt: CellAt;

  constructor(formula: string, cellAt: CellAt) {
    this.cellAt = cellAt;
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < formula.length) {
      const from = TOKEN.lastIndex;
      const match = TOKEN.exec(formula);
      if (!match) throw new Error(`cannot read ${formula.slice(from)}`);
      this.tokens.push(match[0].trim());
    }
  }

  all(): Result {
    const result = this.comparison();
    if (this.at < this.tokens.length) throw new Error(`left over: ${this.tokens.slice(this.at).join(' ')}`);
    return result;
  }

  private next(): string {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Error('ends too soon');
    this.at += 1;
    return token;
  }

  private expect(token: string): void {
    const found = this.next();
    if (found !== token) throw new Error(`${token} expected, not ${found}`);
  }

  private comparison(): Result {
    let left = this.sum();
    while (['<>', '<=', '>=', '<', '>', '='].includes(this.tokens[this.at] ?? '')) {
      const sign = this.next();
      left = pairwise(left, this.sum(), (a, b) => compare(a, sign, b));
    }
    return left;
  }

  private sum(): Result {
    let left = this.product();
    while (['+', '-'].includes(this.tokens[this.at] ?? '')) {
      const sign = this.next() === '+' ? 1 : -1;
      left = pairwise(left, this.product(), (a, b) => number(a) + sign * number(b));
    }
    return left;
  }

  private product(): Result {
    let left = this.unary();
    while (['*', '/'].includes(this.tokens[this.at] ?? '')) {
      const isTimes = this.next() === '*';
      left = pairwise(left, this.unary(), (a, b) => (isTimes ? number(a) * number(b) : divided(a, b)));
    }
    return left;
  }

  private unary(): Result {
    if (this.tokens[this.at] !== '-') return this.primary();
    this.next();
    return pairwise(this.unary(), -1, (a, b) => number(a) * number(b));
  }

  private primary(): Result {
    const token = this.next();
    if (token === '(') {
      const inner = this.comparison();
      this.expect(')');
      return inner;
    }
    if (token.startsWith('"')) return token.slice(1, -1).replaceAll('""', '"');
    if (/^\d/.test(token)) return Number(token);
    if (this.tokens[this.at] === '(') return this.call(token);
    const [, column = '', row = ''] = /^([A-Z]+)(\d+)$/.exec(token) ?? [];
    if (this.tokens[this.at] !== ':') return this.cellAt(column, Number(row));
    this.next();
    const [, , last = ''] = /^([A-Z]+)(\d+)$/.exec(this.next()) ?? [];
    return Array.from({ length: Number(last) - Number(row) + 1 }, (_, index) =>
      this.cellAt(column, Number(row) + index),
    );
  }

  private call(name: string): Result {
    this.expect('(');
    const given: Result[] = [this.comparison()];
    while (this.tokens[this.at] === ',') {
      this.next();
      given.push(this.comparison());
    }
    this.expect(')');
    const known = FUNCTIONS[name];
    if (!known) throw new Error(`${name} is not known`);
    if (name === 'IFERROR')
      return given[0] instanceof ReckoningError ? (given[1] ?? null) : (given[0] ?? null);
    // The branch not taken may be an error.
    if (name === 'IF') return truth(one(given[0] ?? null)) ? (given[1] ?? null) : (given[2] ?? null);
    const wrong = given.find((each) => each instanceof ReckoningError);
    if (wrong) return wrong;
    return known(given as (Value | Value[])[]);
  }
}

const list = (value: Value | Value[] | undefined): Value[] =>
  Array.isArray(value) ? value : [value ?? null];
const numbers = (value: Value | Value[] | undefined): number[] =>
  list(value).filter((each) => typeof each === 'number');
const total = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0);
const one = (value: Result): Value => {
  if (value instanceof ReckoningError) throw value;
  return Array.isArray(value) ? (value[0] ?? null) : value;
};
const truth = (value: Value): boolean => value === true || (typeof value === 'number' && value !== 0);
const number = (value: Value): number => {
  if (typeof value === 'string') throw new Error(`${value} is no number`);
  return Number(value ?? 0);
};
const divided = (a: Value, b: Value): number | ReckoningError =>
  number(b) === 0 ? new ReckoningError('#DIV/0!') : number(a) / number(b);

function compare(a: Value, sign: string, b: Value): boolean {
  if (sign === '=') return a === b;
  if (sign === '<>') return a !== b;
  const [x, y] = [number(a), number(b)];
  return sign === '<' ? x < y : sign === '<=' ? x <= y : sign === '>' ? x > y : x >= y;
}

function pairwise(a: Result, b: Result, of: (a: Value, b: Value) => Value | ReckoningError): Result {
  if (a instanceof ReckoningError) return a;
  if (b instanceof ReckoningError) return b;
  if (!Array.isArray(a) && !Array.isArray(b)) return of(a, b);
  const length = Math.max(list(a).length, list(b).length);
  const at = (value: Value | Value[], index: number): Value =>
    Array.isArray(value) ? (value[index] ?? null) : value;
  return Array.from({ length }, (_, index) => {
    const result = of(at(a, index), at(b, index));
    return result instanceof ReckoningError ? null : result;
  });
}

/** An empty cell is no number, and does not equal that word. */
function meets(value: Value, criterion: Value): boolean {
  const [, sign = '=', rest = ''] = /^(<>|<=|>=|<|>|=)?(.*)$/s.exec(String(criterion)) ?? [];
  if (sign === '<>') return value !== rest;
  if (sign === '=') return value === rest;
  return typeof value === 'number' && compare(value, sign, Number(rest));
}

const meeting = (pairs: readonly (Value | Value[])[]): number[] =>
  list(pairs[0]).flatMap((_, index) => {
    for (let at = 0; at < pairs.length; at += 2)
      if (!meets(list(pairs[at])[index] ?? null, one(pairs[at + 1] ?? null))) return [];
    return [index];
  });
const at = (values: Value | Value[] | undefined, places: readonly number[]): number[] =>
  numbers(places.map((place) => list(values)[place] ?? null));

const mean = (all: readonly number[]): Result =>
  all.length === 0 ? new ReckoningError('#DIV/0!') : total(all) / all.length;

const FUNCTIONS: Readonly<Record<string, (given: (Value | Value[])[]) => Result>> = {
  IF: () => null,
  IFERROR: () => null,
  COUNT: ([values]) => numbers(values).length,
  SUM: ([values]) => total(numbers(values)),
  MIN: ([values]) => (numbers(values).length === 0 ? 0 : Math.min(...numbers(values))),
  MAX: ([values]) => (numbers(values).length === 0 ? 0 : Math.max(...numbers(values))),
  AVERAGE: ([values]) => mean(numbers(values)),
  COUNTIF: (given) => meeting(given).length,
  COUNTIFS: (given) => meeting(given).length,
  SUMIF: ([range = null, criterion = null, sums]) => total(at(sums, meeting([range, criterion]))),
  SUMIFS: ([sums, ...pairs]) => total(at(sums, meeting(pairs))),
  AVERAGEIF: ([range = null, criterion = null, sums]) => mean(at(sums, meeting([range, criterion]))),
  SUMPRODUCT: (given) =>
    total(
      list(given[0]).map((_, index) =>
        given.reduce<number>((product, values) => {
          const value = list(values)[index] ?? null;
          // Words count as nothing here.
          return product * (typeof value === 'number' ? value : 0);
        }, 1),
      ),
    ),
  ROUND: ([value, digits]) => {
    const by = 10 ** number(one(digits ?? null));
    const x = number(one(value ?? null));
    return (Math.sign(x) * Math.round(Math.abs(x) * by)) / by;
  },
};
