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

/** The objects that a pull reads of a list, of which some are taken away between two pages. */
function crawl(
  list: readonly string[],
  size: number,
  gone: ReadonlySet<string>,
): readonly string[] {
  const seen: string[] = [];
  let all = list;
  let progress: PullProgress = beginPull('locations', url, undefined, now);
  for (let page = 0; progress.state === 'running'; page += 1) {
    if (page === 1) all = list.filter((one) => !gone.has(one));
    const offset = offsetIn(progress.next);
    seen.push(...all.slice(offset, offset + size));
    const isLast = offset + size >= all.length;
    const link = isLast ? undefined : `<${url}?offset=${offset + size}&limit=${size}>; rel="next"`;
    const changes = all.slice(offset, offset + size).map(() => now);
    progress = afterPage(progress, { link, total: all.length, changes, refused: [] }, now);
  }
  expect(progress).toMatchObject({ state: 'complete', next: '' });
  return seen;
}

describe('the pull of a list', () => {
  const lists = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 30 });
  const sizes = fc.integer({ min: 1, max: 10 });

  it('every object of a list is read once', () => {
    fc.assert(
      fc.property(lists, sizes, (list, size) => {
        expect(crawl(list, size, new Set())).toEqual(list);
      }),
    );
  });

  it('no object is skipped while others are taken away', () => {
    fc.assert(
      fc.property(lists, sizes, fc.func(fc.boolean()), (list, size, isGone) => {
        const gone = new Set(list.filter((one) => isGone(one)));
        const seen = new Set(crawl(list, size, gone));
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
    const page = { link: undefined, total: 3, changes, refused: [] };
    const done = afterPage(first, page, now);
    const second = beginPull('cdrs', url, done, now);
    expect(second.since).toBe('2026-01-03T00:00:00.000Z');
    expect(second.next).toContain(`date_from=${encodeURIComponent(String(second.since))}`);
    // Nothing changed: the time of the one before counts.
    const none = afterPage(second, { ...page, changes: [] }, now);
    expect(beginPull('cdrs', url, none, now).since).toBe(second.since);
    // One that was not read to its end: what it has not seen may have changed earlier.
    const failed = { ...done, state: 'failed', since: '2025-12-01T00:00:00.000Z' } as const;
    expect(beginPull('cdrs', url, failed, now).since).toBe(failed.since);
    expect(beginPull('sessions', url, undefined, now).next).toContain('date_from=');
  });
});
