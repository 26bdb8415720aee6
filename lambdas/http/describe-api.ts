import { describeSchema, type JsonSchema, type NamedSchemas } from './describe-schema.ts';
import { describedHeaders, headersOf, rateHeaders } from './described-headers.ts';
import type { ErrorTable } from './error-table.ts';
import { type ExampleValues, exampleOf } from './example-of.ts';
import { longestParameter } from './longest-parameter.ts';
import type { Content, OpenApiDocument, Operation, Parameter } from './open-api-document.ts';
import { isReplaced, type StatedRoute } from './route.ts';
import type { StatedOpenRoute } from './serve-request.ts';

/** All that the OpenAPI document of an API is written from: its routes and errors, and sentences that they lack. */
export type DescribedApi = {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** A sentence about each tag: the first step of the paths of its routes. */
  readonly tags: Readonly<Record<string, string>>;
  /** Sentences about parameters of paths and queries that have none of their own, by name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Values of properties in examples of answers. */
  readonly exampleValues: ExampleValues;
  readonly routes: readonly StatedRoute[];
  /** Routes with errors of their own: those that they state are all. */
  readonly ownRoutes?: readonly StatedRoute[];
  readonly openRoutes: readonly StatedOpenRoute[];
  readonly errors: ErrorTable<string>;
  /** Errors that any call with a key may be refused with, and those of calls with a body on top. */
  readonly errorsOfAny: readonly string[];
  readonly errorsOfBodies: readonly string[];
  /** Errors of calls with parameters in their path. */
  readonly errorsOfPaths: readonly string[];
};

const errorSchema: JsonSchema = {
  type: 'object',
  properties: {
    code: { type: 'string' },
    message: { type: 'string' },
    details: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          path: { type: 'string' },
          message: { type: 'string' },
          code: { type: 'string' },
        },
        required: ['path', 'message'],
      },
    },
  },
  required: ['code', 'message', 'details'],
};

/** Describes an API as OpenAPI 3.1, by the schemas that serve it. */
export function describeApi(api: DescribedApi): OpenApiDocument {
  const schemas: Record<string, JsonSchema> = { Error: errorSchema };
  const paths: Record<string, Record<string, Operation>> = {};
  const add = (method: string, path: string, operation: Operation): void => {
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation };
  };
  const { routes, ownRoutes = [] } = api;
  for (const route of [...routes, ...ownRoutes]) {
    const any = ownRoutes.includes(route) ? [] : errorsOfAny(api, route);
    add(route.method, route.path, operationOf(api, route, any, schemas));
  }
  for (const route of api.openRoutes) {
    add(route.method, route.path, openOperation(api, route, schemas));
  }
  return {
    openapi: '3.1.1',
    info: {
      title: api.title,
      version: api.version,
      description: api.description,
      license: { name: 'Apache License 2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The stack that answers this document.' }],
    security: [{ apiKey: [] }],
    tags: [...new Set([...[...routes, ...ownRoutes].map(tagOf), openTag])].map((name) => ({
      name,
      ...(api.tags[name] === undefined ? {} : { description: api.tags[name] }),
    })),
    paths,
    components: {
      schemas,
      headers: describedHeaders,
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'API key' } },
    },
  };
}

const errorsOfAny = (api: DescribedApi, { body, path }: StatedRoute): readonly string[] => [
  ...api.errorsOfAny,
  ...(path.includes('{') ? api.errorsOfPaths : []),
  ...(body === undefined ? [] : api.errorsOfBodies),
];

const openTag = 'general';

/** The first step of a path that says something: `api` only keeps the gateway's path as its callers know it. */
const tagOf = ({ path }: { readonly path: string }): string =>
  path.split('/').find((step) => step !== '' && step !== 'api') ?? '';

/** The name of a call, as in `getTokensByTokenId`. */
export const operationIdOf = (method: string, path: string): string =>
  method.toLowerCase() +
  path
    .split(/[/.-]/)
    .map((word) => word.replace(/^\{(\w)(\w*)\}$/, (_all, a, b) => `By${a.toUpperCase()}${b}`))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

function operationOf(
  api: DescribedApi,
  route: StatedRoute,
  codesOfAny: readonly string[],
  schemas: Record<string, JsonSchema>,
): Operation {
  const { method, path, summary, scope, status, body, response } = route;
  const codes = [...codesOfAny, ...route.errors];
  return {
    operationId: operationIdOf(method, path),
    tags: [tagOf(route)],
    summary,
    description: `Scope: \`${scope}\``,
    security: [{ apiKey: [scope] }],
    parameters: [
      ...pathParameters(api, path),
      ...queryParameters(api, describeSchema(route.query, 'input', schemas)),
      ...(route.repeatable !== undefined ? [idempotencyKey] : []),
      ...(isReplaced(route) ? [ifMatch] : []),
    ],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: !body.safeParse(undefined).success,
            content: jsonContent(describeSchema(body, 'input', schemas), route.example),
          },
        }),
    responses: {
      [status]: {
        description: status === 204 ? 'Done.' : 'Success.',
        headers: headersOf([...rateHeaders, ...(route.versioned === undefined ? [] : ['ETag'])]),
        ...(response === undefined
          ? {}
          : {
              content: contentOf(api, route, describeSchema(response, 'output', schemas), schemas),
            }),
      },
      ...errorResponses(api.errors, [...new Set(codes)]),
    },
  };
}

const jsonContent = (schema: JsonSchema, example?: unknown): Content => ({
  'application/json': { schema, ...(example === undefined ? {} : { example }) },
});

/** An answer of a route's media type, with an example. */
const contentOf = (
  { exampleValues }: DescribedApi,
  { mediaType = 'application/json' }: StatedRoute,
  schema: JsonSchema,
  schemas: NamedSchemas,
): Content => ({
  [mediaType]: { schema, example: exampleOf(schema, schemas, exampleValues) },
});

/** An answer, with an example. */
const exampleContent = (
  { exampleValues }: DescribedApi,
  schema: JsonSchema,
  schemas: NamedSchemas,
): Content => jsonContent(schema, exampleOf(schema, schemas, exampleValues));

const openOperation = (
  api: DescribedApi,
  route: StatedOpenRoute,
  schemas: Record<string, JsonSchema>,
): Operation => ({
  operationId: operationIdOf(route.method, route.path),
  tags: [openTag],
  summary: route.summary,
  description: 'Needs no key.',
  security: [],
  parameters: pathParameters(api, route.path),
  responses: {
    ...errorResponses(api.errors, route.errors ?? []),
    ...pageResponses(route),
    200: { description: 'Success.', content: openContent(api, route, schemas) },
    429: {
      description: 'API Gateway itself refuses: all callers together send too much.',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            properties: { message: { type: 'string' } },
            required: ['message'],
          },
          example: { message: 'Too Many Requests' },
        },
        ...(route.pages?.[429] === undefined ? {} : pageContent),
      },
    },
  },
});

const pageContent = {
  'text/html': { schema: { type: 'string' }, example: '<!doctype html>' },
} as const satisfies Content;

/** The other answers that are pages; that to too many calls is described with API Gateway's own. */
const pageResponses = ({ pages = {} }: StatedOpenRoute): Operation['responses'] =>
  Object.fromEntries(
    Object.entries(pages)
      .filter(([status]) => status !== '429')
      .map(([status, description]) => [
        status,
        { description, ...(status === '303' ? {} : { content: pageContent }) },
      ]),
  );

const openContent = (
  api: DescribedApi,
  { mediaType, response, hasPage }: StatedOpenRoute,
  schemas: Record<string, JsonSchema>,
): Content => {
  if (response !== undefined) {
    return {
      ...exampleContent(api, describeSchema(response, 'output', schemas), schemas),
      ...(hasPage === true ? pageContent : {}),
    };
  }
  return mediaType === 'application/json'
    ? { [mediaType]: { schema: { type: 'object' }, example: { openapi: '3.1.1' } } }
    : { [mediaType]: pageContent['text/html'] };
};

const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description:
    'The ETag that the resource had when it was fetched: the change is refused with 412 where it was changed since. Without it the change is made in any case.',
  schema: { type: 'string', minLength: 1, maxLength: 1024 },
};

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Makes the request safe to repeat: for 24 hours the same key with the same body gets the same answer, and nothing is done twice.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

type Sentences = Pick<DescribedApi, 'parameters'>;

/** The parameters in the path of a call. */
export const pathParameters = (api: Sentences, path: string): readonly Parameter[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    description: api.parameters[name] ?? `The id of the ${thingOf(name)}.`,
    schema: { type: 'string', minLength: 1, maxLength: longestParameter },
  }));

/** As in `meter key` for `meterKeyId`. */
const thingOf = (name: string): string =>
  name.replace(/Id$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The parameters of a call's query, by its JSON Schema. */
export const queryParameters = (
  api: Sentences,
  { properties = {}, required = [] }: JsonSchema,
): readonly Parameter[] =>
  Object.entries(properties).map(([name, { description = api.parameters[name], ...schema }]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    ...(description === undefined && name.endsWith('Id')
      ? { description: `Only what belongs to the ${thingOf(name)} with this id.` }
      : { ...(description === undefined ? {} : { description }) }),
    schema,
  }));

/** The errors of an operation by their status, each with its code and sentence. */
function errorResponses(
  errors: ErrorTable<string>,
  codes: readonly string[],
): Operation['responses'] {
  const byStatus: Record<string, string[]> = {};
  for (const code of codes) {
    const [status] = errors[code] ?? [500];
    byStatus[status] = [...(byStatus[status] ?? []), code];
  }
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, of]) => [
      status,
      {
        ...(status === '429' ? { headers: headersOf([...rateHeaders, 'Retry-After']) } : {}),
        description: of.map((code) => `\`${code}\`: ${errors[code]?.[1] ?? ''}`).join('\n\n'),
        content: jsonContent(
          { $ref: '#/components/schemas/Error' },
          { code: of[0], message: errors[of[0] ?? '']?.[1] ?? '', details: [] },
        ),
      },
    ]),
  );
}
