/** Context with which a JSON reviver shows the source text; lib.es does not declare the argument yet. */
type Source = { readonly source?: string };

/**
 * Reads JSON so that the numbers of the named properties become the text that was written for them.
 * A number of more than 15 digits survives that way, and so does a trailing zero.
 * JSON that is nested deeper than the stack allows keeps its numbers. Throws when the text is not JSON.
 */
export const withNumberLiterals = (text: string, properties: readonly string[]): unknown => {
  const toLiteral = (property: string, value: unknown, context?: Source): unknown =>
    typeof value === 'number' && properties.includes(property)
      ? (context?.source ?? String(value))
      : value;
  try {
    return JSON.parse(text, toLiteral);
  } catch (error) {
    if (error instanceof RangeError) return JSON.parse(text);
    throw error;
  }
};

/** Writes a whole number as in its JSON text, if a double cannot represent it. */
export const integerText = (value: number, property: string, text: string): string => {
  if (Number.isSafeInteger(value)) return String(value);
  const read = withNumberLiterals(text, [property]);
  const literal = (read as Readonly<Record<string, unknown>>)[property];
  return typeof literal === 'string' ? literal : String(value);
};
