/** A JSON object of which nothing more is known. */
export type JsonObject = { readonly [property: string]: unknown };

/** Says whether a JSON value is an object, not a list and not null. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects in a JSON value that should be a list of them; none where it is no list. */
export const objectsIn = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];
