/** A JSON Schema, as far as objects of OCPI need it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

type Fields = Map<string, { readonly schema: JsonSchema; readonly required: boolean }>;

const scalars: Readonly<Record<string, JsonSchema>> = {
  int: { type: 'integer' },
  number: { type: 'number' },
  bool: { type: 'boolean' },
  time: { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' },
  date: { type: 'string', pattern: '^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$' },
  datetime: {
    type: 'string',
    maxLength: 25,
    pattern: '^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?Z$',
  },
  latitude: { type: 'string', maxLength: 10, pattern: '^-?[0-9]{1,2}\\.[0-9]{5,7}$' },
  longitude: { type: 'string', maxLength: 11, pattern: '^-?[0-9]{1,3}\\.[0-9]{5,7}$' },
  latitude6: { type: 'string', pattern: '^-?[0-9]{1,2}\\.[0-9]{6}$' },
  longitude6: { type: 'string', pattern: '^-?[0-9]{1,3}\\.[0-9]{6}$' },
};

const typeOf = (name: string): JsonSchema => {
  const length = /^s(\d+)$/.exec(name)?.[1];
  if (length !== undefined) return { type: 'string', maxLength: Number(length) };
  return scalars[name] ?? { $ref: `#/definitions/${name}` };
};

const withCardinality = (type: JsonSchema, cardinality: string): JsonSchema => {
  if (cardinality === '*') return { type: 'array', items: type };
  return cardinality === '+' ? { type: 'array', items: type, minItems: 1 } : type;
};

const objectOf = (fields: Fields): JsonSchema => ({
  type: 'object',
  properties: Object.fromEntries([...fields].map(([name, { schema }]) => [name, schema])),
  required: [...fields].filter(([, { required }]) => required).map(([name]) => name),
});

/**
 * Reads the tables of an OCPI text, as in `test/golden/ocpi/2.2.1/schema.txt`, into definitions of JSON Schema. Later
 * texts replace what earlier ones define, and add to an object whose name has a `+` behind it.
 */
export const definitionsOf = (...tables: readonly string[]): JsonSchema => {
  const objects = new Map<string, Fields>();
  const words = new Map<string, JsonSchema>();
  let current: Fields = new Map();
  const define = (name: string, adds: boolean): void => {
    current = (adds ? objects.get(name) : undefined) ?? new Map();
    objects.set(name, current);
  };
  for (const line of tables.join('\n').split('\n')) {
    const [first = '', second = '', third = '', ...rest] = line.trim().split(/\s+/);
    if (first === '' || first.startsWith('#')) continue;
    if (first === 'enum') words.set(second, { enum: [third, ...rest] });
    else if (first === 'open') words.set(second, { type: 'string', minLength: 1 });
    else if (!line.startsWith(' ')) define(first, second === '+');
    else {
      current.set(first, {
        schema: withCardinality(typeOf(second), third),
        required: third === '1' || third === '+',
      });
    }
  }
  return Object.fromEntries([
    ...words,
    ...[...objects].map(([name, fields]): [string, JsonSchema] => [name, objectOf(fields)]),
  ]);
};
