/** A JSON object of which nothing more is known. */
export type JsonObject = { readonly [property: string]: unknown };

/** Says whether a JSON value is an object, not a list and not null. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
