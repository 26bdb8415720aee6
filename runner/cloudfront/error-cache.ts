import type { EdgeAnswer } from './edge-answer.ts';

/** How long CloudFront keeps an error of the origin, in seconds, by its status; others are kept for ten. */
export type ErrorCachingSeconds = ReadonlyMap<number, number>;

/** The errors of an origin that a distribution answers by itself for a while, by the path that was asked for. */
export type ErrorCache = {
  readonly find: (path: string) => EdgeAnswer | undefined;
  readonly keep: (path: string, error: EdgeAnswer) => void;
};

const defaultSeconds = 10;

// The last group is kept there always, the others where headers of the origin allow it: kept here too, as the worse case.
const keptStatuses: ReadonlySet<number> = new Set([
  400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504,
]);

/**
 * Keeps errors as CloudFront does, also under the cache policy that disables caching: that policy leaves neither query
 * nor headers in the key, so that whoever asks for the same path gets the error of another.
 */
export function createErrorCache(seconds: ErrorCachingSeconds): ErrorCache {
  const kept = new Map<string, { readonly error: EdgeAnswer; readonly until: number }>();
  return {
    find: (path) => {
      const found = kept.get(path);
      if (found !== undefined && found.until > performance.now()) {
        return found.error;
      }
      kept.delete(path);
      return undefined;
    },
    keep: (path, error) => {
      const { status } = error;
      const milliseconds = 1000 * (seconds.get(status) ?? defaultSeconds);
      if (keptStatuses.has(status) && milliseconds > 0) {
        kept.set(path, { error, until: performance.now() + milliseconds });
      }
    },
  };
}
