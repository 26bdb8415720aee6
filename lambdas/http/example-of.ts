import type { JsonSchema, NamedSchemas } from './describe-schema.ts';

/** Values that stand for properties in examples, by the names of the properties. */
export type ExampleValues = Readonly<Record<string, unknown>>;

const deepest = 12;

/**
 * An example of what a schema describes: its own examples, else values by the names of its properties, else the least
 * that it takes. Optional properties are shown too; what contains itself ends at the first repetition.
 */
export const exampleOf = (
  schema: JsonSchema,
  schemas: NamedSchemas,
  values: ExampleValues,
): unknown => write({ schemas, values, within: [] }, schema, '');

type Context = {
  readonly schemas: NamedSchemas;
  readonly values: ExampleValues;
  /** The named schemas around. */
  readonly within: readonly string[];
};

function write(context: Context, schema: JsonSchema, name: string): unknown {
  if (schema.$ref !== undefined) {
    const named = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    const within = [...context.within, named];
    return write({ ...context, within }, context.schemas[named] ?? {}, name);
  }
  if (schema.const !== undefined) return schema.const;
  const known = knownOf(context, schema, name);
  if (known !== undefined) return known;
  const [first] = (schema['examples'] as readonly unknown[] | undefined) ?? schema.enum ?? [];
  if (first !== undefined) return first;
  const variant = variantOf(context, schema);
  return variant === undefined ? plain(context, schema, name) : write(context, variant, name);
}

/** A value by the name of a property, in its schema or anywhere, if it is of the type that the property has. */
function knownOf({ values, within }: Context, schema: JsonSchema, name: string): unknown {
  const known = values[`${within.at(-1)}.${name}`] ?? values[name];
  const types = [schema.type ?? (schema.anyOf ?? []).map(({ type }) => type ?? [])].flat(2);
  const type = typeof known === 'number' && !types.includes('number') ? 'integer' : typeof known;
  return schema.enum === undefined && types.includes(type) && type !== 'object' ? known : undefined;
}

/** The first of several forms that is more than null and does not contain itself. */
const variantOf = (context: Context, { anyOf, oneOf }: JsonSchema): JsonSchema | undefined => {
  const variants = anyOf ?? oneOf ?? [];
  return (
    variants.find((one) => one.type !== 'null' && !repeats(context, one)) ??
    variants.find((one) => one.type === 'null') ??
    variants[0]
  );
};

const repeats = ({ within }: Context, schema: JsonSchema): boolean =>
  within.length > deepest ||
  within.some((name) => JSON.stringify(schema).includes(`"#/components/schemas/${name}"`));

function plain(context: Context, schema: JsonSchema, name: string): unknown {
  const [type] = [schema.type ?? []].flat().filter((one) => one !== 'null');
  switch (type) {
    case 'object':
      return object(context, schema, name);
    case 'array':
      return array(context, schema, name);
    case 'string':
      return text(schema, name);
    case 'integer':
    case 'number':
      return number(schema);
    case 'boolean':
      return true;
    default:
      return context.values[name] ?? (schema.type === 'null' ? null : {});
  }
}

function object(context: Context, schema: JsonSchema, name: string): unknown {
  const { properties = {}, required = [] } = schema;
  const shown = Object.entries(properties).filter(
    ([key, one]) => required.includes(key) || !repeats(context, one),
  );
  if (shown.length === 0) return recordExample(context, name);
  return Object.fromEntries(shown.map(([key, one]) => [key, write(context, one, key)]));
}

const recordExample = ({ values }: Context, name: string): unknown =>
  typeof values[name] === 'object' ? values[name] : {};

function array(context: Context, schema: JsonSchema, name: string): unknown {
  const { items } = schema;
  if (items === undefined || repeats(context, items)) return [];
  const count = Math.max(1, Number(schema['minItems'] ?? 1));
  return Array.from({ length: count }, () => write(context, items, name));
}

const someTime = '2026-04-14T16:30:00.000Z';

const text = (schema: JsonSchema, name: string): string =>
  schema['format'] === 'date-time' || name.endsWith('At') ? someTime : 'text';

const number = (schema: JsonSchema): number => Math.max(1, Number(schema['minimum'] ?? 1));
