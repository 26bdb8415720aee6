import '../quiet.ts';
import { readFileSync } from 'node:fs';
import { type SpecData, Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formatsModule from 'ajv-formats';
import { beforeAll, describe, expect, it } from 'vitest';
import { apiErrors } from '../../../lambdas/api/errors.ts';
import { linkRoutes } from '../../../lambdas/api/link-routes.ts';
import { apiVersion, openRoutes } from '../../../lambdas/api/open-routes.ts';
import { routes } from '../../../lambdas/api/routes.ts';
import { gatewayErrors } from '../../../lambdas/gateway/gateway-errors.ts';
import { pushStatement } from '../../../lambdas/gateway/push-statement.ts';
import type { OpenApiDocument, Operation } from '../../../lambdas/http/open-api-document.ts';
import type { StatedRoute } from '../../../lambdas/http/route.ts';

let document: OpenApiDocument;

const answerOf = async (path: string): Promise<unknown> =>
  await openRoutes.find((one) => one.path === path)?.answer();

const operationOf = (method: string, path: string): Operation | undefined =>
  document.paths[path]?.[method.toLowerCase()];

beforeAll(async () => {
  document = JSON.parse(JSON.stringify(await answerOf('/openapi.json')));
});

describe('GET /openapi.json', () => {
  it('GET /openapi.json is a valid OpenAPI 3.1 document without broken references', async () => {
    const result = await new Validator().validate(structuredClone<object>(document) as SpecData);

    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    const text = JSON.stringify(document);
    const named = Object.keys(document.components.schemas);
    for (const [, name] of text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)) {
      expect(named).toContain(name);
    }
    expect(text).not.toContain('$defs');
  });

  it('GET /openapi.json describes exactly the existing routes, each under an id of its own', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const served = [...routes, pushStatement, ...openRoutes, ...linkRoutes].map(
      ({ method, path }) => `${method} ${path}`,
    );
    const ids = Object.values(document.paths)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId }) => operationId);

    expect(described.toSorted()).toEqual(served.toSorted());
    expect(new Set(ids).size).toBe(served.length);
  });

  it('GET /openapi.json lists the errors of every route with their sentences under their statuses', () => {
    for (const { method, path, errors } of routes) {
      const responses = operationOf(method, path)?.responses ?? {};
      for (const code of [...errors, 'INVALID_API_KEY', 'RATE_LIMITED'] as const) {
        const [status, message] = apiErrors[code];
        expect(responses[status]?.description).toContain(`\`${code}\`: ${message}`);
      }
    }
  });

  it('GET /openapi.json lists exactly the errors of the gateway for a push', () => {
    const responses = operationOf('POST', '/api/gateway/sessions')?.responses ?? {};
    const described = Object.values(responses)
      .flatMap(({ description }) => [...description.matchAll(/`(\w+)`: /g)])
      .map(([, code]) => code);

    expect(described.toSorted()).toEqual(pushStatement.errors.toSorted());
    for (const code of pushStatement.errors) {
      const [status, message] = gatewayErrors[code];
      expect(responses[status]?.description).toContain(`\`${code}\`: ${message}`);
    }
  });

  it('GET /openapi.json describes the request and response of every route', () => {
    const stated: readonly StatedRoute[] = [...routes, pushStatement];
    for (const one of stated) {
      const { method, path, status, body, response, mediaType = 'application/json' } = one;
      const operation = operationOf(method, path);
      expect([path, operation?.requestBody !== undefined]).toEqual([path, body !== undefined]);
      const given = operation?.responses[status]?.content?.[mediaType]?.schema;
      expect([path, given !== undefined]).toEqual([path, response !== undefined]);
      const parameters = operation?.parameters.filter((one) => one.in === 'path');
      expect(parameters?.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
    }
  });

  it('GET /openapi.json describes every answer so far that another thing is not taken for it', () => {
    const ajv = formatsModule.default(new Ajv2020({ strict: false }));
    ajv.addSchema({ $id: 'https://joulegate/openapi', ...document });
    const within = (pointer: string) =>
      ajv.compile({ $ref: `https://joulegate/openapi#/components/schemas/${pointer}` });
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      expect([name, schema.$ref]).toEqual([name, undefined]);
      expect([name, within(name)(42)]).toEqual([name, false]);
    }
  });

  it('GET /openapi.json has the version of the package', () => {
    const { version } = JSON.parse(
      readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
    );

    expect(apiVersion).toBe(version);
  });
});

describe('an example of the description', () => {
  const withBody = [...routes, pushStatement].filter(({ body }) => body !== undefined);

  it.each(withBody)('the example of $method $path fits its schema and its description', (route) => {
    const { method, path, body, example } = route;
    const ajv = formatsModule.default(new Ajv2020({ strict: false }));
    ajv.addSchema({ $id: 'https://joulegate/openapi', ...document });
    const at = `${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method.toLowerCase()}`;
    const pointer = `#/paths/${encodeURIComponent(at).replaceAll('%2F', '/')}/requestBody/content/application~1json/schema`;
    const validate = ajv.compile({ $ref: `https://joulegate/openapi${pointer}` });

    expect(example).toBeDefined();
    expect(body?.safeParse(example).error).toBeUndefined();
    validate(example);
    expect(validate.errors).toBeNull();
  });
});

describe('a tariff without its kind', () => {
  const prices = { name: 'T', currency: 'EUR', perKwh: '0.49' };
  const window = { from: '08:00', to: '20:00', perKwh: '0.59' };
  const elements = [{ priceComponents: [{ type: 'ENERGY', price: '0.3' }] }];

  it.each([
    ['POST', '/tariffs', prices],
    ['PUT', '/tariffs/{tariffId}', prices],
    ['POST', '/tariffs', { ...prices, hours: [window] }],
    ['POST', '/tariffs', { ...prices, tiers: [{ upToKwh: '10', perKwh: '0.4' }] }],
    ['POST', '/tariffs', { name: 'T', currency: 'EUR', elements }],
  ])(
    'a body of %s %s without a kind fits its description where it fits its schema: %j',
    (method, path, body) => {
      const schema = operationOf(method, path)?.requestBody?.content['application/json']?.schema;
      const ajv = formatsModule.default(new Ajv2020({ strict: false }));
      const text = JSON.stringify(schema).replaceAll(
        '"#/components/',
        '"https://joulegate/openapi#/components/',
      );
      ajv.addSchema({ $id: 'https://joulegate/openapi', ...document });
      const validate = ajv.compile(JSON.parse(text));
      const route = routes.find((one) => one.method === method && one.path === path);

      expect(route?.body?.safeParse(body).error).toBeUndefined();
      validate(body);
      expect(validate.errors).toBeNull();
      validate({ ...body, kind: 'strange' });
      expect(validate.errors).not.toBeNull();
    },
  );
});

describe('GET /docs', () => {
  it('GET /docs shows every route and names every schema, without scripts or foreign resources', async () => {
    const page = String(await answerOf('/docs'));

    for (const { method, path } of [...routes, pushStatement, ...openRoutes]) {
      expect(page).toContain(`<span class="method">${method}</span> <code>${path}</code>`);
    }
    for (const name of Object.keys(document.components.schemas)) {
      expect(page).toContain(`id="schema-${name}"`);
    }
    expect(page).not.toMatch(/<script|<link|<img|<iframe|src=|@import|url\(/i);
    for (const [, target = ''] of page.matchAll(/href="([^"]*)"/g)) {
      expect(target).toMatch(/^(?:#[\w-]+|openapi\.json)$/);
    }
    for (const [, id] of page.matchAll(/href="#([^"]+)"/g)) expect(page).toContain(`id="${id}"`);
  });
});
