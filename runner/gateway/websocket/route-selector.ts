import { isJsonObject } from '../../template/json-object.ts';
import type { ApiDefinition } from '../api-definition.ts';
import { unsupportedValue } from '../unsupported-value.ts';

/** The key of the route that a message takes; undefined when there is none for it. */
export type SelectRoute = (body: string) => string | undefined;

const fixedRoutes: ReadonlySet<string> = new Set(['$connect', '$default', '$disconnect']);

/**
 * Chooses routes as a WebSocket API does, by a selection expression of the form `$request.body.action` or
 * `$request.body.[0]`. Messages without such a member, and whatever is not JSON, take `$default`.
 */
export function createRouteSelector(api: ApiDefinition): SelectRoute {
  const keys = new Set(api.routes.map(({ key }) => key));
  const otherwise = keys.has('$default') ? '$default' : undefined;
  const expression = api.routeSelectionExpression;
  const path = /^\$\{?request\.body\.((?:[\w-]+|\[\d+\])(?:\.(?:[\w-]+|\[\d+\]))*)\}?$/.exec(
    expression,
  )?.[1];
  if (path === undefined) {
    throw unsupportedValue(api.address, 'RouteSelectionExpression', expression);
  }
  if (![...keys].some((key) => !fixedRoutes.has(key))) {
    return () => otherwise;
  }
  const steps = path.split('.');
  return (body) => {
    const selected = textOf(valueAt(parse(body), steps));
    return keys.has(selected) && !fixedRoutes.has(selected) ? selected : otherwise;
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function valueAt(value: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(memberOf, value);
}

function memberOf(value: unknown, step: string): unknown {
  const index = /^\[(\d+)\]$/.exec(step)?.[1];
  if (index !== undefined) {
    return Array.isArray(value) ? value[Number(index)] : undefined;
  }
  return isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

// A selection expression makes a text of what it finds; keys of routes are texts.
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
