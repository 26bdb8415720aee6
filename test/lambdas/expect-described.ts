import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formatsModule from 'ajv-formats';
import { openRoutes } from '../../lambdas/api/open-routes.ts';
import type { OpenApiDocument, Operation } from '../../lambdas/http/open-api-document.ts';
import { createRouteMatcher } from '../../runner/gateway/http/match-route.ts';
import { readPath } from '../../runner/gateway/http/read-path.ts';

/** An answer as a caller of the API gets it. */
type Answered = { readonly status: number; readonly body: unknown };

const document = strictly(
  JSON.parse(
    JSON.stringify(await openRoutes.find(({ path }) => path === '/openapi.json')?.answer()),
  ),
) as OpenApiDocument;

const ajv = formatsModule.default(new Ajv2020({ strict: false }));
ajv.addSchema({ $id: 'https://joulegate/openapi', ...document });
const validators = new Map<string, ValidateFunction>();

const operations = new Map(
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => [`${method.toUpperCase()} ${path}`, one]),
  ),
);
const matchRoute = createRouteMatcher([...operations.keys(), '$default'].map((key) => ({ key })));

/** The schemas of what is given as strict as they are meant for us: no property besides those that they name. */
function strictly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strictly);
  if (typeof value !== 'object' || value === null) return value;
  const strict = Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, strictly(one)]),
  );
  return strict['type'] === 'object' && strict['properties'] !== undefined
    ? { additionalProperties: false, ...strict }
    : strict;
}

/** The route of a request by the document, as in `GET /chargers/{chargerId}`; undefined where it describes none. */
function routeOf(method: string, target: string): string | undefined {
  const read = readPath(target, '$default');
  const key = read && matchRoute(method, read.routePath)?.route.key;
  return key === '$default' ? undefined : key;
}

/**
 * Throws unless an answer is what GET /openapi.json says about its request: a status that it lists, an error code of that
 * status, and a body that fits its schema, without properties that the schema does not name.
 */
export function expectDescribed(method: string, target: string, answer: Answered): void {
  const key = routeOf(method, target);
  const operation = operations.get(key ?? '');
  if (key === undefined || operation === undefined) {
    if (answer.status === 404) return;
    throw new Error(`${method} ${target} is answered with ${answer.status}, but not described`);
  }
  if (isOfGateway(answer)) return;
  const problem = problemOf(key, operation, answer);
  if (problem !== undefined) throw new Error(`${key} is answered otherwise: ${problem}`);
}

/** API Gateway's own answers have a message alone: that it, or a function behind it, cannot answer now. */
const isOfGateway = ({ status, body }: Answered): boolean =>
  [429, 500, 502, 503, 504].includes(status) && Object.keys(Object(body)).join() === 'message';

function problemOf(key: string, operation: Operation, answer: Answered): string | undefined {
  const described = operation.responses[answer.status];
  if (described === undefined) return `the status ${answer.status} is not described`;
  const [mediaType] = Object.keys(described.content ?? {});
  if (mediaType === undefined) {
    return answer.body === undefined ? undefined : 'a body where none is described';
  }
  if (answer.status >= 400) {
    const { code } = Object(answer.body) as { code?: unknown };
    if (!described.description.includes(`\`${code}\``)) return `${code} is not described`;
  }
  const validate = validatorOf(key, answer.status, mediaType);
  return validate(answer.body) ? undefined : ajv.errorsText(validate.errors);
}

function validatorOf(key: string, status: number, mediaType: string): ValidateFunction {
  const name = `${key} ${status}`;
  const [method = '', path = ''] = key.split(' ');
  const steps = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content'];
  const pointer = [...steps, mediaType, 'schema']
    .map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const known =
    validators.get(name) ?? ajv.compile({ $ref: `https://joulegate/openapi#/${pointer}` });
  validators.set(name, known);
  return known;
}
