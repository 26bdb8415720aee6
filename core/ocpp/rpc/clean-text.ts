import type { FrameQuirk } from './frame-quirk.ts';
import { parseJson } from './parse-json.ts';

/** The text of a frame as it is read and stored, and what had to be done for it. */
type CleanText = { readonly text: string; readonly quirks: readonly FrameQuirk[] };

/** Control characters that JSON allows nowhere, not even between its tokens. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

const lineBreaks = /[\t\n\r]/g;

/** Characters that surround a frame without being seen: white space, controls, byte order marks and other format characters, noncharacters. */
const invisible = /[\s\p{Cc}\p{Cf}\ufffe\uffff]/u;

/** Space that JSON allows around a value. */
const allowedAround = /^[ \t\n\r]*$/;

/** An escape sequence of JSON; a surrogate pair is one, so that only a lone surrogate is matched alone. */
const escapes =
  /\\u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|\\u[\da-fA-F]{4}|\\[\s\S]/g;

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

/** Tab and line breaks have a meaning in a text; what fills a buffer or belongs to a terminal has none. */
const isControl = (unit: number): boolean =>
  unit === 0x7f || (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d);

/**
 * Makes the text of a frame one that every JSON reader and database takes alike: control characters are cut, written as they
 * are or as escapes, and so is what cannot be seen around the frame, as a byte order mark; a lone surrogate becomes U+FFFD (RFC 8259
 * section 8.2). A text that needs neither stays as it is, byte for byte.
 */
export const cleanText = (text: string): CleanText => {
  const wellFormed = text.toWellFormed();
  const cut = withoutSurroundings(wellFormed.replace(controls, ''));
  const escaped = cleanEscapes(cut);
  const clean = hasBrokenLines(escaped.text) ? escaped.text.replace(lineBreaks, '') : escaped.text;
  const isCut = cut !== wellFormed || escaped.isCut || clean !== escaped.text;
  const isLone = wellFormed !== text || escaped.isLone;
  return {
    text: clean,
    quirks: [
      ...(isCut ? (['control-characters'] as const) : []),
      ...(isLone ? (['lone-surrogate'] as const) : []),
    ],
  };
};

const withoutSurroundings = (text: string): string => {
  let [from, to] = [0, text.length];
  while (from < to && invisible.test(text.charAt(from))) from += 1;
  while (to > from && invisible.test(text.charAt(to - 1))) to -= 1;
  const around = text.slice(0, from) + text.slice(to);
  return allowedAround.test(around) ? text : text.slice(from, to);
};

type Escaped = { readonly text: string; readonly isCut: boolean; readonly isLone: boolean };

const cleanEscapes = (text: string): Escaped => {
  // Nearly all frames have no such escape at all.
  if (!/\\[ubf]/.test(text)) return { text, isCut: false, isLone: false };
  let isCut = false;
  let isLone = false;
  const clean = text.replace(escapes, (sequence) => {
    if (sequence.length > 6) return sequence;
    const unit = sequence.length === 6 ? Number.parseInt(sequence.slice(2), 16) : undefined;
    if (unit !== undefined && isSurrogate(unit)) {
      isLone = true;
      return '\\ufffd';
    }
    if (sequence === '\\b' || sequence === '\\f' || (unit !== undefined && isControl(unit))) {
      isCut = true;
      return '';
    }
    return sequence;
  });
  return { text: clean, isCut, isLone };
};

/** Line breaks are fine between the tokens of JSON, and break it within a text. */
const hasBrokenLines = (text: string): boolean =>
  /[\t\n\r]/.test(text) &&
  parseJson(text) === undefined &&
  parseJson(text.replace(lineBreaks, '')) !== undefined;
