import * as z from 'zod';
import { impliedFields } from './implied-fields.ts';

/** A JSON Schema (2020-12), as far as we look into it. */
export type JsonSchema = {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly [keyword: string]: unknown;
};

/** Schemas by the names under which a document refers to them. */
export type NamedSchemas = Readonly<Record<string, JsonSchema>>;

/**
 * Writes a schema as JSON Schema and puts the named schemas in it into `named`. `input`: what is taken; `output`: what is
 * given, to which properties may be added later, so that its readers must not refuse others.
 */
export function describeSchema(
  schema: z.ZodType,
  io: 'input' | 'output',
  named: Record<string, JsonSchema>,
): JsonSchema {
  const { $schema: _, ...written } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (io === 'output' && jsonSchema.additionalProperties === false) {
        delete jsonSchema.additionalProperties;
      }
      const implied = jsonSchema[impliedFields];
      if (!Array.isArray(implied)) return;
      delete jsonSchema[impliedFields];
      const required = jsonSchema.required ?? [];
      jsonSchema.required = required.filter((name) => io === 'output' || !implied.includes(name));
    },
  });
  const text = JSON.stringify(openUnions(written)).replaceAll(
    '"#/$defs/',
    '"#/components/schemas/',
  );
  const {
    $defs = {},
    id: __,
    ...rest
  } = JSON.parse(text) as JsonSchema & {
    readonly $defs?: NamedSchemas;
    readonly id?: string;
  };
  for (const [name, one] of Object.entries($defs)) named[name] = withoutId(one);
  const name = z.globalRegistry.get(schema)?.['id'];
  if (name === undefined) return rest;
  // A schema with a name refers to itself among the definitions.
  named[name] ??= rest;
  return { $ref: `#/components/schemas/${name}` };
}

/** Writes `oneOf` as `anyOf` where a form may leave out what tells it from the others: several may then fit. */
function openUnions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(openUnions);
  if (typeof value !== 'object' || value === null) return value;
  const { oneOf, ...rest } = value as JsonSchema;
  const others = Object.fromEntries(
    Object.entries(rest).map(([key, one]) => [key, openUnions(one)]),
  );
  if (oneOf === undefined) return others;
  return { ...others, [oneOf.every(isTold) ? 'oneOf' : 'anyOf']: oneOf.map(openUnions) };
}

/** Whether a form requires a property with a value of its own. */
const isTold = ({ properties = {}, required = [] }: JsonSchema): boolean =>
  required.some((name) => properties[name]?.const !== undefined);

const withoutId = ({ id: _, ...schema }: JsonSchema): JsonSchema => schema;
