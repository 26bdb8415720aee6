import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type JsonLiteral,
  NumberLiteral,
  readJsonLiterals,
} from '../../../core/units/json-literals.ts';

/** A value of JSON whose numbers are those of JavaScript. */
export const plainJson = (value: JsonLiteral | undefined): unknown => {
  if (value instanceof NumberLiteral) return Number(value.text);
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainJson(inner)]));
};

/** A document of a version with every field, as `location`; `more` in the place of its fields. */
export function goldenDocument(version: string, name: string, more: object = {}): Golden {
  const path = new URL(`../../golden/ocpi/${version}/${name}.json`, import.meta.url);
  const read = readJsonLiterals(readFileSync(fileURLToPath(path), 'utf8'));
  if (read.kind === 'malformed') throw new Error(read.message);
  return { ...(plainJson(read.value) as object), ...more };
}

/** A document of OCPI. */
export type Golden = { readonly [field: string]: unknown };
