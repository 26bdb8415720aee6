import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Listed, ListRequest } from '../store/table/listed.ts';

const longestCursor = 1024;

/** The query of every list: how many, and after which place. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(50)
    .meta({ description: 'Most items of the page.' }),
  cursor: z.string().optional().meta({
    description: 'The nextCursor of the previous page; omitted for the first page.',
    maxLength: longestCursor,
  }),
};

/** A page of a list as it is answered: `nextCursor` is null on the last one. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({
    items: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'The cursor of the next page; null on the last page.' }),
  });

/** A page of a list. */
export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

const tagLength = 8;

/** A cursor works only for the list that issued it: its tag says which one that is. */
const tagOf = (list: string): string =>
  createHash('sha256').update(list, 'utf8').digest('base64url').slice(0, tagLength);

const utf8 = new TextDecoder('utf-8', { fatal: true });

function placeIn(text: string): string | undefined {
  try {
    const place = utf8.decode(Buffer.from(text, 'base64url'));
    return place === '' || place.includes('\0') ? undefined : place;
  } catch {
    return undefined;
  }
}

/** Reads which page of a list is asked for; undefined when its cursor was not issued for this list. */
export function readPage(
  list: string,
  query: { readonly limit: number; readonly cursor?: string | undefined },
): ListRequest | undefined {
  const { limit, cursor } = query;
  if (cursor === undefined) return { limit };
  const isOurs =
    cursor.length <= longestCursor && /^[\w-]+$/.test(cursor) && cursor.startsWith(tagOf(list));
  const after = isOurs ? placeIn(cursor.slice(tagLength)) : undefined;
  return after === undefined ? undefined : { limit, after };
}

/** Shows a span of a list as its page. */
export const page = <Item>(list: string, { items, next }: Listed<Item>): Page<Item> => ({
  items,
  nextCursor:
    next === null ? null : `${tagOf(list)}${Buffer.from(next, 'utf8').toString('base64url')}`,
});
