/**
 * The connection id in a path such as `/ocpp/@connections/Zm8iNcp1DoECGJA%3D`; undefined for any other path.
 * The stage may be missing, for callers that are given the host alone; `@` may be percent-encoded.
 */
export function readConnectionPath(url: string, stage: string): string | undefined {
  const path = decoded(url.split('?', 1)[0] ?? '');
  const below = path?.startsWith(`/${stage}/`) ? path.slice(stage.length + 1) : path;
  return /^\/@connections\/([^/]+)$/.exec(below ?? '')?.[1];
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
