import type { PageRequest } from './page-request.ts';

type Query = { readonly [name: string]: string | undefined };

const withQuery = (url: string, query: Query): string => {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(value)}`],
  );
  return pairs.length === 0 ? url : `${url}?${pairs.join('&')}`;
};

/**
 * The headers of a page: how many objects there are for the filters and this partner, the most that a page may have,
 * and the next page with all filters repeated, absent after the last one. `most` is given in 2.1.1 too, whose text can
 * also be read as the number of objects returned.
 */
export const pageHeaders = (
  url: string,
  query: Query,
  { offset, limit }: PageRequest,
  total: number,
  most: number,
): { readonly [name: string]: string } => {
  const next = offset + limit;
  return {
    'X-Total-Count': String(total),
    'X-Limit': String(most),
    ...(next >= total
      ? {}
      : {
          Link: `<${withQuery(url, { ...query, offset: String(next), limit: String(limit) })}>; rel="next"`,
        }),
  };
};

/** The address of the next page in a partner's header `Link`; undefined after the last one. */
export const nextPageIn = (link: string | undefined): string | undefined => {
  for (const [, url, parameters = ''] of (link ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (url !== undefined && /;\s*rel\s*=\s*"?next"?/i.test(parameters)) return url;
  }
  return undefined;
};

/**
 * The offset to continue a crawl at when the partner's count fell between two pages: objects moved forward by as many,
 * so that many of the page before have to be read again.
 */
export const offsetAfter = (
  next: number,
  countBefore: number | undefined,
  countNow: number | undefined,
): number =>
  countBefore === undefined || countNow === undefined || countNow >= countBefore
    ? next
    : Math.max(0, next - (countBefore - countNow));
