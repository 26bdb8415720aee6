import type { DocumentProblem } from '../document-field.ts';
import { nextPageIn, offsetAfter } from '../envelope/page-headers.ts';

/** The modules that we pull from partners as eMSP, and from hubs which of their parties are connected. */
export const pulledModules = ['locations', 'tariffs', 'sessions', 'cdrs', 'hubclientinfo'] as const;

/** A module that we pull. */
export type PulledModule = (typeof pulledModules)[number];

/** An object of a page that could not be kept, and why. */
export type RefusedObject = {
  /** The partner's id, as far as it can be read. */
  readonly id: string;
  readonly problems: readonly DocumentProblem[];
};

/** How far a pull of one module is. Times are ISO 8601 in UTC. */
export type PullProgress = {
  readonly module: PulledModule;
  readonly state: 'running' | 'complete' | 'failed';
  /** The page to be read next; empty where there is none. */
  readonly next: string;
  /** Only what changed from then on is asked for; absent in a first pull. */
  readonly since?: string;
  /** The latest change of an object that was read: the next pull asks from there on. */
  readonly latest?: string;
  /** The count of objects that the partner stated on the last page. */
  readonly total?: number;
  readonly received: number;
  /** Objects that could not be kept. */
  readonly refused: number;
  /** The first of them. */
  readonly examples: readonly RefusedObject[];
  /** Why it failed. */
  readonly error?: string;
  readonly startedAt: string;
  readonly updatedAt: string;
};

/** Objects that are asked for at once. */
const pageSize = 50;

const mostExamples = 10;

/** A list of sessions cannot be asked for without a time; no partner is older. */
const beginning = '2010-01-01T00:00:00Z';

const withQuery = (url: string, query: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(query).map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return `${url}${url.includes('?') ? '&' : '?'}${pairs.join('&')}`;
};

/** Begins the pull of a module at its address: of everything, or of what changed since the latest that the last one saw. */
export function beginPull(
  module: PulledModule,
  url: string,
  last: Pick<PullProgress, 'state' | 'latest' | 'since'> | undefined,
  now: string,
): PullProgress {
  // A list is in the order of creation: of one that was not read to its end, any object may be missing.
  const since = (last?.state === 'complete' ? last.latest : undefined) ?? last?.since;
  const from = since ?? (module === 'sessions' ? beginning : undefined);
  const dates = from === undefined ? {} : { date_from: from };
  return {
    module,
    state: 'running',
    next: withQuery(url, { ...dates, offset: '0', limit: String(pageSize) }),
    ...(since === undefined ? {} : { since }),
    received: 0,
    refused: 0,
    examples: [],
    startedAt: now,
    updatedAt: now,
  };
}

/** A page that was read. */
export type PulledPage = {
  readonly link: string | undefined;
  readonly total: number | undefined;
  /** Of the objects that were kept. */
  readonly changes: readonly string[];
  readonly refused: readonly RefusedObject[];
};

const offsetField = /([?&]offset=)(\d+)/;

/**
 * The next page. Where the partner counts fewer objects than on the page before, those behind moved forward, some of them past the
 * page that was just read: it is read again from as much further ahead.
 */
function nextOf(current: string, { link, total }: PulledPage, before: number | undefined): string {
  const offset = Number(offsetField.exec(current)?.[2] ?? Number.NaN);
  const from = offsetAfter(offset, before, total);
  return Number.isNaN(offset) || from === offset
    ? (nextPageIn(link) ?? '')
    : current.replace(offsetField, `$1${from}`);
}

const hostOf = (url: string): string => /^https?:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase() ?? '';

/** The progress after a page. A next page on another host would get our token, and ends the pull. */
export function afterPage(progress: PullProgress, page: PulledPage, now: string): PullProgress {
  const next = nextOf(progress.next, page, progress.total);
  const isElsewhere = next !== '' && hostOf(next) !== hostOf(progress.next);
  const latest = [...page.changes, progress.latest ?? ''].toSorted().at(-1) ?? '';
  const known = {
    ...progress,
    ...(latest === '' ? {} : { latest }),
    ...(page.total === undefined ? {} : { total: page.total }),
    received: progress.received + page.changes.length,
    refused: progress.refused + page.refused.length,
    examples: [...progress.examples, ...page.refused].slice(0, mostExamples),
    updatedAt: now,
  };
  if (isElsewhere) {
    const error = 'The address of the next page is on another host than the first.';
    return { ...known, state: 'failed', error };
  }
  return next === '' || next === progress.next
    ? { ...known, state: 'complete', next: '' }
    : { ...known, next };
}

/** The progress of a pull that the partner refused. */
export const failPull = (progress: PullProgress, error: string, now: string): PullProgress => ({
  ...progress,
  state: 'failed',
  error,
  updatedAt: now,
});
