import { createHash, createHmac } from 'node:crypto';
import { signingKey, signingTime } from '../runtime/aws-signature.ts';

/** A request to S3 that a URL allows, once or often, until it expires. */
export type PresignedRequest = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  readonly bucket: string;
  readonly key: string;
  /** How long the URL is valid; at most 604800, and no longer than the credentials that sign it. */
  readonly seconds: number;
  /** Headers that the request must have exactly so, by their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Parameters by which S3 changes its answer, such as `response-content-disposition`. */
  readonly query?: Readonly<Record<string, string>>;
};

/** Who signs, where and when. */
export type Signing = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly region: string;
  /** Base URL of S3, with buckets as first step of the path; undefined for the host of the bucket itself. */
  readonly endpoint?: string | undefined;
  /** Epoch ms. */
  readonly now: number;
};

const algorithm = 'AWS4-HMAC-SHA256';
const service = 's3';

/**
 * Writes a URL that allows one request to S3, by version 4 of AWS's signatures. The SDK's own way of it loads its client for S3,
 * which is most of the start-up time of a function.
 */
export function presignUrl(request: PresignedRequest, signing: Signing): string {
  const { bucket, key, method, seconds, headers = {}, query = {} } = request;
  const { region, endpoint, accessKeyId, secretAccessKey, sessionToken, now } = signing;
  const base = new URL(endpoint ?? `https://${bucket}.s3.${region}.amazonaws.com`);
  const path = [...(endpoint === undefined ? [] : [bucket]), ...key.split('/')];
  const canonicalPath = `/${path.map(escaped).join('/')}`;
  const time = signingTime(new Date(now));
  const scope = `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
  const signed = Object.entries({ ...headers, host: base.host }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const names = signed.map(([name]) => name).join(';');
  const parameters = Object.entries({
    ...query,
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Content-Sha256': 'UNSIGNED-PAYLOAD',
    'X-Amz-Credential': `${accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(seconds),
    ...(sessionToken ? { 'X-Amz-Security-Token': sessionToken } : {}),
    'X-Amz-SignedHeaders': names,
  })
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&');
  const lines = signed.map(([name, value]) => `${name}:${value.trim()}\n`).join('');
  const canonical = `${method}\n${canonicalPath}\n${parameters}\n${lines}\n${names}\nUNSIGNED-PAYLOAD`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const proof = createHmac('sha256', signingKey(secretAccessKey, scope))
    .update(`${algorithm}\n${time}\n${scope}\n${digest}`)
    .digest('hex');
  return `${base.origin}${canonicalPath}?${parameters}&X-Amz-Signature=${proof}`;
}

/** As RFC 3986 has it: `encodeURIComponent` leaves five characters that a signature does not. */
const escaped = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
