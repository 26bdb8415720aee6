import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterPage,
  beginPull,
  type PullProgress,
} from '../../../../core/ocpi/pull/pull-progress.ts';

const url = 'https://partner.example/ocpi/locations';
const now = '2026-06-01T00:00:00.000Z';

const offsetIn = (next: string): number => Number(/offset=(\d+)/.exec(next)?.[1] ?? 0);

/** An object of a partner, and when it changed last. */
type Listed = { readonly id: string; readonly changedAt: string };

const instant = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString();

/** A pull of a list, which is another one for each page. */
function pullOf(listAt: (page: number) => readonly Listed[], size: number) {
  const seen: string[] = [];
  const versions = new Map<string, string>();
  let progress: PullProgress = beginPull('locations', url, undefined, now);
  for (let page = 0; progress.state === 'running'; page += 1) {
    const all = listAt(page);
    const offset = offsetIn(progress.next);
    const objects = all.slice(offset, offset + size);
    for (const { id, changedAt } of objects) {
      seen.push(id);
      versions.set(id, changedAt);
    }
    const isLast = offset + size >= all.length;
    const link = isLast ? undefined : `<${url}?offset=${offset + size}&limit=${size}>; rel="next"`;
    progress = afterPage(progress, { link, total: all.length, objects }, now);
  }
  expect(progress).toMatchObject({ state: 'complete', next: '' });
  return { seen, versions, progress };
}

const unchanged = (list: readonly string[]): readonly Listed[] =>
  list.map((id) => ({ id, changedAt: now }));

/** The objects that a pull reads of a list, of which some are taken away between two pages. */
const crawl = (list: readonly string[], size: number, gone: ReadonlySet<string>) =>
  pullOf((page) => unchanged(page === 0 ? list : list.filter((one) => !gone.has(one))), size);

describe('the pull of a list', () => {
  const lists = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 30 });
  const sizes = fc.integer({ min: 1, max: 10 });

  it('every object of a list is read, in its order, and counted once', () => {
    fc.assert(
      fc.property(lists, sizes, (list, size) => {
        const { seen, progress } = crawl(list, size, new Set());
        expect([...new Set(seen)]).toEqual(list);
        expect(progress.received).toBe(list.length);
      }),
    );
  });

  it('of a list that is seen not to be in the order of changes, no object is read twice', () => {
    const list = [5, 1, 4, 2, 9, 3, 8].map((n) => ({ id: `L-${n}`, changedAt: instant(n) }));
    const { seen } = pullOf(() => list, 2);
    expect(seen).toEqual(list.map(({ id }) => id));
  });

  // As ocpi/ocpi#373: a partner that orders its list by changes, of which some happen between two pages.
  it.each([
    ['the oldest first', 1],
    ['the newest first', -1],
  ])(
    'no object is missed at a partner that orders by change, %s, while others move',
    (_name, direction) => {
      const moves = fc.array(fc.array(fc.nat(29), { maxLength: 12 }), { maxLength: 12 });
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 30 }), sizes, moves, (count, size, movedAt) => {
          let clock = 100;
          let list: Listed[] = Array.from({ length: count }, (_none, n) => ({
            ...{ id: `L-${n}`, changedAt: instant(n) },
          }));
          const ordered = () =>
            list.toSorted((a, b) => direction * (a.changedAt < b.changedAt ? -1 : 1));
          const { seen, progress } = pullOf(
            (page) => {
              for (const n of page === 0 ? [] : (movedAt[page - 1] ?? [])) {
                clock += 1;
                const changedAt = instant(clock);
                list = list.map((one) => (one.id === `L-${n}` ? { ...one, changedAt } : one));
              }
              return ordered();
            },
            Math.max(2, size),
          );
          // The next pull asks for those that moved in front of all that was read.
          const { since = '' } = beginPull('locations', url, progress, now);
          const next = list.filter(({ changedAt }) => changedAt >= since).map(({ id }) => id);
          const known = new Set([...seen, ...next]);
          expect(list.filter(({ id }) => !known.has(id))).toEqual([]);
        }),
        { numRuns: 60 },
      );
    },
  );

  // As citrineos-core PR 831: a partner that names no next page, and counts.
  it.each([
    ['states the most of a page', 7],
    ['states none', undefined],
  ])('every object is read at a partner that names no next page and %s', (_name, limit) => {
    fc.assert(
      fc.property(lists, (list) => {
        const seen: string[] = [];
        let progress: PullProgress = beginPull('locations', url, undefined, now);
        while (progress.state === 'running') {
          const objects = unchanged(list).slice(offsetIn(progress.next)).slice(0, 7);
          seen.push(...objects.map(({ id }) => id));
          const page = { link: undefined, total: list.length, limit, objects };
          progress = afterPage(progress, page, now);
        }
        expect([...new Set(seen)]).toEqual(list);
        expect(progress.received).toBe(list.length);
      }),
      { numRuns: 40 },
    );
  });

  it('objects that are counted and not shown are not asked for again', () => {
    const first = beginPull('tariffs', url, undefined, now);
    const page = { link: undefined, total: 40, limit: 100, objects: unchanged(['a', 'b']) };
    expect(afterPage(first, page, now)).toMatchObject({ state: 'complete', received: 2 });
  });

  it('no object is skipped while others are taken away', () => {
    fc.assert(
      fc.property(lists, sizes, fc.func(fc.boolean()), (list, size, isGone) => {
        const gone = new Set(list.filter((one) => isGone(one)));
        const seen = new Set(crawl(list, size, gone).seen);
        for (const one of list.filter((each) => !gone.has(each))) expect(seen).toContain(one);
      }),
    );
  });

  it('the next pull asks from the latest change that was read, and one of sessions always from a time', () => {
    const first = beginPull('cdrs', `${url}?x=1`, undefined, now);
    expect(first.next).toBe(`${url}?x=1&offset=0&limit=50`);
    const changes = [
      '2026-01-02T00:00:00.000Z',
      '2026-01-03T00:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
    ];
    const objects = changes.map((changedAt, n) => ({ id: `C-${n}`, changedAt }));
    const page = { link: undefined, total: 3, objects };
    const done = afterPage(first, page, now);
    const second = beginPull('cdrs', url, done, now);
    expect(second.since).toBe('2026-01-03T00:00:00.000Z');
    expect(second.next).toContain(`date_from=${encodeURIComponent(String(second.since))}`);
    // Nothing changed: the time of the one before counts.
    const none = afterPage(second, { ...page, objects: [] }, now);
    expect(beginPull('cdrs', url, none, now).since).toBe(second.since);
    // One that was not read to its end: what it has not seen may have changed earlier.
    const failed = { ...done, state: 'failed', since: '2025-12-01T00:00:00.000Z' } as const;
    expect(beginPull('cdrs', url, failed, now).since).toBe(failed.since);
    expect(beginPull('sessions', url, undefined, now).next).toContain('date_from=');
  });

  it('what changes while a list is read is read by the next pull, also where the partner’s clock is up to an hour off, or was', () => {
    const began = Date.parse(now);
    const stamp = (seconds: number, minutesOff: number): string =>
      new Date(began + seconds * 1000 + minutesOff * 60_000).toISOString();
    const changes = fc.array(fc.record({ of: fc.nat(9), after: fc.nat(5) }), { maxLength: 12 });
    const offs = fc.integer({ min: -60, max: 60 });
    fc.assert(
      fc.property(changes, offs, offs, fc.boolean(), (made, offBefore, off, isOdd) => {
        /** The list when a page is read; one object is of a year to come, as by a slip. */
        const listAt = (page: number): readonly Listed[] =>
          Array.from({ length: 10 }, (_none, n) => {
            const times = made.filter(({ of, after }) => of === n && after < page);
            const last = Math.max(...times.map(({ after }) => after));
            const unchangedAt =
              isOdd && n === 3 ? '2099-01-01T00:00:00.000Z' : stamp(-n, offBefore);
            const changedAt = times.length > 0 ? stamp(last + 1, off) : unchangedAt;
            return { id: `L-${n}`, changedAt };
          });
        const { versions, progress } = pullOf(listAt, 2);
        const { since = '' } = beginPull('locations', url, progress, stamp(3600, 0));
        const missed = listAt(99).filter(
          ({ id, changedAt }) => versions.get(id) !== changedAt && changedAt < since,
        );
        expect(missed).toEqual([]);
      }),
    );
  });
});
