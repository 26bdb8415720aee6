/** A JSON Schema of an OpenAPI document, as far as its types are written. */
export type DescribedSchema = {
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, DescribedSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | DescribedSchema;
  readonly items?: DescribedSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly DescribedSchema[];
  readonly oneOf?: readonly DescribedSchema[];
  readonly allOf?: readonly DescribedSchema[];
};

/** Writes a schema as a type of TypeScript, with its texts as comments. */
export function writeSchema(schema: DescribedSchema, indent = ''): string {
  const { $ref, enum: values, anyOf, oneOf, allOf } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (values !== undefined) return values.map((one) => JSON.stringify(one)).join(' | ');
  if (allOf !== undefined) return joined(allOf, ' & ', indent);
  const variants = anyOf ?? oneOf;
  if (variants !== undefined) return joined(variants, ' | ', indent);
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return 'unknown';
  return [...new Set(types.map((type) => writeType(type, schema, indent)))].join(' | ');
}

const joined = (schemas: readonly DescribedSchema[], by: string, indent: string): string =>
  [...new Set(schemas.map((one) => inBrackets(writeSchema(one, indent), by)))].join(by);

const inBrackets = (type: string, by: string): string =>
  by === ' & ' && / \| /.test(type) ? `(${type})` : type;

function writeType(type: string, schema: DescribedSchema, indent: string): string {
  switch (type) {
    case 'object':
      return writeObject(schema, indent);
    case 'array':
      return `readonly (${schema.items === undefined ? 'unknown' : writeSchema(schema.items, indent)})[]`;
    case 'integer':
      return 'number';
    default:
      return type;
  }
}

function writeObject(schema: DescribedSchema, indent: string): string {
  const { properties = {}, required = [], additionalProperties } = schema;
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, one]) => {
    const mark = required.includes(name) ? '' : '?';
    return `${comment(one.description, inner)}${inner}readonly ${writeName(name)}${mark}: ${writeSchema(one, inner)};\n`;
  });
  if (lines.length > 0) return `{\n${lines.join('')}${indent}}`;
  return typeof additionalProperties === 'object'
    ? `{ readonly [name: string]: ${writeSchema(additionalProperties, indent)} }`
    : additionalProperties === false
      ? 'Record<never, never>'
      : '{ readonly [name: string]: unknown }';
}

/** A name as that of a property. */
export const writeName = (name: string): string =>
  /^[a-zA-Z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);

/** A text as a comment before a line. */
export const comment = (text: string | undefined, indent: string): string =>
  text === undefined ? '' : `${indent}/** ${text.replaceAll('*/', '*\\/')} */\n`;
