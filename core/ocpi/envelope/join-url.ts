/**
 * Appends segments to the address of an endpoint with exactly one slash between them, because templates in the text
 * and addresses of partners have it or not. Segments are encoded; a query of the address stays behind them.
 */
export const joinUrl = (
  endpoint: string,
  segments: readonly string[],
  trailingSlash = false,
): string => {
  const [path = '', query] = endpoint.split('?', 2);
  const joined = [path.replace(/\/+$/, ''), ...segments.map(encodeURIComponent)].join('/');
  const ended = trailingSlash ? `${joined}/` : joined;
  return query === undefined ? ended : `${ended}?${query}`;
};
