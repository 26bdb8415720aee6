import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { cloudLocation } from '../template/cloud-location.ts';
import { S3Error } from './s3-error.ts';

/** A request as its signature covers it. */
export type SignedRequest = {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
};

const algorithm = 'AWS4-HMAC-SHA256';
const longestSeconds = 604_800;

/**
 * The access key that signed a URL (signature version 4, by its query), when the signature covers this request and has not expired;
 * throws what S3 answers otherwise. All functions here have the same secret key.
 */
export function checkPresigned(request: SignedRequest, secretKey: string, now: number): string {
  const { searchParams } = new URL(request.url, 'http://localhost');
  const given = (name: string): string => {
    const values = searchParams.getAll(name);
    if (values.length === 1 && values[0] !== undefined) return values[0];
    throw new S3Error(403, 'AccessDenied', `The request is not signed: ${name} is missing.`);
  };
  const [accessKey = '', ...scope] = given('X-Amz-Credential').split('/');
  const time = given('X-Amz-Date');
  const names = given('X-Amz-SignedHeaders').split(';');
  const seconds = Number(given('X-Amz-Expires'));
  const expected = [time.slice(0, 8), cloudLocation.region, 's3', 'aws4_request'];
  if (given('X-Amz-Algorithm') !== algorithm || scope.join('/') !== expected.join('/')) {
    throw new S3Error(
      400,
      'AuthorizationQueryParametersError',
      `The scope of the signature must be ${expected.join('/')}.`,
    );
  }
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > longestSeconds) {
    throw new S3Error(400, 'AuthorizationQueryParametersError', 'X-Amz-Expires is out of range.');
  }
  demandSignedHeaders(request.headers, names);
  const key = expected.reduce<Buffer>(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    Buffer.from(`AWS4${secretKey}`),
  );
  const text = [algorithm, time, expected.join('/'), sha256(canonicalRequest(request, names))];
  const signature = createHmac('sha256', key).update(text.join('\n')).digest();
  const presented = Buffer.from(given('X-Amz-Signature'), 'hex');
  if (presented.length !== signature.length || !timingSafeEqual(presented, signature)) {
    throw new S3Error(
      403,
      'SignatureDoesNotMatch',
      'The signature does not match the request: method, path, query or a signed header differs.',
    );
  }
  const signedAt = Date.parse(
    time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  if (!(now < signedAt + seconds * 1000)) {
    throw new S3Error(403, 'AccessDenied', 'Request has expired');
  }
  return accessKey;
}

/** S3 demands that the host and every header of its own are covered. */
function demandSignedHeaders(headers: IncomingHttpHeaders, names: readonly string[]): void {
  const needed = ['host', ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))];
  const missing = needed.find((name) => !names.includes(name));
  if (missing !== undefined) {
    throw new S3Error(403, 'AccessDenied', `The header ${missing} is not signed.`);
  }
}

function canonicalRequest(
  { method, url, headers }: SignedRequest,
  names: readonly string[],
): string {
  const [path = '', query = ''] = url.split('?');
  const parameters = query
    .split('&')
    .filter((one) => !one.startsWith('X-Amz-Signature='))
    .toSorted();
  const lines = names.map((name) => `${name}:${String(headers[name] ?? '').trim()}\n`);
  return [
    method,
    path,
    parameters.join('&'),
    lines.join(''),
    names.join(';'),
    'UNSIGNED-PAYLOAD',
  ].join('\n');
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
