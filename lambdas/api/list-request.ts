import { placeOf } from '../store/table/cursor.ts';
import type { ListRequest } from '../store/table/listed.ts';

/** Reads the common part of a list's query; undefined when the cursor was not issued by us. */
export function listRequest(query: {
  readonly limit: number;
  readonly cursor?: string | undefined;
}): ListRequest | undefined {
  if (query.cursor === undefined) return { limit: query.limit };
  const after = placeOf(query.cursor);
  return after === undefined ? undefined : { limit: query.limit, after };
}
