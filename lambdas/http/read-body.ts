import { repeatedKey } from '../../core/units/ambiguous-json.ts';
import { NumberLiteral } from '../../core/units/json-literals.ts';

/** Largest body of a request in bytes. */
const largestBody = 256 * 1024;

/** A body that was read, or why it was not. */
export type ReadBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'malformed'; readonly reason: string };

type Source = { readonly source?: string };

const significantDigits = (literal: string): number =>
  (literal.split(/e/i)[0] ?? '').replace(/[-.]/g, '').replace(/^0+/, '').length;

// A number of up to 15 digits survives as a double; a longer one stays a literal, which no schema takes.
const exact = (_key: string, value: unknown, context?: Source): unknown =>
  typeof value === 'number' && significantDigits(context?.source ?? '') > 15
    ? new NumberLiteral(context?.source ?? '')
    : value;

/**
 * The sign for a lost letter: it comes in the place of bytes that are not UTF-8 where API Gateway hands a body over as text, and from clients that
 * lost it before. JSON can have it escaped.
 */
const lostLetter = '\uFFFD';

/** Reads the body of a request as JSON without losing a digit, a letter or one of two values of a key; an absent one is undefined. */
export function readBody(body: string | undefined, base64: boolean): ReadBody {
  if (body === undefined || body === '') return { kind: 'json', value: undefined };
  const text = base64 ? Buffer.from(body, 'base64').toString('utf8') : body;
  if (Buffer.byteLength(text, 'utf8') > largestBody) return { kind: 'too-large' };
  if (text.includes(lostLetter)) {
    return { kind: 'malformed', reason: 'The body is not UTF-8: letters of its text are lost.' };
  }
  let value: unknown;
  try {
    value = JSON.parse(text, exact);
  } catch {
    return { kind: 'malformed', reason: 'The body is not valid JSON.' };
  }
  const key = repeatedKey(text);
  return key === undefined
    ? { kind: 'json', value }
    : { kind: 'malformed', reason: `The key ${JSON.stringify(key)} occurs twice in one object.` };
}
