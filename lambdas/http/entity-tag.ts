import { createHash } from 'node:crypto';
import type { Detail } from './answer.ts';
import type { HttpRequest } from './http-request.ts';
import { sortedJson } from './sorted-json.ts';

/** Whether a resource, as it is shown, is the one that a caller has seen. */
export type IsSeen = (shown: object) => boolean;

/** The entity tag of a resource (RFC 9110, section 8.8.3): the hash of what is shown, without fields that are remarks about a change. */
export function entityTag(shown: object, remarks: readonly string[]): string {
  const own = Object.fromEntries(Object.entries(shown).filter(([name]) => !remarks.includes(name)));
  const hash = createHash('sha256').update(sortedJson(own), 'utf8').digest('base64url');
  return `"${hash.slice(0, 22)}"`;
}

const list = /^(?:W\/)?"[\x21\x23-\x7e]*"(?:[ \t]*,[ \t]*(?:W\/)?"[\x21\x23-\x7e]*")*$/;

/** Says why the `If-Match` of a request cannot be used. */
export function oddIfMatch({ headers }: HttpRequest): readonly Detail[] {
  const given = headers['if-match'];
  if (given === undefined || given === '*' || list.test(given)) return [];
  const message = 'The value must be * or entity tags in quotation marks, as they came in ETag.';
  return [{ path: 'header.if-match', message }];
}

/** Reads the `If-Match` of a request; undefined where it has none. A weak tag is equal to no other (RFC 9110, section 8.8.3.2). */
export function readIfMatch(
  { headers }: HttpRequest,
  remarks: readonly string[],
): IsSeen | undefined {
  const given = headers['if-match'];
  if (given === undefined) return undefined;
  if (given === '*') return () => true;
  const tags = given.split(',').map((tag) => tag.trim());
  return (shown) => tags.includes(entityTag(shown, remarks));
}
