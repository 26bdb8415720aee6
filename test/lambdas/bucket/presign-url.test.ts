import { createHash, createHmac, randomUUID } from 'node:crypto';
import { S3RequestPresigner } from '@aws-sdk/s3-request-presigner';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PresignedRequest, presignUrl } from '../../../lambdas/bucket/presign-url.ts';

/** The hash that the SDK asks for, on Node's own. */
class Sha256 {
  #hash;
  constructor(secret?: string | Uint8Array) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data: string | Uint8Array) {
    this.#hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.#hash.digest());
  }
  reset() {}
}

const bucket = 'joulegate-prod-files-000000000000-eu-central-1';
const signing = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG',
  region: 'eu-central-1',
  now: Date.UTC(2026, 2, 14, 9, 15),
};

/** The URL that the SDK writes for a request. */
async function urlOfSdk(request: PresignedRequest, sessionToken?: string): Promise<string> {
  const { method, key, seconds, headers = {}, query = {} } = request;
  const presigner = new S3RequestPresigner({
    region: signing.region,
    credentials: { ...signing, ...(sessionToken && { sessionToken }) },
    sha256: Sha256 as never,
  });
  const host = `${bucket}.s3.${signing.region}.amazonaws.com`;
  const signed = await presigner.presign(
    {
      method,
      protocol: 'https:',
      hostname: host,
      // The SDK hands the path over as the client has written it.
      path: `/${key
        .split('/')
        .map((step) =>
          encodeURIComponent(step).replace(
            /[!'()*]/g,
            (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
          ),
        )
        .join('/')}`,
      headers: { ...headers, host },
      query: { ...query },
    },
    {
      expiresIn: seconds,
      signingDate: new Date(signing.now),
      unhoistableHeaders: new Set(Object.keys(headers)),
    },
  );
  const parameters = Object.entries(signed.query ?? {})
    .map(([name, value]) => [name, String(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([signed.path, parameters]);
}

const partsOf = (url: string): string => {
  const { pathname, searchParams } = new URL(url);
  const parameters = [...searchParams].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([pathname, parameters]);
};

const step = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' }).filter(
  // Resolved by every client before it sends a request.
  (text) => !/^\.{1,2}$/.test(text) && !/[/\\\t\n\r]/.test(text),
);

const request: fc.Arbitrary<PresignedRequest> = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE'),
  bucket: fc.constant(bucket),
  key: fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('/')),
  seconds: fc.integer({ min: 1, max: 604_800 }),
  headers: fc.constantFrom<Record<string, string>>(
    {},
    {
      'content-length': '12',
      'x-amz-checksum-sha256': 'uU0nuZNNPgilLlLX2n2r+sSE7+N6U4DukIj3rOLvzek=',
    },
  ),
  query: fc.constantFrom<Record<string, string>>(
    {},
    { 'response-content-disposition': 'attachment; filename="a (1).log"' },
  ),
});

describe('a pre-signed URL', () => {
  it('a pre-signed URL is the one that the SDK writes, whatever the key, the headers and the credentials', async () => {
    await fc.assert(
      fc.asyncProperty(request, fc.option(fc.base64String(), { nil: '' }), async (one, token) => {
        const url = presignUrl(one, { ...signing, sessionToken: token });

        expect(partsOf(url)).toBe(await urlOfSdk(one, token));
      }),
      { numRuns: 60 },
    );
  });

  it('a pre-signed URL names the host of the bucket, or the endpoint that functions are pointed to', () => {
    const one = { method: 'GET', bucket, key: `logs/${randomUUID()}`, seconds: 60 } as const;
    const endpoint = 'http://127.0.0.1:9000';

    expect(presignUrl(one, signing)).toMatch(
      `https://${bucket}.s3.eu-central-1.amazonaws.com/${one.key}?`,
    );
    expect(presignUrl(one, { ...signing, endpoint })).toMatch(`${endpoint}/${bucket}/${one.key}?`);
  });
});
