import { type Instant, instant } from '../../units/instant.ts';
import { parseInstant } from '../../units/parse-instant.ts';
import type { DocumentProblem } from '../document-field.ts';

/** The page of a list that a partner asks for. */
export type PageRequest = {
  readonly offset: number;
  readonly limit: number;
  /** On `last_updated`: from inclusive, to exclusive, in every version. */
  readonly from?: Instant;
  readonly to?: Instant;
};

type Query = { readonly [name: string]: string | undefined };

const wholeIn = (query: Query, name: string, problems: DocumentProblem[]): number | undefined => {
  const text = query[name];
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  problems.push({ path: name, message: 'This has to be a whole number of 0 or more.' });
  return undefined;
};

const momentIn = (query: Query, name: string, problems: DocumentProblem[]): Instant | undefined => {
  // An unescaped plus of a zone arrives as a blank.
  const text = query[name]?.replace(/ (\d\d:?\d\d)$/, '+$1');
  if (text === undefined || text === '') return undefined;
  const parsed = parseInstant(text);
  if (parsed.kind === 'instant') return parsed.at;
  if (parsed.kind === 'no-zone') return instant(parsed.local);
  problems.push({ path: name, message: `"${text}" is not a date and time.` });
  return undefined;
};

/** Reads which page a partner asks for; at most `most` objects. A limit of 0 asks for as many as there may be. */
export const readPageRequest = (
  query: Query,
  most: number,
):
  | { readonly kind: 'page'; readonly page: PageRequest }
  | { readonly kind: 'invalid'; readonly problems: readonly DocumentProblem[] } => {
  const problems: DocumentProblem[] = [];
  const offset = wholeIn(query, 'offset', problems) ?? 0;
  const asked = wholeIn(query, 'limit', problems) ?? most;
  const from = momentIn(query, 'date_from', problems);
  const to = momentIn(query, 'date_to', problems);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const limit = asked === 0 ? most : Math.min(asked, most);
  return {
    kind: 'page',
    page: {
      offset,
      limit,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    },
  };
};
