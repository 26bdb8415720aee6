import type { JsonObject } from '../../template/json-object.ts';

type Test = (line: JsonObject) => boolean;

const words = /"[^"]*"|\$\.\w+|[&|]{2}|[<>!]=|[\w.]+|\S/g;

/**
 * Reads a filter pattern of CloudWatch Logs for lines of JSON, as in `{ ($.a >= 1) && ($.b = "c") }`: comparisons of one field, `&&` and `||`.
 * Undefined for any other form.
 */
export function readFilterPattern(pattern: string): Test | undefined {
  const all = pattern.match(words) ?? [];
  let next = 0;
  const take = (word: string): boolean => {
    if (all[next] !== word) return false;
    next += 1;
    return true;
  };
  const list = (sign: string, part: () => Test | undefined, join: Joined): Test | undefined => {
    const tests = [part()];
    while (take(sign)) tests.push(part());
    const known = tests.filter((test) => test !== undefined);
    return known.length === tests.length ? (line) => join(known, line) : undefined;
  };
  const either = (): Test | undefined =>
    list('||', both, (tests, line) => tests.some((test) => test(line)));
  const both = (): Test | undefined =>
    list('&&', term, (tests, line) => tests.every((test) => test(line)));
  const term = (): Test | undefined => {
    if (take('(')) {
      const inner = either();
      return take(')') ? inner : undefined;
    }
    const [field = '', sign = '', value = ''] = all.slice(next, next + 3);
    next += 3;
    return comparison(field, sign, value);
  };
  if (!take('{')) return undefined;
  const test = either();
  return take('}') && next === all.length ? test : undefined;
}

type Joined = (tests: readonly Test[], line: JsonObject) => boolean;

function comparison(field: string, sign: string, value: string): Test | undefined {
  if (!field.startsWith('$.')) return undefined;
  const of = (line: JsonObject): unknown => line[field.slice(2)];
  if (sign === '=' && value.startsWith('"')) return (line) => of(line) === value.slice(1, -1);
  const number = Number(value);
  if (Number.isNaN(number)) return undefined;
  if (sign === '=') return (line) => of(line) === number;
  if (sign === '>=') return (line) => Number(of(line)) >= number;
  return undefined;
}
