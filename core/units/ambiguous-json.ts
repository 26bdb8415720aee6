import { parseDecimal, scaleDecimal } from './decimal.ts';

/**
 * Why JSON text is two documents for two readers, in one sentence; undefined where it is not: a key that an object has
 * twice, of which some take the first and others the last, and a number with more digits than a double holds, of which some
 * read another one. The text must be JSON.
 */
export const ambiguityIn = (text: string): string | undefined => {
  const key = repeatedKey(text);
  if (key !== undefined) return `The key ${JSON.stringify(key)} occurs twice in one object.`;
  const number = inexactNumber(text);
  return number === undefined
    ? undefined
    : `The number ${number} has more digits than readers of JSON keep.`;
};

/** The first key that JSON text has twice in one object, undefined where there is none. The text must be JSON. */
export const repeatedKey = (text: string): string | undefined => {
  const open: Set<string>[] = [];
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}]/g;
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (isKey(text, index + token.length)) {
      const key: string = JSON.parse(token);
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
};

/** A string is a key exactly where a colon follows. */
const isKey = (text: string, end: number): boolean => {
  let at = end;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at += 1;
  return text.charAt(at) === ':';
};

const inexactNumber = (text: string): string | undefined => {
  const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
  for (const [token] of text.matchAll(tokens)) {
    if (!(token.startsWith('"') || isExact(token))) return token;
  }
  return undefined;
};

/** A double is written in as few digits as identify it, so that any other number that is read as it is another one. */
const isExact = (literal: string): boolean => {
  const [stated, read] = [parseDecimal(literal), parseDecimal(String(Number(literal)))];
  return (
    stated !== undefined &&
    read !== undefined &&
    scaleDecimal(stated, read.decimals) === read.digits
  );
};
