import { type JsonLiteral, NumberLiteral, readJsonLiterals } from '../../units/json-literals.ts';
import { omitUndefined } from '../../units/omit-undefined.ts';
import { writeJsonLiterals } from '../../units/write-json-literals.ts';

/** A value of ours as JSON: its whole numbers become literals, as those are that a partner sent besides. */
const literalOf = (value: unknown): JsonLiteral => {
  if (typeof value === 'number') return new NumberLiteral(String(value));
  if (Array.isArray(value)) return value.map(literalOf);
  if (typeof value !== 'object' || value === null || value instanceof NumberLiteral) {
    return value as JsonLiteral;
  }
  const fields = Object.entries(omitUndefined(value));
  return Object.fromEntries(fields.map(([name, inner]) => [name, literalOf(inner)]));
};

/** Literals are numbers again, but for what a partner sent besides: that stays as it was written. */
const plainOf = (value: JsonLiteral): unknown => {
  if (value instanceof NumberLiteral) return Number(value.text);
  if (Array.isArray(value)) return value.map(plainOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, name === 'extra' ? inner : plainOf(inner)]),
  );
};

/** Writes an object of the model as text that `fromKeptText` reads: every digit that a partner sent stays. */
export const toKeptText = (value: object): string => writeJsonLiterals(literalOf(value));

/** Reads an object of the model that `toKeptText` wrote; throws for any other text. */
export const fromKeptText = <T extends object>(text: string): T => {
  const read = readJsonLiterals(text);
  if (read.kind === 'malformed') throw new Error(`A kept object is damaged: ${read.message}`);
  return plainOf(read.value) as T;
};
