import { type JsonLiteral, NumberLiteral } from './json-literals.ts';

/** Writes a JSON value with every number as its literal, so that no digit is lost to a float. */
export const writeJsonLiterals = (value: JsonLiteral): string => {
  if (value instanceof NumberLiteral) return value.text;
  if (Array.isArray(value)) return `[${value.map(writeJsonLiterals).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, inner]) => `${JSON.stringify(name)}:${writeJsonLiterals(inner)}`,
  );
  return `{${fields.join(',')}}`;
};
