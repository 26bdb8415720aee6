import { type Detail, type Refused, refused } from '../../http/answer.ts';
import type { HttpRequest } from '../../http/http-request.ts';
import { routeKeyOf } from '../../http/route.ts';
import type { ApiTool } from './tool.ts';

/** The arguments of a tool, as they come. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Writes the arguments of a tool as the request that they stand for. */
export function toolRequest(
  tool: ApiTool,
  given: Arguments,
): { readonly kind: 'request'; readonly request: HttpRequest } | Refused<'INVALID_REQUEST'> {
  const { route, inPath, inQuery, writes } = tool;
  const others = [
    ...(route.body === undefined ? [] : ['body']),
    ...(writes ? ['confirmation'] : []),
  ];
  const texts = [...inPath, ...inQuery];
  const details: Detail[] = [];
  for (const [name, value] of Object.entries(given)) {
    const problem = problemOf(texts, others, name, value);
    if (problem !== undefined) details.push({ path: `arguments.${name}`, message: problem });
  }
  for (const name of inPath.filter((one) => textOf(given[one]) === '')) {
    details.push({ path: `arguments.${name}`, message: 'This field is required.' });
  }
  if (details.length > 0) return refused('INVALID_REQUEST', details);
  const body = given['body'];
  return {
    kind: 'request',
    request: {
      routeKey: routeKeyOf(route),
      path: Object.fromEntries(inPath.map((name) => [name, textOf(given[name])])),
      query: Object.fromEntries(
        inQuery
          .filter((name) => given[name] !== undefined)
          .map((name) => [name, textOf(given[name])]),
      ),
      headers: {},
      body: body === undefined ? undefined : JSON.stringify(body, inOrder),
      base64: false,
    },
  };
}

function problemOf(
  texts: readonly string[],
  others: readonly string[],
  name: string,
  value: unknown,
): string | undefined {
  if (texts.includes(name)) {
    return isText(value) ? undefined : 'The value must be a text, a number, true or false.';
  }
  return others.includes(name) ? undefined : 'This field is unknown here.';
}

const isText = (value: unknown): boolean =>
  value === null || ['string', 'number', 'boolean', 'undefined'].includes(typeof value);

const textOf = (value: unknown): string => String(value ?? '');

/** Writes the members of objects in one order: the same arguments in another order are the same change. */
const inOrder = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
