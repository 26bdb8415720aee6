import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextPageIn,
  offsetAfter,
  pageHeaders,
} from '../../../../core/ocpi/envelope/page-headers.ts';
import { readPageRequest } from '../../../../core/ocpi/envelope/page-request.ts';

const url = 'https://example.org/ocpi/2.2.1/sessions';
const pageOf = (query: Record<string, string>, most = 100) => {
  const read = readPageRequest(query, most);
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.problems));
  return read.page;
};
const queryIn = (link: string): Record<string, string> =>
  Object.fromEntries(new URL(link).searchParams);

describe('pages of a list', () => {
  it('following the links reads every object once, in order, with the filters that were asked for', () => {
    fc.assert(
      fc.property(
        fc.nat(60),
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 1, max: 12 }),
        (total, limit, most) => {
          const objects = Array.from({ length: total }, (_, at) => at);
          const read: number[] = [];
          let query: Record<string, string> = {
            date_from: '2026-03-01T00:00:00Z',
            ...(limit === 0 ? {} : { limit: String(limit) }),
          };
          for (let more = true; more; ) {
            const page = pageOf(query, most);
            read.push(...objects.slice(page.offset, page.offset + page.limit));
            const headers = pageHeaders(url, query, page, total, most);
            expect(headers['X-Total-Count']).toBe(String(total));
            expect(headers['X-Limit']).toBe(String(most));
            const next = nextPageIn(headers['Link']);
            more = next !== undefined;
            if (next === undefined) continue;
            query = queryIn(next);
            expect(query['date_from']).toBe('2026-03-01T00:00:00Z');
          }
          expect(read).toEqual(objects);
        },
      ),
    );
  });

  it('a limit above ours is answered with ours, and the link says so', () => {
    const page = pageOf({ limit: '2000' });
    expect(page.limit).toBe(100);
    expect(pageHeaders(url, { limit: '2000' }, page, 500, 100)['Link']).toBe(
      `<${url}?limit=100&offset=100>; rel="next"`,
    );
  });

  it.each([
    [{ offset: '-1' }, 'offset'],
    [{ limit: 'all' }, 'limit'],
    [{ date_from: 'yesterday' }, 'date_from'],
    [{ date_to: '2026-02-30T00:00:00Z' }, 'date_to'],
  ])('the query %j is refused by the name of its field', (query, path) => {
    expect(readPageRequest(query, 100)).toMatchObject({ kind: 'invalid', problems: [{ path }] });
  });

  it('dates without a zone are UTC, and a plus that was not escaped is one all the same', () => {
    expect(pageOf({ date_from: '2026-03-01T00:00:00' }).from).toBe(
      pageOf({ date_from: '2026-03-01T01:00:00 01:00' }).from,
    );
  });

  it.each([
    ['<https://a.example/x?offset=2>; rel="next"', 'https://a.example/x?offset=2'],
    [
      '<https://a.example/first>; rel="first", <https://a.example/n>; rel=next',
      'https://a.example/n',
    ],
    ['<https://a.example/first>; rel="first"', undefined],
    [undefined, undefined],
  ])('the next page in %s is %s', (link, next) => {
    expect(nextPageIn(link)).toBe(next);
  });

  it('a crawl goes back by as many objects as vanished between two pages', () => {
    expect(offsetAfter(200, 500, 497)).toBe(197);
    expect(offsetAfter(200, 500, 510)).toBe(200);
    expect(offsetAfter(2, 500, 100)).toBe(0);
    expect(offsetAfter(200, undefined, 10)).toBe(200);
    expect(offsetAfter(200, 10, undefined)).toBe(200);
  });
});
