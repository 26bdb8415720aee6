import { maskTokenId } from '../runtime/mask-token-id.ts';

/** Names of fields that hold a token, in any case, and that of OCMF (section 3), in capitals alone; the quotes around it may be escaped. */
const tokenName =
  /"(idTag|parentIdTag|idToken|additionalIdToken|eMAID|customerIdentifier|ID)\\*"\s*:\s*/gi;

const isTokenName = (name: string): boolean => name.length > 2 || name === 'ID';

/** How many backslashes are before a place. */
function escapesBefore(text: string, place: number): number {
  let at = place;
  while (text[at - 1] === '\\') at -= 1;
  return place - at;
}

/**
 * The place of the quote that ends a text which begins at a place, where quotes of its level have so many escapes: each backslash and quote in the
 * text itself has twice as many and one more. The end where it breaks off.
 */
function endOfText(text: string, from: number, escapes: number): number {
  let before = 0;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"' && before % (2 * (escapes + 1)) === escapes) return at - escapes;
    before = character === '\\' ? before + 1 : 0;
  }
  return text.length;
}

type Value = { readonly begin: number; readonly end: number; readonly isNumber: boolean };

/** The value that begins at a place: a text without its quotes, or a number, as some chargers send. */
function valueAt(text: string, from: number, escapes: number): Value {
  const open = /^\\*"/.exec(text.slice(from, from + escapes + 1))?.[0].length ?? 0;
  if (open > 0) {
    return { begin: from + open, end: endOfText(text, from + open, escapes), isNumber: false };
  }
  const digits = /^\d+/.exec(text.slice(from, from + 40))?.[0].length ?? 0;
  return { begin: from, end: from + digits, isNumber: true };
}

/** A message as text with its tokens masked: also in JSON that is a text of it, as in DataTransfer, in signed values of OCMF, and where it breaks off. */
export function maskTokenIds(text: string): string {
  let masked = '';
  let done = 0;
  for (const match of text.matchAll(tokenName)) {
    const [whole, name = ''] = match;
    if (match.index < done || !isTokenName(name)) continue;
    const escapes = escapesBefore(text, match.index);
    const { begin, end, isNumber } = valueAt(text, match.index + whole.length, escapes);
    if (begin === end) continue;
    // A number of which only the ends are left is a text.
    const quote = isNumber ? `${'\\'.repeat(escapes)}"` : '';
    masked += text.slice(done, begin) + quote + maskTokenId(text.slice(begin, end)) + quote;
    done = end;
  }
  return masked + text.slice(done);
}
