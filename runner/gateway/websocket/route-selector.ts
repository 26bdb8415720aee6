import { isJsonObject } from '../../template/json-object.ts';
import type { ApiDefinition } from '../api-definition.ts';
import { unsupportedValue } from '../unsupported-value.ts';

/** The key of the route that a message takes; undefined when there is none for it. */
export type SelectRoute = (body: string) => string | undefined;

const fixedRoutes: ReadonlySet<string> = new Set(['$connect', '$default', '$disconnect']);

/**
 * Chooses routes as a WebSocket API does, by a selection expression of the form `$request.body.action`.
 * Lists, and whatever is no JSON, have no such member and take `$default`.
 */
export function createRouteSelector(api: ApiDefinition): SelectRoute {
  const keys = new Set(api.routes.map(({ key }) => key));
  const otherwise = keys.has('$default') ? '$default' : undefined;
  const expression = api.routeSelectionExpression;
  const path = /^\$\{?request\.body\.([\w-]+(?:\.[\w-]+)*)\}?$/.exec(expression)?.[1];
  if (path === undefined) {
    throw unsupportedValue(api.address, 'RouteSelectionExpression', expression);
  }
  if (![...keys].some((key) => !fixedRoutes.has(key))) {
    return () => otherwise;
  }
  const steps = path.split('.');
  return (body) => {
    const selected = valueAt(parse(body), steps);
    const isRoute =
      typeof selected === 'string' && keys.has(selected) && !fixedRoutes.has(selected);
    return isRoute ? selected : otherwise;
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
  return steps.reduce<unknown>(
    (current, step) =>
      isJsonObject(current) && Object.hasOwn(current, step) ? current[step] : undefined,
    value,
  );
}
