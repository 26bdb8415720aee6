import { createHash } from 'node:crypto';

const tagLength = 8;

/** Names a list by whose it is, its call and the parameters of its path. */
export const listName = (
  operatorId: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
): string => JSON.stringify([operatorId, path, parameters]);

const tagOf = (list: string): string =>
  createHash('sha256').update(list, 'utf8').digest('base64url').slice(0, tagLength);

/** Ties a cursor to the list that gives it. */
export const bindCursor = (list: string, cursor: string): string => `${tagOf(list)}${cursor}`;

/** Gives back the cursor that was tied to this list; undefined when another list gave it. */
export const unbindCursor = (list: string, cursor: string): string | undefined =>
  cursor.startsWith(tagOf(list)) ? cursor.slice(tagLength) : undefined;
