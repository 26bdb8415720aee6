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
 * Matches as an HTTP API does: a fixed step of the path goes before a parameter, this before a greedy one, a method before
 * `ANY`, and everything before `$default`. Refuses a greedy parameter that is not the end of its path with `UNSUPPORTED_VALUE`.
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
      const fits = candidate.method === method || candidate.method === 'ANY';
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
  if (path.includes('+}') && !/^[^+]*\{\w+\+\}$/.test(path)) {
    throw new StartRefusal(
      'UNSUPPORTED_VALUE',
      `The runner does not serve the route ${route.key}.`,
    );
  }
  return { route, method, segments: path.split('/').slice(1) };
}

/** Sorts the more specific first, step by step. */
function rankOf<T>({ method, segments }: Candidate<T>): string {
  const steps = segments.map((segment) =>
    isGreedy(segment) ? '3' : isParameter(segment) ? '2' : '1',
  );
  const isLong = isGreedy(segments.at(-1) ?? '');
  return `${isLong ? '2' : '1'}${steps.join('')}${method === 'ANY' ? '2' : '1'}`;
}

function isGreedy(segment: string): boolean {
  return segment.endsWith('+}');
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
  const greedy = pattern.at(-1) ?? '';
  if (isGreedy(greedy) && segments.length >= pattern.length) {
    const rest = segments.slice(pattern.length - 1).join('/');
    const before = parametersOf(pattern.slice(0, -1), segments.slice(0, pattern.length - 1));
    return before && rest !== '' ? { ...before, [greedy.slice(1, -2)]: rest } : undefined;
  }
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
