import type { Route } from './route.ts';

/** A call that was found for a request, with the parameters of its path. */
export type Match = { readonly route: Route; readonly path: Readonly<Record<string, string>> };

// An empty step is a step: `/sessions/` with an id left out is not the list of sessions.
const segmentsOf = (path: string): readonly string[] => path.split('/').slice(1);

/** No id is this long. In keys the database takes 2048 bytes, and upper case can triple those of a letter. */
const mostBytes = 512;

const decoded = (segment: string): string | undefined => {
  try {
    const text = decodeURIComponent(segment);
    return Buffer.byteLength(text, 'utf8') <= mostBytes ? text : undefined;
  } catch {
    return undefined;
  }
};

function parametersOf(
  template: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (template.length !== segments.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of template.entries()) {
    const segment = decoded(segments[index] ?? '');
    if (segment === undefined || segment === '') return undefined;
    if (part.startsWith('{')) parameters[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return parameters;
}

/** Finds the call of a method and path; the first in the table wins, so fixed words stand before parameters. */
export function matchRoute(
  routes: readonly Route[],
  method: string,
  rawPath: string,
): Match | undefined {
  const segments = segmentsOf(rawPath);
  for (const route of routes) {
    if (route.method !== method) continue;
    const path = parametersOf(segmentsOf(route.path), segments);
    if (path !== undefined) return { route, path };
  }
  return undefined;
}
