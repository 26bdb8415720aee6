import { instant, isoInstant } from '../../units/instant.ts';
import type { DocumentProblem } from '../document-field.ts';
import { nextPageIn, offsetAfter } from '../envelope/page-headers.ts';

/** The modules that we pull from partners: as eMSP what CPOs have, as CPO the tokens of drivers, and from hubs which of their parties are connected. */
export const pulledModules = [
  'locations',
  'tariffs',
  'sessions',
  'cdrs',
  'invoicereconciliation',
  'tokens',
  'hubclientinfo',
] as const;

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
  /** Where the partner had the module when the pull began. */
  readonly address?: string;
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
  /** The last objects of the page before, as they were: the next page begins with them, or objects moved meanwhile. */
  readonly tail?: readonly string[];
  /** That a later object of the list changed earlier than one before it: the partner does not order it by changes. */
  readonly isUnordered?: boolean;
  /** How often the pull went back to find the end of the page before. */
  readonly wentBack?: number;
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

/** How far the clock of a partner may be off, ms: an hour, as after a change of summer time. */
const mostSkew = 3_600_000n;

/**
 * The time from which on a pull may have missed changes: that of the latest that it saw, but not after it began, since an object may have
 * changed after its page was read and before another did, and one may say that it changed in a time to come.
 */
function seenUntil({ latest, startedAt }: Pick<PullProgress, 'latest' | 'startedAt'>) {
  const least = isoInstant(instant(BigInt(Date.parse(startedAt)) - mostSkew));
  return latest === undefined || latest < least ? latest : least;
}

/** Begins the pull of a module at its address: of everything, or of what changed since the latest that the last one saw for certain. */
export function beginPull(
  module: PulledModule,
  url: string,
  last: Pick<PullProgress, 'state' | 'latest' | 'since' | 'startedAt'> | undefined,
  now: string,
): PullProgress {
  // A list is in the order of creation: of one that was not read to its end, any object may be missing.
  const since = (last?.state === 'complete' ? seenUntil(last) : undefined) ?? last?.since;
  const from = since ?? (module === 'sessions' ? beginning : undefined);
  const dates = from === undefined ? {} : { date_from: from };
  return {
    module,
    state: 'running',
    address: url,
    next: withQuery(url, { ...dates, offset: '0', limit: String(pageSize) }),
    ...(since === undefined ? {} : { since }),
    received: 0,
    refused: 0,
    examples: [],
    startedAt: now,
    updatedAt: now,
  };
}

/** Whether a pull began at another address than a partner has a module at by now: its pages are gone, or of another version or platform. */
export const isElsewhere = ({ address }: PullProgress, url: string | undefined): boolean =>
  address !== undefined && address !== url;

/** An object of a page, in the order of the page. */
export type ObjectOfPage = {
  readonly id: string;
  /** Of one that was kept. */
  readonly changedAt?: string;
  /** Of one that could not be kept. */
  readonly problems?: readonly DocumentProblem[];
};

/** A page that was read. */
export type PulledPage = {
  readonly link: string | undefined;
  readonly total: number | undefined;
  /** The most objects of a page, where the partner states that. */
  readonly limit?: number | undefined;
  readonly objects: readonly ObjectOfPage[];
};

const offsetField = /([?&]offset=)(\d+)/;

const limitField = /([?&]limit=)(\d+)/;

const offsetIn = (url: string): number => Number(offsetField.exec(url)?.[2] ?? Number.NaN);

/** Objects of a page that are read again with the next one, where the partner may order its list by changes. */
const mostOverlap = 5;

/** A list that changes faster than it can be read is read on all the same. */
const mostWaysBack = 10;

/** An object as it is now: one that changed is elsewhere in a list by changes, and marks no place. */
const markOf = ({ id, changedAt = '' }: ObjectOfPage): string => `${changedAt} ${id.toUpperCase()}`;

/** Whether an object of the page changed earlier than one before it. */
function isUnordered(objects: readonly ObjectOfPage[]): boolean {
  const changes = objects.flatMap(({ changedAt }) => changedAt ?? []);
  return changes.some((change, index) => change < (changes[index - 1] ?? ''));
}

/** Whether none of the last objects of the page before is on the page: others may lie between both. */
function isTorn({ next, tail = [], wentBack = 0 }: PullProgress, { objects }: PulledPage): boolean {
  if (tail.length === 0 || objects.length === 0 || wentBack >= mostWaysBack) return false;
  return offsetIn(next) > 0 && !objects.some((one) => tail.includes(markOf(one)));
}

/** The address of a page that begins so many objects earlier than another, but not before `least`. */
const earlier = (url: string, count: number, least: number): string =>
  url.replace(offsetField, (_field, name, offset) => `${name}${Math.max(least, offset - count)}`);

/**
 * The page after one that names none, of a partner that counts more objects than it has given; none where the page had less than it
 * could have, since those that are missing are counted and not shown.
 */
function unnamedNext(current: string, { objects, total = 0, limit }: PulledPage): string {
  const asked = Number(limitField.exec(current)?.[2] ?? pageSize);
  const most = Math.min(asked, limit ?? asked);
  const next = offsetIn(current) + objects.length;
  const isShort = objects.length === 0 || (limit !== undefined && objects.length < most);
  if (isShort || !(next < total)) return '';
  return current.replace(offsetField, `$1${next}`).replace(limitField, `$1${most}`);
}

/**
 * The next page. Where the partner counts fewer objects than on the page before, those behind moved forward, some of them past the
 * page that was just read: it is read again from as much further ahead. In a list by changes an object that changes moves to the
 * end, and those behind it move forward while the count stays: such a page begins with the last objects of the one before.
 */
function nextOf(progress: PullProgress, page: PulledPage, overlap: number): string {
  const { next: current, total: before } = progress;
  const offset = offsetIn(current);
  const from = offsetAfter(offset, before, page.total);
  if (!Number.isNaN(offset) && from !== offset) {
    return current.replace(offsetField, `$1${from}`);
  }
  return earlier(nextPageIn(page.link) ?? unnamedNext(current, page), overlap, offset + 1);
}

const hostOf = (url: string): string => /^https?:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase() ?? '';

const stated = (progress: PullProgress, { objects, total }: PulledPage) => {
  const changes = objects.flatMap(({ changedAt }) => changedAt ?? []);
  const latest = [...changes, progress.latest ?? ''].toSorted().at(-1) ?? '';
  return { ...(latest === '' ? {} : { latest }), ...(total === undefined ? {} : { total }) };
};

const counted = (progress: PullProgress, { objects }: PulledPage) => {
  const fresh = objects.filter((one) => !(progress.tail ?? []).includes(markOf(one)));
  const refused = fresh.flatMap(({ id, problems }) =>
    problems === undefined ? [] : { id, problems },
  );
  return {
    received: progress.received + fresh.length - refused.length,
    refused: progress.refused + refused.length,
    examples: [...progress.examples, ...refused].slice(0, mostExamples),
  };
};

/** The progress after a page. A next page on another host would get our token, and ends the pull. */
export function afterPage(progress: PullProgress, page: PulledPage, now: string): PullProgress {
  const { objects } = page;
  const unordered = progress.isUnordered === true || isUnordered(objects);
  const known = { ...progress, ...stated(progress, page), updatedAt: now };
  if (isTorn(progress, page)) {
    // Counted when they are read in their place.
    const next = earlier(progress.next, objects.length, 0);
    return { ...known, next, wentBack: (progress.wentBack ?? 0) + 1 };
  }
  const overlap = unordered ? 0 : Math.min(mostOverlap, Math.floor(objects.length / 2));
  const next = nextOf(progress, page, overlap);
  const after = {
    ...known,
    ...counted(progress, page),
    tail: overlap === 0 ? [] : objects.slice(-overlap).map(markOf),
    ...(unordered ? { isUnordered: true } : {}),
  };
  if (next !== '' && hostOf(next) !== hostOf(progress.next)) {
    const error = 'The address of the next page is on another host than the first.';
    return { ...after, state: 'failed', error };
  }
  return next === '' || next === progress.next
    ? { ...after, state: 'complete', next: '' }
    : { ...after, next };
}

/** The progress of a pull that the partner refused. */
export const failPull = (progress: PullProgress, error: string, now: string): PullProgress => ({
  ...progress,
  state: 'failed',
  error,
  updatedAt: now,
});
