import { createRequire } from 'node:module';
import fc from 'fast-check';

/** The part of JSON Schema that the official OCPP schemas use. */
type Schema = {
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
  readonly multipleOf?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, Schema>>;
};

const require = createRequire(import.meta.url);

/** The official schemas of each version. */
const schemas = {
  'ocpp1.6': require('ocpp-rpc/lib/schemas/ocpp1_6.json') as readonly Schema[],
  'ocpp2.0.1': require('ocpp-rpc/lib/schemas/ocpp2_0_1.json') as readonly Schema[],
};

/** A version whose messages can be made up. */
export type MadeUpProtocol = keyof typeof schemas;

/** The official schema of a request (`req`) or an answer (`conf`), of OCPP 1.6 unless told otherwise. */
export const officialSchema = (
  action: string,
  direction: 'req' | 'conf',
  protocol: MadeUpProtocol = 'ocpp1.6',
): Schema => {
  const found = schemas[protocol].find(({ $id }) => $id === `urn:${action}.${direction}`);
  if (found === undefined) throw new Error(`no official schema for ${action}`);
  return found;
};

/** Any message that the official schema of a request allows. */
export const arbitraryRequest = (
  action: string,
  protocol?: MadeUpProtocol,
): fc.Arbitrary<Record<string, unknown>> => {
  const schema = officialSchema(action, 'req', protocol);
  return arbitrary(schema, schema) as fc.Arbitrary<Record<string, unknown>>;
};

/** Any answer that the official schema of a request's answer allows. */
export const arbitraryAnswer = (action: string): fc.Arbitrary<Record<string, unknown>> => {
  const schema = officialSchema(action, 'conf');
  return arbitrary(schema, schema) as fc.Arbitrary<Record<string, unknown>>;
};

const timestamps = fc
  .date({ min: new Date(0), max: new Date('2099-12-31T23:59:59.999Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

const within = ({ minimum, maximum }: Schema) => ({
  ...(minimum === undefined ? {} : { min: minimum }),
  ...(maximum === undefined ? {} : { max: maximum }),
});

const arbitrary = (schema: Schema, root: Schema): fc.Arbitrary<unknown> => {
  if (schema.$ref !== undefined) {
    return arbitrary(root.definitions?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}, root);
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.format === 'date-time') return timestamps;
  if (schema.type === 'string') return fc.string({ maxLength: schema.maxLength ?? 40 });
  if (schema.type === 'integer') return fc.integer(within(schema));
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'number') return fc.integer({ min: 0, max: 3_200 }).map((n) => n / 10);
  if (schema.type === 'array') return arbitraryList(schema, root);
  return arbitraryObject(schema, root);
};

const arbitraryList = ({ items = {}, minItems = 0, maxItems = 3 }: Schema, root: Schema) =>
  fc.array(arbitrary(items, root), { minLength: minItems, maxLength: Math.min(maxItems, 3) });

const arbitraryObject = (schema: Schema, root: Schema): fc.Arbitrary<object> => {
  const properties = Object.entries(schema.properties ?? {}).map(
    ([name, property]) => [name, arbitrary(property, root)] as const,
  );
  return fc
    .record(Object.fromEntries(properties), {
      noNullPrototype: true,
      requiredKeys: [...(schema.required ?? [])],
    })
    .map((object) => ({ ...object }));
};
