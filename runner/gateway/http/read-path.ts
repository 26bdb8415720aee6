/** A request target as an HTTP API understands it. */
export type RequestPath = {
  /** Percent-decoded, as it is in events. */
  readonly path: string;
  /** The same without the stage: what routes are matched against. */
  readonly routePath: string;
  /** As it was sent, without the question mark. */
  readonly query: string;
};

/**
 * Takes a request target apart; undefined when its percent-encoding is broken.
 * An HTTP API decodes the path before anything else: `%2F` separates steps, and a decoded `?` ends the path.
 */
export function readPath(url: string, stage: string): RequestPath | undefined {
  const at = url.indexOf('?');
  const decoded = decode(at < 0 ? url : url.slice(0, at));
  if (decoded === undefined) {
    return undefined;
  }
  const [path = ''] = decoded.split('?', 1);
  const query = at < 0 ? '' : url.slice(at + 1);
  if (stage === '$default') {
    return { path, routePath: path, query };
  }
  // Outside its stage an API has no routes.
  const inStage = path === `/${stage}` || path.startsWith(`/${stage}/`);
  return { path, routePath: inStage ? path.slice(stage.length + 1) || '/' : '', query };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
