import type { JsonLiteral } from '../../units/json-literals.ts';
import { type Fields, isFields } from '../common/fields.ts';

/** Changes every object of a document, innermost first; `changed` gets its fields, and undefined leaves a field out. */
export const mapFields = (
  value: JsonLiteral,
  changed: (name: string, value: JsonLiteral) => JsonLiteral | undefined,
): JsonLiteral => {
  if (Array.isArray(value)) return value.map((item: JsonLiteral) => mapFields(item, changed));
  if (!isFields(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const next = changed(name, mapFields(inner, changed));
      return next === undefined ? [] : [[name, next]];
    }),
  );
};

/** Adds a field to every object of a document that has another one but not it. */
export const addField = (
  value: JsonLiteral,
  owners: (fields: Fields) => boolean,
  name: string,
  added: JsonLiteral,
): JsonLiteral => {
  if (Array.isArray(value)) {
    return value.map((item: JsonLiteral) => addField(item, owners, name, added));
  }
  if (!isFields(value)) return value;
  const fields: Fields = Object.fromEntries(
    Object.entries(value).map(([each, inner]) => [each, addField(inner, owners, name, added)]),
  );
  return owners(fields) && (fields[name] ?? null) === null ? { ...fields, [name]: added } : fields;
};
