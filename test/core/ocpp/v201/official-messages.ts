import { createRequire } from 'node:module';
import ajvModule from 'ajv';
import formatsModule from 'ajv-formats';
import fc from 'fast-check';

/** The part of JSON Schema that the official schemas of OCPP 2.0.1 and 2.1 use. */
export type Schema = {
  readonly $id?: string;
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, Schema>>;
};

type Version = 'ocpp2.0.1' | 'ocpp2.1';

const load = createRequire(import.meta.url);
const schemas = {
  'ocpp2.0.1': load('ocpp-rpc/lib/schemas/ocpp2_0_1.json') as readonly Schema[],
  'ocpp2.1': load('ocpp-rpc/lib/schemas/ocpp2_1.json') as readonly Schema[],
};

const endings = {
  'ocpp2.0.1': { request: '.req', response: '.conf' },
  'ocpp2.1': { request: 'Request', response: 'Response' },
} as const;

/** The official schema of a request or of the answer to it. */
export const officialSchema = (
  version: Version,
  action: string,
  direction: 'request' | 'response',
): Schema => {
  const id = `urn:${action}${endings[version][direction]}`;
  // A message that nobody answers has one schema, of its own name.
  const names = direction === 'request' ? [id, `urn:${action}`] : [id];
  const found = schemas[version].find(({ $id = '' }) => names.includes($id));
  if (found === undefined) throw new Error(`no official schema ${id}`);
  return found;
};

const compiled = new Map<string, (payload: unknown) => boolean>();

/** Checks a message by the official schema itself, not by the code that was made from it. */
export const isOfficial = (
  version: Version,
  action: string,
  direction: 'request' | 'response',
  payload: unknown,
): boolean => {
  const name = `${version} ${action} ${direction}`;
  const known = compiled.get(name);
  if (known !== undefined) return known(payload);
  const ajv = new ajvModule.default({ strict: false, multipleOfPrecision: 6 });
  formatsModule.default(ajv);
  const { $id: _id, ...schema } = officialSchema(version, action, direction);
  const validate = ajv.compile(schema);
  const check = (one: unknown): boolean => validate(one) === true;
  compiled.set(name, check);
  return check(payload);
};

/** Any message that the official schema allows. */
export const arbitraryMessage = (
  version: Version,
  action: string,
  direction: 'request' | 'response',
): fc.Arbitrary<Record<string, unknown>> => {
  const schema = officialSchema(version, action, direction);
  return arbitrary(schema, schema, 0) as fc.Arbitrary<Record<string, unknown>>;
};

const timestamps = fc
  .date({ min: new Date(0), max: new Date('2099-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const arbitrary = (schema: Schema, root: Schema, depth: number): fc.Arbitrary<unknown> => {
  if (schema.$ref !== undefined) {
    const definition = root.definitions?.[schema.$ref.split('/').at(-1) ?? ''] ?? {};
    return arbitrary(definition, root, depth);
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.format === 'date-time') return timestamps;
  const { minimum = 0, maximum = 100_000 } = schema;
  switch (schema.type) {
    case 'string':
      return fc.string({ maxLength: Math.min(schema.maxLength ?? 20, 20) });
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.integer({ min: minimum, max: maximum });
    case 'array': {
      const minLength = schema.minItems ?? 0;
      return fc.array(arbitrary(schema.items ?? {}, root, depth + 1), {
        minLength,
        maxLength: Math.max(minLength, Math.min(schema.maxItems ?? 2, 2)),
      });
    }
    default:
      return arbitraryObject(schema, root, depth);
  }
};

const deepest = 6;

const arbitraryObject = (schema: Schema, root: Schema, depth: number): fc.Arbitrary<object> => {
  const required = schema.required ?? [];
  // A vendor's own data is anything; and schemas of energy flows are deep.
  const used = Object.entries(schema.properties ?? {}).filter(
    ([name]) => name !== 'customData' && (depth < deepest || required.includes(name)),
  );
  const properties = used.map(
    ([name, property]) => [name, arbitrary(property, root, depth + 1)] as const,
  );
  return fc
    .record(Object.fromEntries(properties), {
      noNullPrototype: true,
      requiredKeys: required.filter((name) => used.some(([known]) => known === name)),
    })
    .map((object) => ({ ...object }));
};

const resolved = (root: Schema, part: Schema): Schema =>
  part.$ref === undefined ? part : (root.definitions?.[part.$ref.split('/').at(-1) ?? ''] ?? {});

const wordsIn = (root: Schema, part: Schema, name: string): readonly string[] => {
  const target = resolved(root, part);
  const own = name === 'status' || name === 'attributeStatus' ? (target.enum ?? []) : [];
  const ofItems = target.items === undefined ? [] : wordsIn(root, target.items, name);
  const inner = Object.entries(target.properties ?? {}).filter(([key]) => key !== 'customData');
  return [...own, ...ofItems, ...inner.flatMap(([key, property]) => wordsIn(root, property, key))];
};

/** The words that a schema allows for what an answer says of the request or of a part of it. */
export const statusWords = (schema: Schema): readonly string[] => wordsIn(schema, schema, '');
