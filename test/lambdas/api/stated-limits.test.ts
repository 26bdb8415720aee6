import '../quiet.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRoutes } from '../../../lambdas/api/open-routes.ts';
import type { JsonSchema } from '../../../lambdas/http/describe-schema.ts';
import type { OpenApiDocument } from '../../../lambdas/http/open-api-document.ts';
import { openDatabase, type TestDatabase } from '../../contracts/engines.ts';
import { newOperator, type TestOperator } from '../plant.ts';

let database: TestDatabase;
let mine: TestOperator;
let document: OpenApiDocument;

beforeAll(async () => {
  database = await openDatabase('dynoxide');
  mine = await newOperator(database, 'Mine');
  const described = await openRoutes.find(({ path }) => path === '/openapi.json')?.answer();
  document = JSON.parse(JSON.stringify(described));
});

afterAll(async () => {
  await database.stop();
});

/** Limited as a whole alone: messages to chargers that pass as they are, warnings that come back unread, times that the contract of the gateway states. */
const limitedAsWhole = [
  'POST /chargers/{chargerId}/commands body',
  'PUT /tariffs/{tariffId} body.warnings[]',
  'POST /api/gateway/sessions body.sessions[].car',
];

/** A pattern from the beginning to the end, without a repetition that has no end. */
const isBounded = (pattern: unknown): boolean =>
  typeof pattern === 'string' &&
  /^\^.*\$$/.test(pattern) &&
  !/[*+](?![^[]*\])|,\}/.test(pattern.replace(/\\./g, ''));

const isOpen = (schema: JsonSchema): boolean => {
  const types = [schema.type ?? []].flat();
  return (
    (types.includes('string') &&
      schema['maxLength'] === undefined &&
      !isBounded(schema['pattern'])) ||
    (types.includes('array') && schema['maxItems'] === undefined) ||
    (typeof schema['additionalProperties'] === 'object' && schema['maxProperties'] === undefined)
  );
};

/** The schemas directly within a schema, each with its place. */
const innerOf = (schema: JsonSchema): readonly (readonly [string, JsonSchema])[] => [
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((one) => ['', one] as const),
  ...Object.entries(schema.properties ?? {}).map(([name, one]) => [`.${name}`, one] as const),
  ...(schema.items === undefined ? [] : [['[]', schema.items] as const]),
  ...(typeof schema['additionalProperties'] === 'object'
    ? [['.*', schema['additionalProperties'] as JsonSchema] as const]
    : []),
];

/** The places of a schema that take a text, list or map without a limit. */
function unlimited(schema: JsonSchema, at: string, within: readonly string[] = []): string[] {
  const name = schema.$ref?.slice(schema.$ref.lastIndexOf('/') + 1);
  if (name !== undefined) {
    const named = document.components.schemas[name] ?? {};
    return within.includes(name) ? [] : unlimited(named, at, [...within, name]);
  }
  if (schema.enum !== undefined || schema.const !== undefined) return [];
  return [
    ...(isOpen(schema) ? [at] : []),
    ...innerOf(schema).flatMap(([place, one]) => unlimited(one, at + place, within)),
  ];
}

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      key: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );

describe('the limits of requests', () => {
  it('every text, list and map that a body or a parameter takes has a stated limit', () => {
    const found = operations().flatMap(({ key, operation }) => [
      ...operation.parameters.flatMap(({ name, schema }) => unlimited(schema, `${key} ${name}`)),
      ...Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema }) =>
        unlimited(schema, `${key} body`),
      ),
    ]);

    expect(found.filter((one) => !limitedAsWhole.some((start) => one.startsWith(start)))).toEqual(
      [],
    );
  });

  it('a parameter of a query that is longer than its stated limit is refused', async () => {
    const limited = operations()
      .filter(({ key, operation }) => !key.includes('{') && operation.security?.length !== 0)
      .flatMap(({ key, operation }) =>
        operation.parameters.flatMap(({ name, schema, ...parameter }) =>
          parameter.in === 'query' && typeof schema['maxLength'] === 'number'
            ? [{ key, name, longest: schema['maxLength'] }]
            : [],
        ),
      );
    expect(limited.length).toBeGreaterThan(20);

    for (const { key, name, longest } of limited) {
      const [method = '', path = ''] = key.split(' ');
      const { code } = await mine.call(method, `${path}?${name}=${'x'.repeat(longest + 1)}`);
      const isOfList = name === 'cursor' && code === 'INVALID_CURSOR';
      expect([key, name, code]).toEqual([key, name, isOfList ? code : 'INVALID_REQUEST']);
    }
  });

  it('the description states the limits that hold for all requests, and they hold', async () => {
    const { description } = document.info;
    expect(description).toContain('A body has at most 256 KB');
    expect(description).toContain('a parameter of a path at most 512 bytes');

    const body = (bytes: number) => JSON.stringify({ name: 'x'.repeat(bytes - 11) });
    expect((await mine.call('POST', '/locations', body(256 * 1024))).code).toBe('INVALID_REQUEST');
    expect((await mine.call('POST', '/locations', body(256 * 1024 + 1))).code).toBe(
      'BODY_TOO_LARGE',
    );
    expect((await mine.call('GET', `/tokens/${'x'.repeat(512)}`)).code).toBe('TOKEN_NOT_FOUND');
    expect((await mine.call('GET', `/tokens/${'x'.repeat(513)}`)).code).toBe('ROUTE_NOT_FOUND');
    expect((await mine.call('GET', '/tokens?limit=101')).code).toBe('INVALID_REQUEST');
    expect((await mine.call('GET', '/tokens?limit=0')).code).toBe('INVALID_REQUEST');
    expect((await mine.call('GET', '/tokens?limit=100')).status).toBe(200);
  });

  it('every answer to a call with a key describes the headers of the rest of its limit', () => {
    for (const { key, operation } of operations()) {
      if (operation.security?.length === 0 || key.includes('/api/gateway/')) continue;
      const [done] = Object.entries(operation.responses).filter(([status]) => status < '300');
      expect([key, Object.keys(done?.[1].headers ?? {})]).toEqual([
        key,
        expect.arrayContaining(['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset']),
      ]);
      expect([key, operation.responses['429']?.headers?.['Retry-After']]).toEqual([
        key,
        { $ref: '#/components/headers/Retry-After' },
      ]);
    }
  });
});
