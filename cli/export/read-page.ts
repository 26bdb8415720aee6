import { CommandError } from '../../clients/command-error.ts';
import type { ApiAnswer } from '../../clients/operator-api.ts';

/** Asks the operator API by a path. */
export type Ask = (path: string) => Promise<ApiAnswer>;

/** A line of an export. */
export type Line = Readonly<Record<string, unknown>>;

/** A page of a list, or the one thing that a path stands for. */
export type Page = { readonly lines: readonly Line[]; readonly next: string | null };

/** Reads a page from a path; an empty one where the thing is gone since it was listed, or was never set. */
export async function readPage(ask: Ask, path: string, cursor?: string): Promise<Page> {
  const query = cursor === undefined ? '' : `limit=100&cursor=${encodeURIComponent(cursor)}`;
  const { status, body } = await ask(query === '' ? path : `${path}${separatorIn(path)}${query}`);
  if (status < 300) return pageIn(body);
  if (status === 404) return { lines: [], next: null };
  const { code = `HTTP_${status}`, message = '' } = Object(body) as Record<string, string>;
  throw new CommandError(code, `${path} was answered with HTTP ${status}. ${message}`);
}

/** Reads all that there is behind a path. */
export async function readWhole(ask: Ask, path: string): Promise<readonly Line[]> {
  const lines: Line[] = [];
  let cursor: string | undefined;
  do {
    const page = await readPage(ask, path, cursor);
    lines.push(...page.lines);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return lines;
}

const separatorIn = (path: string): string => (path.includes('?') ? '&' : '?');

const pageIn = (body: unknown): Page => {
  const { items, nextCursor = null } = Object(body) as {
    items?: readonly Line[];
    nextCursor?: string | null;
  };
  return Array.isArray(items)
    ? { lines: items, next: nextCursor }
    : { lines: [Object(body) as Line], next: null };
};
