import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { callBucket } from '../bucket/call-bucket.ts';
import { fileUrl } from '../bucket/file-url.ts';
import type { OfferedFile } from '../store/files/transfers.ts';

/** Bytes that a function answers with itself: Lambda takes 6 MB, in base64. */
const mostDirectBytes = 4_194_304;

/** Seconds that the URL of S3 may be used; a charger gets another one from ours. */
const urlSeconds = 3_600;

/** Headers of S3 that a charger is given as well. */
const passedOn = [
  'content-type',
  'content-range',
  'etag',
  'last-modified',
  'accept-ranges',
] as const;

/**
 * Gives a charger its firmware: a small one at once, since small controllers follow no redirects; a larger one by a redirect to S3.
 * A deleted one is not found, by 404.
 */
export async function giveFirmware(
  call: typeof callBucket,
  { objectKey, bytes }: OfferedFile,
  {
    method,
    range,
    now,
  }: { readonly method: 'GET' | 'HEAD'; readonly range: string | undefined; readonly now: number },
): Promise<APIGatewayProxyStructuredResultV2 | 'gone'> {
  if (method === 'HEAD' || bytes > mostDirectBytes) {
    const location = fileUrl({ method, key: objectKey, seconds: urlSeconds }, now);
    return { statusCode: 302, headers: { location, 'cache-control': 'no-store' }, body: '' };
  }
  const answer = await call({ method: 'GET', key: objectKey }, { range });
  // S3 does not tell who may not list that an object is missing.
  if (answer.status === 403 || answer.status === 404) return 'gone';
  const headers = passedOn.flatMap((name) => {
    const value = answer.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    statusCode: answer.status,
    headers: { ...Object.fromEntries(headers), 'cache-control': 'no-store' },
    body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
    isBase64Encoded: true,
  };
}
