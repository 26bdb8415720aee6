import { comment, type DescribedSchema, writeName, writeSchema } from './write-schema.ts';

type Described = {
  readonly summary: string;
  readonly description?: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
    readonly description?: string;
    readonly schema: DescribedSchema;
  }[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Content }>
  >;
};

type Content = Readonly<Record<string, { readonly schema: DescribedSchema }>>;

/** An OpenAPI document, as far as the types of a client follow from it. */
export type DescribedDocument = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, DescribedSchema>> };
};

/** Writes the types of the calls and schemas of an OpenAPI document. */
export const writeOperations = ({ paths, components }: DescribedDocument): string =>
  [
    '// Generated from GET /openapi.json by `npm run api-client`.',
    ...Object.entries(components.schemas).map(
      ([name, schema]) =>
        `${comment(schema.description ?? `\`${name}\` of the operator API.`, '')}export type ${name} = ${writeSchema(schema)};`,
    ),
    `/** Calls of the operator API by their routes, with their arguments, their answers and the codes by which they refuse. */\nexport type Operations = {\n${Object.entries(
      paths,
    )
      .flatMap(([path, methods]) =>
        Object.entries(methods)
          .filter(([, one]) => givesJson(one))
          .map(([method, one]) => writeOperation(`${method.toUpperCase()} ${path}`, one)),
      )
      .join('')}};\n`,
  ].join('\n\n');

/** Pages for people are no calls of a client. */
const givesJson = ({ responses }: Described): boolean =>
  !('text/html' in (responses['200']?.content ?? {}));

function writeOperation(key: string, operation: Described): string {
  const { summary, description = '', requestBody, responses } = operation;
  const parts = [
    ['path', parametersOf(operation, 'path')],
    ['query', parametersOf(operation, 'query')],
    ['headers', parametersOf(operation, 'header')],
    ['body', bodyOf(requestBody)],
    ['answer', answerOf(responses)],
    ['codes', codesOf(responses)],
  ];
  const lines = parts.map(([name, type]) => `    readonly ${name}: ${type};\n`).join('');
  return `${comment(`${summary} ${description}`.trim(), '  ')}  readonly ${JSON.stringify(key)}: {\n${lines}  };\n`;
}

function parametersOf({ parameters }: Described, place: string): string {
  const own = parameters.filter((one) => one.in === place);
  if (own.length === 0) return 'Record<never, never>';
  const lines = own.map(({ name, required, description, schema }) => {
    const type = place === 'path' ? 'string | number' : writeSchema(schema, '      ');
    return `${comment(description, '      ')}      readonly ${writeName(name)}${required ? '' : '?'}: ${type};\n`;
  });
  return `{\n${lines.join('')}    }`;
}

const bodyOf = (body: Described['requestBody']): string => {
  const schema = body?.content['application/json']?.schema;
  if (schema === undefined) return 'undefined';
  return `${writeSchema(schema, '    ')}${body?.required === false ? ' | undefined' : ''}`;
};

function answerOf(responses: Described['responses']): string {
  const [, done] = Object.entries(responses).find(([status]) => Number(status) < 300) ?? [];
  const [content] = Object.values(done?.content ?? {});
  return content === undefined ? 'undefined' : writeSchema(content.schema, '    ');
}

const codesOf = (responses: Described['responses']): string => {
  const refusals = Object.entries(responses).filter(([status]) => Number(status) >= 400);
  const codes = refusals.flatMap(([, { description }]) =>
    [...description.matchAll(/^`(\w+)`:/gm)].map(([, code]) => JSON.stringify(code)),
  );
  return codes.length === 0 ? 'never' : [...new Set(codes)].join(' | ');
};
