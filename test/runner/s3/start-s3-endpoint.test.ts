import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PresignedRequest, presignUrl } from '../../../lambdas/bucket/presign-url.ts';
import type { Endpoint } from '../../../runner/aws-json/start-json-endpoint.ts';
import type { Deployment } from '../../../runner/runner-interfaces.ts';
import { startS3Endpoint } from '../../../runner/s3/start-s3-endpoint.ts';

const bucket = 'joulegate-prod-files';
const deployment: Deployment = {
  resources: [
    {
      address: 'Data/Bucket',
      type: 'AWS::S3::Bucket',
      ref: bucket,
      attributes: { Arn: `arn:aws:s3:::${bucket}` },
      properties: {},
    },
  ],
  outputs: {},
};
const asked: string[] = [];
const folder = mkdtempSync(join(tmpdir(), 'joulegate-s3-'));
let s3: Endpoint;

beforeAll(async () => {
  s3 = await startS3Endpoint({
    deployment,
    dataDirectory: folder,
    secretKey: 'local',
    mostBytes: 100_000,
    authorize: (accessKeyId, action, arn) => {
      asked.push(`${accessKeyId} ${action} ${arn}`);
      const allowed = arn.includes('/logs/');
      return allowed ? { allowed } : { allowed: false, message: `not ${action}` };
    },
  });
});
afterAll(async () => {
  await s3.stop();
  rmSync(folder, { recursive: true });
});

type Change = { readonly now?: number; readonly secret?: string; readonly region?: string };

const urlFor = (request: Omit<PresignedRequest, 'bucket' | 'seconds'>, change: Change = {}) =>
  presignUrl(
    { bucket, seconds: 60, ...request },
    {
      accessKeyId: 'ASIAFILES',
      secretAccessKey: change.secret ?? 'local',
      region: change.region ?? 'eu-central-1',
      endpoint: s3.url,
      now: change.now ?? Date.now(),
    },
  );

const newKey = (): string => `logs/${randomBytes(6).toString('hex')}/ä (1).log`;

async function put(key: string, content: string | Uint8Array<ArrayBuffer>): Promise<void> {
  const answer = await fetch(urlFor({ method: 'PUT', key }), { method: 'PUT', body: content });
  expect([answer.status, await answer.text()]).toEqual([200, '']);
}

const codeIn = async (answer: Response): Promise<string> =>
  `${answer.status} ${/<Code>(.*)<\/Code>/.exec(await answer.text())?.[1]}`;

describe('the local S3', () => {
  it('what is put by a pre-signed URL is got whole, in part and as its head, and deleted, each with the permission of the signer', async () => {
    const key = newKey();
    await put(key, '0123456789');
    asked.length = 0;
    const whole = await fetch(urlFor({ method: 'GET', key }));
    const part = await fetch(urlFor({ method: 'GET', key }), { headers: { range: 'bytes=2-4' } });
    const end = await fetch(urlFor({ method: 'GET', key }), { headers: { range: 'bytes=-3' } });
    const head = await fetch(urlFor({ method: 'HEAD', key }), { method: 'HEAD' });
    const beyond = await fetch(urlFor({ method: 'GET', key }), { headers: { range: 'bytes=10-' } });

    expect(await whole.text()).toBe('0123456789');
    expect([part.status, await part.text()]).toEqual([206, '234']);
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
    expect(await end.text()).toBe('789');
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
    expect(await codeIn(beyond)).toBe('416 InvalidRange');
    expect(new Set(asked)).toEqual(
      new Set([`ASIAFILES s3:GetObject arn:aws:s3:::${bucket}/${key}`]),
    );
    const gone = await fetch(urlFor({ method: 'DELETE', key }), { method: 'DELETE' });
    expect(gone.status).toBe(204);
  });

  it('the URLs of the SDK are taken as well', async () => {
    const client = new S3Client({
      endpoint: s3.url,
      region: 'eu-central-1',
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      credentials: { accessKeyId: 'ASIASDK', secretAccessKey: 'local' },
    });
    const Key = newKey();
    const upload = await getSignedUrl(client, new PutObjectCommand({ Bucket: bucket, Key }));
    const download = await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key }));

    expect((await fetch(upload, { method: 'PUT', body: 'by the SDK' })).status).toBe(200);
    expect(await (await fetch(download)).text()).toBe('by the SDK');
    client.destroy();
  });

  it('a URL is refused that was changed, has expired, is for another method, or was signed with another key or for another Region', async () => {
    const key = newKey();
    await put(key, 'x');
    const url = urlFor({ method: 'GET', key });
    const answers = await Promise.all([
      fetch(url.replace('/logs/', '/logs/other')),
      fetch(url.replace('X-Amz-Expires=60', 'X-Amz-Expires=600')),
      fetch(url, { method: 'DELETE' }),
      fetch(urlFor({ method: 'GET', key }, { now: Date.now() - 61_000 })),
      fetch(urlFor({ method: 'GET', key }, { secret: 'guessed' })),
      fetch(urlFor({ method: 'GET', key }, { region: 'us-east-1' })),
      fetch(url.split('?')[0] ?? ''),
      fetch(`${url}&acl=`),
      fetch(url.replace(bucket, 'another')),
    ]);

    expect(await Promise.all(answers.map(codeIn))).toEqual([
      '403 SignatureDoesNotMatch',
      '403 SignatureDoesNotMatch',
      '403 SignatureDoesNotMatch',
      '403 AccessDenied',
      '403 SignatureDoesNotMatch',
      '400 AuthorizationQueryParametersError',
      '403 AccessDenied',
      '501 NotImplemented',
      '404 NoSuchBucket',
    ]);
  });

  it('a signer without the permission is refused, and so is who asks for what is not there and may not list', async () => {
    const forbidden = urlFor({ method: 'PUT', key: 'firmware/1' });
    const absent = urlFor({ method: 'GET', key: newKey() });

    expect(await codeIn(await fetch(forbidden, { method: 'PUT', body: 'x' }))).toBe(
      '403 AccessDenied',
    );
    expect(await codeIn(await fetch(absent))).toBe('403 AccessDenied');
  });

  it('content is taken only with the signed checksum and length, and one that does not fit leaves nothing behind', async () => {
    const key = newKey();
    const checksum = (text: string): string => createHash('sha256').update(text).digest('base64');
    const headers = { 'content-length': '5', 'x-amz-checksum-sha256': checksum('right') };
    const url = urlFor({ method: 'PUT', key, headers });
    const upload = (body: string, sent: Record<string, string>) =>
      fetch(url, { method: 'PUT', body, headers: sent });
    const before = readdirSync(join(folder, 's3', bucket)).length;

    expect(await codeIn(await upload('wrong', headers))).toBe('400 BadDigest');
    expect(
      await codeIn(await upload('wrong', { 'x-amz-checksum-sha256': checksum('wrong') })),
    ).toBe('403 SignatureDoesNotMatch');
    expect(
      await codeIn(await upload('righter', { 'x-amz-checksum-sha256': checksum('right') })),
    ).toBe('403 SignatureDoesNotMatch');
    expect(readdirSync(join(folder, 's3', bucket))).toHaveLength(before);
    expect((await upload('right', headers)).status).toBe(200);
  });

  it('a bucket takes no more than it may hold on this machine', async () => {
    const url = urlFor({ method: 'PUT', key: newKey() });
    const answer = await fetch(url, { method: 'PUT', body: 'x'.repeat(100_001) });

    expect(await codeIn(answer)).toBe('507 InsufficientStorage');
  });
});
