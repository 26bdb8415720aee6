/** The URL of a page at which somebody pays, below FILES_URL: the HTTP API as everybody reaches it. */
export const payUrl = (token: string): string =>
  `${(process.env['FILES_URL'] ?? '').replace(/\/+$/, '')}/pay/${token}`;
