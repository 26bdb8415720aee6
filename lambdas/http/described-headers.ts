import type { JsonSchema } from './describe-schema.ts';

/** A header of answers as it is described. */
export type DescribedHeader = { readonly description: string; readonly schema: JsonSchema };

const count: JsonSchema = { type: 'integer', minimum: 0 };

/** The headers of answers that carry something, by their names. */
export const describedHeaders: Readonly<Record<string, DescribedHeader>> = {
  ETag: {
    description: 'Names the resource as it is shown, for `If-Match` of a later `PUT`.',
    schema: { type: 'string' },
  },
  'RateLimit-Limit': {
    description: 'Calls that the API key may make in a window.',
    schema: count,
  },
  'RateLimit-Remaining': {
    description: 'Calls that the API key may still make in this window, as far as is known.',
    schema: count,
  },
  'RateLimit-Reset': { description: 'Seconds until the window ends.', schema: count },
  'RateLimit-Policy': {
    description: 'The limit and the seconds of a window, as in `2000;w=10`.',
    schema: { type: 'string' },
  },
  'Retry-After': {
    description:
      'Seconds after which the call may be sent again; absent where API Gateway itself refuses.',
    schema: count,
  },
};

/** On every answer to a caller whose key is known. */
export const rateHeaders = [
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'RateLimit-Policy',
] as const;

/** Refers to headers by their names. */
export const headersOf = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
