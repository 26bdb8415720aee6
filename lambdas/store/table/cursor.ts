/** Writes the place after which a list goes on as an opaque text. */
export const cursorAt = (listSort: string): string =>
  Buffer.from(JSON.stringify({ after: listSort }), 'utf8').toString('base64url');

/** Reads a cursor back; undefined when it is not one of ours. */
export function placeOf(cursor: string): string | undefined {
  if (cursor.length > 512 || !/^[\w-]+$/.test(cursor)) return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (typeof value !== 'object' || value === null || !('after' in value)) return undefined;
    return typeof value.after === 'string' && value.after.length > 0 ? value.after : undefined;
  } catch {
    return undefined;
  }
}
