import { type JsonLiteral, NumberLiteral } from '../../units/json-literals.ts';

/** The fields of a JSON object. */
export type Fields = { readonly [name: string]: JsonLiteral };

/** Says whether a JSON value is an object. */
export const isFields = (value: JsonLiteral | undefined): value is Fields =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof NumberLiteral);
