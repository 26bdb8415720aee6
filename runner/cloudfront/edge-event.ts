import type { Header } from '../gateway/arrived-request.ts';
import { asJsonObject, isJsonObject, type JsonObject } from '../template/json-object.ts';

/** A value in an event of CloudFront; the first one where a name is repeated, with all of them beside it. */
type EdgeValue = {
  readonly value: string;
  readonly multiValue?: readonly { readonly value: string }[];
};

/** Values by name; those of a query are percent-encoded as they were sent, names of headers are lower case. */
type EdgeValues = Readonly<Record<string, EdgeValue>>;

/** A request as a CloudFront function sees it. */
export type EdgeRequest = {
  readonly method: string;
  /** Percent-encoded path. */
  readonly uri: string;
  readonly querystring: EdgeValues;
  readonly headers: EdgeValues;
  readonly cookies: EdgeValues;
};

/** Makes the request of a CloudFront function out of one that a viewer sent. */
export function edgeRequest(
  method: string,
  target: string,
  headers: readonly Header[],
): EdgeRequest {
  const at = target.indexOf('?');
  const query = at < 0 ? '' : target.slice(at + 1);
  const isCookie = ([name]: Header): boolean => name.toLowerCase() === 'cookie';
  const lowerCase = headers
    .filter((header) => !isCookie(header))
    .map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    method,
    uri: at < 0 ? target : target.slice(0, at),
    querystring: gather(query.split('&').filter(Boolean).map(splitPair)),
    headers: gather(lowerCase),
    cookies: gather(
      headers
        .filter(isCookie)
        .flatMap(([, value]) => value.split(';'))
        .map((cookie) => splitPair(cookie.trim())),
    ),
  };
}

function splitPair(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function gather(pairs: readonly (readonly [string, string])[]): EdgeValues {
  const values: Record<string, { value: string; multiValue?: { value: string }[] }> = {};
  for (const [name, value] of pairs) {
    const known = Object.hasOwn(values, name) ? values[name] : undefined;
    if (known === undefined) {
      values[name] = { value };
    } else {
      known.multiValue = [...(known.multiValue ?? [{ value: known.value }]), { value }];
    }
  }
  return values;
}

/** Path and query as the origin gets them; a query may also be a text, written as it is. */
export function targetOf(uri: string, querystring: unknown): string {
  const query =
    typeof querystring === 'string' ? querystring : pairsOf(querystring).map(joinPair).join('&');
  return query === '' ? uri : `${uri}?${query}`;
}

/** Name and value of everything that a function left in a header or query object. */
export function pairsOf(values: unknown): readonly (readonly [string, string])[] {
  return Object.entries(asJsonObject(values)).flatMap(([name, entry]) =>
    valuesOf(entry).map((value) => [name, value] as const),
  );
}

function valuesOf(entry: unknown): readonly string[] {
  if (!isJsonObject(entry)) {
    return [];
  }
  const { value, multiValue } = entry;
  const all = Array.isArray(multiValue)
    ? multiValue.map((each) => asJsonObject(each)['value'])
    : [value];
  return all.map(String);
}

function joinPair([name, value]: readonly [string, string]): string {
  return value === '' ? name : `${name}=${value}`;
}

/** The body of a response that a function made; empty when it made none. */
export function bodyOf({ body }: JsonObject): Buffer {
  if (typeof body === 'string') {
    return Buffer.from(body);
  }
  const { data = '', encoding } = asJsonObject(body);
  return Buffer.from(String(data), encoding === 'base64' ? 'base64' : 'utf8');
}
