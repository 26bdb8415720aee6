import '../quiet.ts';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { describe, expect, it } from 'vitest';
import { openRoutes } from '../../../lambdas/api/open-routes.ts';
import type { OpenApiDocument } from '../../../lambdas/http/open-api-document.ts';

/** Every rule that its authors recommend, all as errors, and those that see to texts and examples. */
const rules = {
  'no-duplicated-tag-names': 'error',
  'no-http-verbs-in-paths': 'error',
  'no-invalid-media-type-examples': 'error',
  'no-invalid-parameter-examples': 'error',
  'no-invalid-schema-examples': 'error',
  'no-mixed-number-range-constraints': 'error',
  'no-schema-type-mismatch': 'error',
  'operation-description': 'error',
  'operation-singular-tag': 'error',
  'parameter-description': 'error',
  'paths-kebab-case': 'error',
  'tag-description': 'error',
} as const;

const text = JSON.stringify(
  await openRoutes.find(({ path }) => path === '/openapi.json')?.answer(),
);

const findings = async (source: string): Promise<readonly string[]> => {
  const config = await createConfig({ extends: ['recommended-strict'], rules });
  const problems = await lintFromString({ source, absoluteRef: '/openapi.json', config });
  return problems.map(
    ({ ruleId, message, location: [at] }) => `${ruleId} ${at?.pointer}: ${message}`,
  );
};

describe('the description of the API by the linter of Redocly', () => {
  it('the linter of OpenAPI documents finds nothing in GET /openapi.json, of which it knows every rule that it recommends', async () => {
    expect(await findings(text)).toEqual([]);
  });

  it('the linter finds a missing summary, an example that does not fit and a group without a sentence', async () => {
    const document = JSON.parse(text);
    delete document.paths['/chargers'].get.summary;
    const answer = document.paths['/tokens/{tokenId}'].get.responses[200];
    answer.content['application/json'].example.tokenId = 7;
    delete document.tags[0].description;

    const found = await findings(JSON.stringify(document));

    for (const rule of ['operation-summary', 'no-invalid-media-type-examples', 'tag-description']) {
      expect(found.some((one) => one.startsWith(`${rule} `))).toBe(true);
    }
  });

  it('every operation has a summary, the scope that it needs, and an example of each body that it takes or gives', () => {
    const { paths } = JSON.parse(text) as OpenApiDocument;
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        const { summary, security, requestBody, responses } = operation;
        const contents = [requestBody, ...Object.values(responses)].flatMap((one) =>
          Object.values(one?.content ?? {}),
        );
        const isOpen = security?.length === 0;
        const [scope] = Object.values(Object(security?.[0])).flat();

        expect([method, path, summary]).toEqual([method, path, expect.stringMatching(/.\.$/)]);
        expect([path, isOpen || typeof scope === 'string']).toEqual([path, true]);
        for (const { example } of contents) expect([path, example]).not.toEqual([path, undefined]);
      }
    }
  });
});
