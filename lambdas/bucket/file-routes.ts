/** The routes at which chargers leave and find their files, as API Gateway names them: no key is needed, the token in the path says everything. */
export const fileRoutes: readonly string[] = ['GET', 'HEAD', 'PUT', 'POST'].flatMap((method) => [
  `${method} /files/{token}`,
  `${method} /files/{token}/{name}`,
]);

/** Characters of a token: 120 bits that nobody guesses, in few characters, since chargers have little room for a URL. */
export const tokenLength = 24;

/** The URL of a token, below FILES_URL. */
export const transferUrl = (token: string): string =>
  `${(process.env['FILES_URL'] ?? '').replace(/\/+$/, '')}/files/${token}`;

/** The token in a URL of ours; undefined in any other. */
export const tokenIn = (url: string): string | undefined => {
  const start = transferUrl('');
  return url.startsWith(start) ? url.slice(start.length, start.length + tokenLength) : undefined;
};
