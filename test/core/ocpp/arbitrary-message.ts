import { createRequire } from 'node:module';
import fc from 'fast-check';

/** The part of JSON Schema that the official OCPP 1.6 schemas use. */
type Schema = {
  readonly $id?: string;
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly maxLength?: number;
  readonly format?: string;
  readonly multipleOf?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly definitions?: Readonly<Record<string, Schema>>;
};

const schemas = createRequire(import.meta.url)(
  'ocpp-rpc/lib/schemas/ocpp1_6.json',
) as readonly Schema[];

/** The official OCPP 1.6 schema of a request (`req`) or an answer (`conf`). */
export const officialSchema = (action: string, direction: 'req' | 'conf'): Schema => {
  const found = schemas.find(({ $id }) => $id === `urn:${action}.${direction}`);
  if (found === undefined) throw new Error(`no official schema for ${action}`);
  return found;
};

/** Any message that the official schema of a request allows. */
export const arbitraryRequest = (action: string): fc.Arbitrary<Record<string, unknown>> => {
  const schema = officialSchema(action, 'req');
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

const arbitrary = (schema: Schema, root: Schema): fc.Arbitrary<unknown> => {
  if (schema.$ref !== undefined) {
    return arbitrary(root.definitions?.[schema.$ref.split('/').at(-1) ?? ''] ?? {}, root);
  }
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.format === 'date-time') return timestamps;
  if (schema.type === 'string') return fc.string({ maxLength: schema.maxLength ?? 40 });
  if (schema.type === 'integer') return fc.integer();
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'number') return fc.integer({ min: 0, max: 3_200 }).map((n) => n / 10);
  if (schema.type === 'array')
    return fc.array(arbitrary(schema.items ?? {}, root), { maxLength: 3 });
  return arbitraryObject(schema, root);
};

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
