/** A JSON number as it was written, so that no digit is lost to a float. */
export class NumberLiteral {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A JSON value whose numbers are literals. */
export type JsonLiteral =
  | string
  | boolean
  | null
  | NumberLiteral
  | readonly JsonLiteral[]
  | { readonly [key: string]: JsonLiteral };

/** The result of reading JSON text: a value, or one sentence on why it is not JSON. */
export type ReadJson =
  | { readonly kind: 'json'; readonly value: JsonLiteral }
  | { readonly kind: 'malformed'; readonly message: string };

type SourceReviver = (
  key: string,
  value: unknown,
  context?: { readonly source?: string },
) => unknown;
// The third argument of a reviver is ECMAScript, but not yet in the type library.
const parseWithSource: (text: string, reviver: SourceReviver) => unknown = JSON.parse;

/** Reads JSON text and keeps every number as its literal text. */
export const readJsonLiterals = (text: string): ReadJson => {
  try {
    const value = parseWithSource(text, (_key, inner, context) =>
      typeof inner === 'number' ? new NumberLiteral(context?.source ?? String(inner)) : inner,
    );
    return { kind: 'json', value: value as JsonLiteral };
  } catch (error) {
    // JSON.parse throws nothing else.
    const { message } = error as SyntaxError;
    return { kind: 'malformed', message: `This is not valid JSON: ${message}.` };
  }
};
