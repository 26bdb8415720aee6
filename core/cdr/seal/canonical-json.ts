/**
 * Writes a value as JSON in the one way in which it is hashed (compare RFC 8785): no blanks, object keys in the order
 * of their UTF-16 code units, properties that are `undefined` left out.
 * Numbers, in ECMAScript's shortest form: whole ones, and others of at most 15 significant digits, which a double holds
 * as they were written; anything finer belongs in a decimal string. Other numbers, bigints and functions are bugs and
 * throw.
 */
export const canonicalJson = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      return canonicalNumber(value);
    case 'object':
      return canonicalObject(value);
    default:
      throw new Error(`not a value of canonical JSON: ${typeof value}`);
  }
};

const canonicalObject = (value: object | null): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
};

const canonicalNumber = (value: number): string => {
  const isExact = Number.isInteger(value) || Number(value.toPrecision(15)) === value;
  if (!(Number.isFinite(value) && isExact)) {
    throw new Error(`not an exact number of canonical JSON: ${value}`);
  }
  return JSON.stringify(value);
};
