import { StartRefusal } from '../../start-refusal.ts';

/** A route that a request took, and what its path says. */
type RouteMatch<T> = {
  readonly route: T;
  readonly pathParameters: Readonly<Record<string, string>>;
};

/** Finds the route of a request by method and decoded path; undefined when there is none. */
export type MatchRoute<T> = (method: string, path: string) => RouteMatch<T> | undefined;

type Candidate<T> = {
  readonly route: T;
  readonly method: string;
  readonly segments: readonly string[];
};

/**
 * Matches as an HTTP API does: a fixed step of the path goes before a parameter, and everything before `$default`. Refuses a
 * route for any method or with a greedy parameter, which no template of ours has, with `UNSUPPORTED_VALUE`.
 */
export function createRouteMatcher<T extends { readonly key: string }>(
  routes: readonly T[],
): MatchRoute<T> {
  const fallback = routes.find(({ key }) => key === '$default');
  const candidates = routes
    .filter(({ key }) => key !== '$default')
    .map(toCandidate)
    .toSorted((a, b) => compareText(rankOf(a), rankOf(b)));
  return (method, path) => {
    const segments = path.split('/').slice(1);
    for (const candidate of candidates) {
      const fits = candidate.method === method;
      const pathParameters = fits ? parametersOf(candidate.segments, segments) : undefined;
      if (pathParameters !== undefined) {
        return { route: candidate.route, pathParameters };
      }
    }
    return fallback && { route: fallback, pathParameters: {} };
  };
}

function toCandidate<T extends { readonly key: string }>(route: T): Candidate<T> {
  const [method = '', path = ''] = route.key.split(' ');
  if (method === 'ANY' || path.includes('+}')) {
    throw new StartRefusal(
      'UNSUPPORTED_VALUE',
      `The runner does not serve the route ${route.key}.`,
    );
  }
  return { route, method, segments: path.split('/').slice(1) };
}

/** Sorts the more specific first, step by step. */
function rankOf<T>({ segments }: Candidate<T>): string {
  return segments.map((segment) => (isParameter(segment) ? '2' : '1')).join('');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isParameter(segment: string): boolean {
  return segment.startsWith('{') && segment.endsWith('}');
}

function parametersOf(
  pattern: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  if (segments.length !== pattern.length) {
    return undefined;
  }
  const fits = pattern.every((step, at) =>
    isParameter(step) ? segments[at] !== '' : segments[at] === step,
  );
  return fits ? namedValues(pattern, segments) : undefined;
}

function namedValues(pattern: readonly string[], steps: readonly string[]): Record<string, string> {
  const named = pattern
    .map((step, at) => [step, steps[at] ?? ''] as const)
    .filter(([step]) => isParameter(step));
  return Object.fromEntries(named.map(([step, value]) => [step.slice(1, -1), value]));
}
