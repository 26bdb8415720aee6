/** The values of a metric or an expression, period by period, the latest first; undefined where there is none. */
export type Series = readonly (number | undefined)[];

/** The values that an expression is computed from. */
export type MathInputs = {
  /** Periods that are looked at. */
  readonly periods: number;
  /** Length of a period in seconds. */
  readonly periodSeconds: number;
  /** The values of a metric of the expression, by its id. */
  readonly seriesOf: (id: string) => Series | undefined;
  /** The quota of the account that the usage metric of an id is held against; undefined where nobody knows it. */
  readonly quotaOf: (id: string) => number | undefined;
};

/** Words of an expression: numbers, names, comparisons and single signs. */
const words = /\d+(?:\.\d+)?|\w+|[<>!=]=|\S/g;

/**
 * Computes an expression of CloudWatch's metric math: arithmetic, comparisons, `IF`, `FILL`, `MAX` and `SUM` of a list, `PERIOD`
 * and `SERVICE_QUOTA`. Undefined for any other. A period in which something has no value has none, but for lists, which leave it out.
 */
export function computeMath(expression: string, inputs: MathInputs): Series | undefined {
  try {
    const reader = new MathReader(expression.match(words) ?? [], inputs);
    const series = reader.comparison();
    return reader.isAtEnd() ? series : undefined;
  } catch (error) {
    if (error instanceof UnknownMath) return undefined;
    throw error;
  }
}

class UnknownMath extends Error {}

type Operation = (a: number, b: number) => number;

const comparisons: Readonly<Record<string, Operation>> = {
  '>=': (a, b) => Number(a >= b),
  '>': (a, b) => Number(a > b),
  '<=': (a, b) => Number(a <= b),
  '<': (a, b) => Number(a < b),
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
};
const sums: Readonly<Record<string, Operation>> = { '+': (a, b) => a + b, '-': (a, b) => a - b };
const products: Readonly<Record<string, Operation>> = {
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
};

class MathReader {
  readonly #words: readonly string[];
  readonly #inputs: MathInputs;
  #next = 0;

  constructor(all: readonly string[], inputs: MathInputs) {
    this.#words = all;
    this.#inputs = inputs;
  }

  isAtEnd(): boolean {
    return this.#next === this.#words.length;
  }

  comparison(): Series {
    return this.#chain(comparisons, () =>
      this.#chain(sums, () => this.#chain(products, () => this.#term())),
    );
  }

  #chain(operations: Readonly<Record<string, Operation>>, operand: () => Series): Series {
    let left = operand();
    for (;;) {
      const operation = operations[this.#words[this.#next] ?? ''];
      if (operation === undefined) return left;
      this.#next += 1;
      const right = operand();
      left = left.map((a, n) => both(a, right[n], operation));
    }
  }

  #term(): Series {
    const word = this.#words[this.#next] ?? '';
    this.#next += 1;
    if (word === '(') {
      const inner = this.comparison();
      this.#take(')');
      return inner;
    }
    if (/^\d/.test(word)) return this.#constant(Number(word));
    if (this.#words[this.#next] !== '(') return this.#metric(word);
    this.#next += 1;
    const value = this.#call(word);
    this.#take(')');
    return value;
  }

  #call(name: string): Series {
    switch (name) {
      case 'IF': {
        const [condition, yes, no] = this.#operands();
        return (condition ?? []).map((one, n) =>
          one === undefined ? undefined : (one === 0 ? no : yes)?.[n],
        );
      }
      case 'FILL': {
        const [series = [], filler = []] = this.#operands();
        return series.map((one, n) => one ?? filler[n]);
      }
      case 'MAX':
        return this.#ofList((values) => Math.max(...values));
      case 'SUM':
        return this.#ofList((values) => values.reduce((sum, one) => sum + one, 0));
      case 'PERIOD':
        this.#next += 1;
        return this.#constant(this.#inputs.periodSeconds);
      case 'SERVICE_QUOTA':
        this.#next += 1;
        return this.#constant(this.#inputs.quotaOf(this.#words[this.#next - 1] ?? ''));
      default:
        throw new UnknownMath(name);
    }
  }

  #operands(): readonly Series[] {
    const operands = [this.comparison()];
    while (this.#words[this.#next] === ',') {
      this.#next += 1;
      operands.push(this.comparison());
    }
    return operands;
  }

  #ofList(combine: (values: readonly number[]) => number): Series {
    this.#take('[');
    const list = this.#operands();
    this.#take(']');
    return this.#constant(0).map((_, n) => {
      const values = list.map((one) => one[n]).filter((one) => one !== undefined);
      return values.length === 0 ? undefined : combine(values);
    });
  }

  #metric(id: string): Series {
    const series = this.#inputs.seriesOf(id);
    if (series === undefined) throw new UnknownMath(id);
    return series;
  }

  #constant(value: number | undefined): Series {
    return Array.from({ length: this.#inputs.periods }, () => value);
  }

  #take(word: string): void {
    if (this.#words[this.#next] !== word) throw new UnknownMath(word);
    this.#next += 1;
  }
}

const both = (a: number | undefined, b: number | undefined, operation: Operation) =>
  a === undefined || b === undefined ? undefined : operation(a, b);
