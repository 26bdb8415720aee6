/** The first lines of an answer: its status and its headers. */
export type AnswerHead = {
  readonly statusCode: number;
  /** All lines as they came, without the empty one behind them. */
  readonly text: string;
  /** The same in lower case, in which headers are looked for. */
  readonly lowered: string;
};

/** An answer that is not of HTTP 1; as Node says it, so that everybody treats both alike. */
export const unreadableAnswer = (why: string): Error =>
  Object.assign(new Error(`Parse Error: ${why}`), { code: 'HPE_INVALID_CONSTANT' });

/** Reads the first lines of an answer. Throws where they are not those of an answer of HTTP 1.0 or 1.1. */
export function answerHead(text: string): AnswerHead {
  const statusCode = Number(/^HTTP\/1\.[01] (\d{3})(?: |\r\n|$)/.exec(text)?.[1]);
  if (Number.isNaN(statusCode)) throw unreadableAnswer('Expected HTTP/ and a status');
  return { statusCode, text, lowered: text.toLowerCase() };
}

/** The value of a header, by its name in lower case; the first one of several. */
export function headerOf({ text, lowered }: AnswerHead, name: string): string | undefined {
  const at = lowered.indexOf(`\r\n${name}:`);
  if (at < 0) return undefined;
  const from = at + name.length + 3;
  const end = text.indexOf('\r\n', from);
  return text.slice(from, end < 0 ? undefined : end).trim();
}

/** All headers by their names in lower case. */
export function allHeaders({ text }: AnswerHead): Record<string, string> {
  const all: Record<string, string> = {};
  for (const line of text.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && !Object.hasOwn(all, name)) all[name] = line.slice(colon + 1).trim();
  }
  return all;
}
